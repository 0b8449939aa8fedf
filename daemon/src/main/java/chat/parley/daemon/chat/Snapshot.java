package chat.parley.daemon.chat;

import chat.parley.daemon.store.Metadata.Held;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one session is told of the metadata of some targets, as it is at that moment. Whoever has
/// queued it calls [#catchUp], for what changed between the look and the queue (see [Telling]).
///
/// Used by one thread at a time.
public final class Snapshot {

    private final MetadataLines lines;
    private final int most; // bytes
    private final Map<Keys, Seen> seen = new HashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private int bytes;

    private record Seen(Described target, Held held) {}

    Snapshot(MetadataLines lines, int most) {
        this.lines = lines;
        this.most = most;
    }

    /// Looks at a target, once.
    public Held see(Described target) {
        return seen.computeIfAbsent(target.keys(), keys -> new Seen(target, keys.now())).held();
    }

    /// Notes what a target was told to be.
    public void saw(Described target, Held held) {
        seen.put(target.keys(), new Seen(target, held));
    }

    /// Adds what is set of all that the session subscribes to; nothing for a target that was there
    /// before, and nothing more once it is too much.
    public void add(Described target, Recipient who, String nick) {
        if (isTooMuch() || seen.containsKey(target.keys())) {
            return;
        }
        var wanted = who.subscriptions();
        var held = see(target);
        for (var key : held.values().keySet()) {
            if (wanted.contains(key)) {
                var message = lines.line(nick, target.name(), key, held);
                bytes += MessagePrinter.bytes(message).length;
                messages.add(message);
            }
        }
    }

    /// More than a session can be told at once.
    public boolean isTooMuch() {
        return bytes > most;
    }

    public List<Message> messages() {
        return messages;
    }

    /// Tells what changed since the look.
    public void catchUp(Recipient who, String nick) {
        for (var each : seen.values()) {
            var now = each.target().keys().now();
            if (now.version() != each.held().version()) {
                var changed = now.differences(each.held());
                new Telling(lines, each.target(), changed).to(who, nick);
            }
        }
    }
}
