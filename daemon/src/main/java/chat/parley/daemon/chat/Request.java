package chat.parley.daemon.chat;

import chat.parley.protocol.Message;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// What a channel can be asked. Made by a session's reader, settled by the channel's thread.
public sealed interface Request {

    /// Counts down once the request is settled and all it causes is queued to everybody.
    Settled settled();

    /// The one who asks: a user, by the session it asks with, and where the answers go.
    record Asker(User user, Recipient session, Answers answers) {}

    /// Says something to the members.
    ///
    /// @param command PRIVMSG, NOTICE or TAGMSG
    /// @param clientTags the client-only tags to pass on
    record Say(
            Asker asker,
            String command,
            String text,
            Map<String, String> clientTags,
            Settled settled)
            implements Request {}

    record Join(Asker asker, Settled settled) implements Request {}

    record Part(Asker asker, String reason, Settled settled) implements Request {}

    /// A user is gone from everywhere.
    ///
    /// @param quit what the others hear, once each, however many channels they share
    /// @param told who has heard it; shared by the requests to all the user's channels
    record Leave(User user, Message quit, Set<Recipient> told, Settled settled)
            implements Request {}

    /// One more session of a member is here.
    record Attach(User user, Recipient session, Settled settled) implements Request {}

    /// A session of a member is gone.
    record Detach(Recipient session, Settled settled) implements Request {}

    record ReadTopic(Asker asker, Settled settled) implements Request {}

    record ChangeTopic(Asker asker, String text, Settled settled) implements Request {}

    record Names(Asker asker, Settled settled) implements Request {}

    /// WHO of the channel's members.
    record Who(Asker asker, Settled settled) implements Request {}

    /// A one-time signal, from the channel's thread to the reader that asked.
    final class Settled {

        private final CountDownLatch latch = new CountDownLatch(1);

        public void await() throws InterruptedException {
            latch.await();
        }

        void now() {
            latch.countDown();
        }
    }
}
