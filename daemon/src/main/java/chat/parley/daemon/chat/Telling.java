package chat.parley.daemon.chat;

import chat.parley.daemon.store.Metadata.Held;
import chat.parley.protocol.MessagePrinter;
import java.util.Collection;
import java.util.List;

/// Some keys of one target, as those who subscribe to them are told that they changed.
///
/// What is told is what is so at that moment, whichever change it was made for; and should it
/// change while it is told, it is told again. As a change is learned before it is told, the last
/// thing that a session hears is so, however many threads tell it of how many changes: a lock that
/// would put them in order would have to be held while waiting.
final class Telling {

    private final MetadataLines lines;
    private final Described target;
    private final List<String> keys;

    Telling(MetadataLines lines, Described target, Collection<String> keys) {
        this.lines = lines;
        this.target = target;
        this.keys = List.copyOf(keys);
    }

    /// @param nick whose session it is
    /// @return false if the session is over
    boolean to(Recipient who, String nick) {
        var wanted = keys.stream().filter(who.subscriptions()::contains).toList();
        Held told;
        do {
            told = target.keys().now();
            for (var key : wanted) {
                var line = lines.line(nick, target.name(), key, told);
                if (!who.deliver(MessagePrinter.bytes(line))) {
                    return false;
                }
            }
        } while (!wanted.isEmpty() && target.keys().now().version() != told.version());
        return true;
    }
}
