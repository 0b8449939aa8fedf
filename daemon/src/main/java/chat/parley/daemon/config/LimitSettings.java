package chat.parley.daemon.config;

import chat.parley.protocol.ByteSize;
import java.time.Duration;

/// The group `limits`: each with its default and the least that makes sense.
///
/// For the thread that reads the configuration.
final class LimitSettings {

    /// What stands around a line on its way to a peer: the source, the target and tags.
    private static final int AROUND_A_LINE = 250;

    private static final long LEAST_IN_ALL = 1 << 20;
    private static final Duration ONE_MS = Duration.ofMillis(1);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private final Settings settings;

    LimitSettings(Settings settings) {
        this.settings = settings;
    }

    DaemonConfig.Limits all() {
        // RFC 2812 2.3: a line has 512 bytes. An AUTHENTICATE line of 400 must fit before login
        // too.
        var line = ByteSize.ofBytes(512);
        var sendQueue = settings.size("limits.send-queue", ByteSize.ofKiB(512), ByteSize.ofKiB(32));
        return new DaemonConfig.Limits(
                settings.size("limits.frame", line, line),
                settings.size("limits.tags", ByteSize.ofKiB(4), line),
                settings.size("limits.before-login", line, line),
                new DaemonConfig.Rate(
                        settings.count("limits.rate.burst", 20, 1),
                        settings.time("limits.rate.every", Duration.ofMillis(500), ONE_MS),
                        settings.time("limits.rate.patience", Duration.ofSeconds(20), ONE_SECOND)),
                new DaemonConfig.Connections(
                        settings.count("limits.connections.total", 10_000, 1),
                        settings.count("limits.connections.per-address", 16, 1),
                        settings.count("limits.connections.before-login", 1_000, 1),
                        settings.count("limits.connections.per-account", 32, 1)),
                sendQueue,
                settings.bytesOr("limits.send-queue-total", "", LEAST_IN_ALL)
                        .orElse(Math.max(LEAST_IN_ALL, shareOfTheHeap())),
                settings.count("limits.inbox", 256, 1),
                settings.count("limits.channels-per-user", 100, 1),
                multiline(line, sendQueue),
                new DaemonConfig.Metadata(
                        settings.count("limits.metadata.keys", 30, 1),
                        settings.size(
                                "limits.metadata.key-size",
                                ByteSize.ofBytes(64),
                                ByteSize.ofBytes(1)),
                        settings.size(
                                "limits.metadata.value-size",
                                ByteSize.ofBytes(300),
                                ByteSize.ofBytes(1)),
                        settings.count("limits.metadata.subscriptions", 100, 1)),
                within("handshake-within", 10),
                within("login-within", 30),
                within("silence", 120),
                within("pong-within", 60),
                within("write-within", 30),
                settings.time("limits.linger", Duration.ofSeconds(30), Duration.ZERO),
                settings.time("limits.drain-within", Duration.ofSeconds(10), Duration.ZERO));
    }

    /// What is left is for those who are in, and for what is in the making.
    private static long shareOfTheHeap() {
        return Runtime.getRuntime().maxMemory() / 5 * 2;
    }

    private DaemonConfig.Multiline multiline(ByteSize least, ByteSize sendQueue) {
        var multiline =
                new DaemonConfig.Multiline(
                        settings.size("limits.multiline.bytes", ByteSize.ofKiB(4), least),
                        settings.count("limits.multiline.lines", 32, 2),
                        settings.time("limits.multiline.within", Duration.ofSeconds(30), ONE_MS));
        var whole = multiline.bytes().bytes() + (long) AROUND_A_LINE * multiline.lines();
        if (whole > sendQueue.bytes()) {
            settings.problem(
                    "limits.multiline.bytes",
                    "a message of limits.multiline does not fit into limits.send-queue",
                    "with its lines it is %d KiB: lower it, or raise send-queue"
                            .formatted((whole + 1023) / 1024));
        }
        return multiline;
    }

    private Duration within(String key, int seconds) {
        return settings.time("limits." + key, Duration.ofSeconds(seconds), ONE_MS);
    }
}
