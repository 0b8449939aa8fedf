package chat.parley.daemon.chat;

import chat.parley.daemon.store.Metadata.Held;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;

/// Metadata as replies say it. Each is a numeric and so names its receiver: there is nothing that
/// receivers could share.
public record MetadataLines(Server server) {

    /// The visibility of everything here: whoever sees the target sees it.
    public static final String FOR_ALL = "*";

    /// "A metadata-aware client is a client who has negotiated both" (metadata, "Definitions").
    public static boolean areFor(Recipient who) {
        return who.capabilities().has(Capability.METADATA)
                && who.capabilities().has(Capability.BATCH);
    }

    /// The value of a key, or that it has none.
    ///
    /// @param to whom the numeric is for; a nick, or `*`
    public Message line(String to, String target, String key, Held held) {
        var value = held.values().get(key);
        return value == null
                ? server.numeric(Numeric.RPL_KEYNOTSET, to, target, key, "This key is not set")
                : server.numeric(Numeric.RPL_KEYVALUE, to, target, key, FOR_ALL, value);
    }

    /// "Postponed synchronization".
    ///
    /// @param seconds when to ask for it
    public Message later(String to, String target, int seconds) {
        return server.numeric(
                Numeric.ERR_METADATASYNCLATER,
                to,
                target,
                Integer.toString(seconds),
                "Ask for it: METADATA " + target + " SYNC");
    }
}
