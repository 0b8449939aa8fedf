package chat.parley.daemon.chat;

import java.util.Map;
import java.util.Optional;

/// What [DirectMessages] are asked.
sealed interface Whisper {

    /// Signalled once it is settled.
    Request.Settled settled();

    /// Something said to somebody.
    ///
    /// @param command PRIVMSG, NOTICE, TAGMSG or REDACT
    /// @param text as [Lines] has it; for REDACT a msgid and, after a space, why
    record Say(
            Request.Asker asker,
            Addressee to,
            String command,
            String text,
            Map<String, String> clientTags,
            String once,
            Request.Settled settled)
            implements Whisper {}

    /// A session has come in: what is said from now on it hears by itself.
    record Arrive(User user, Recipient session, Request.Settled settled) implements Whisper {}

    /// A session of a user, or all, are gone, or another account's from now on.
    ///
    /// @param session empty for all
    record Part(User user, Optional<Recipient> session, boolean stays, Request.Settled settled)
            implements Whisper {}
}
