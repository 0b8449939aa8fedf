package chat.parley.daemon.config;

import chat.parley.daemon.config.DaemonConfig.Keep;
import chat.parley.daemon.config.DaemonConfig.Keep.Bound;
import chat.parley.protocol.Name;
import java.time.Duration;
import java.util.HashMap;

/// The settings below `history.keep`.
final class Keeping {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final long SMALLEST = 64 << 10;

    private Keeping() {}

    static Keep of(Settings settings) {
        var channels = new HashMap<String, Bound>();
        for (var group : settings.groups("history.keep.channels")) {
            var name = group.text("channel").orElse("");
            var bound = bound(group, "");
            var channel = Name.Channel.of(name);
            if (channel.isEmpty()) {
                group.problem(
                        "channel",
                        "no channel can be called \"" + name + "\"",
                        "write { channel = \"#tea\", age = 30d }");
            } else if (channels.put(channel.get().folded(), bound) != null) {
                group.problem("channel", name + " stands there twice", "leave one of them out");
            }
        }
        return new Keep(bound(settings, "history.keep."), channels);
    }

    private static Bound bound(Settings settings, String prefix) {
        return new Bound(
                settings.timeOr(prefix + "age", "forever", SHORTEST),
                settings.bytesOr(prefix + "size", "unlimited", SMALLEST));
    }
}
