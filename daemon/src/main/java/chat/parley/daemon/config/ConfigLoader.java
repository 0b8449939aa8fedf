package chat.parley.daemon.config;

import chat.parley.protocol.ByteSize;
import com.typesafe.config.*;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

public final class ConfigLoader {
    public static DaemonConfig load(Path file) throws ConfigProblem {
        var d =
                ConfigFactory.parseString(
"""
parley { motd-file = "", channels.autojoin = ["#lobby"], identity.nick = account, auth { argon2 { memory = 64 MiB, passes = 3, lanes = 1 }, threads = 1, waiting = 32, attempts = 3 }
 history.durability = commit, limits { frame = 512, tags = 4096, before-login = 1024, rate { burst = 20, every = 500ms, patience = 20s }, connections { total = 10000, per-address = 16, before-login = 1000 }, send-queue = 512 KiB, inbox = 256, channels-per-user = 100, handshake-within = 10s, login-within = 30s, silence = 120s, pong-within = 60s, write-within = 30s, linger = 30s, drain-within = 10s } }
""");
        var c =
                ConfigFactory.parseFile(file.toFile())
                        .withFallback(d)
                        .resolve()
                        .getConfig("parley");
        var listen =
                c.getStringList("listen").stream()
                        .map(s -> {
                            int i = s.lastIndexOf(':');
                            return new InetSocketAddress(
                                    s.substring(0, i), Integer.parseInt(s.substring(i + 1)));
                        })
                        .toList();
        return new DaemonConfig(
                c.getString("name"),
                c.getString("network"),
                Path.of(c.getString("data-dir")),
                listen,
                Optional.empty(),
                new DaemonConfig.Tls.Pem(
                        Path.of(c.getString("tls.certificate")), Path.of(c.getString("tls.key"))),
                new DaemonConfig.Channels(c.getStringList("channels.autojoin")),
                new DaemonConfig.Identity(
                        DaemonConfig.Identity.Nick.valueOf(
                                c.getString("identity.nick").toUpperCase(java.util.Locale.ROOT))),
                new DaemonConfig.Auth(
                        new DaemonConfig.Argon2(
                                s(c, "auth.argon2.memory"),
                                c.getInt("auth.argon2.passes"),
                                c.getInt("auth.argon2.lanes")),
                        c.getInt("auth.threads"),
                        c.getInt("auth.waiting"),
                        c.getInt("auth.attempts")),
                new DaemonConfig.History(
                        DaemonConfig.History.Durability.valueOf(
                                c.getString("history.durability")
                                        .toUpperCase(java.util.Locale.ROOT))),
                new DaemonConfig.Limits(
                        s(c, "limits.frame"),
                        s(c, "limits.tags"),
                        s(c, "limits.before-login"),
                        new DaemonConfig.Rate(
                                c.getInt("limits.rate.burst"),
                                t(c, "limits.rate.every"),
                                t(c, "limits.rate.patience")),
                        new DaemonConfig.Connections(
                                c.getInt("limits.connections.total"),
                                c.getInt("limits.connections.per-address"),
                                c.getInt("limits.connections.before-login")),
                        s(c, "limits.send-queue"),
                        c.getInt("limits.inbox"),
                        c.getInt("limits.channels-per-user"),
                        t(c, "limits.handshake-within"),
                        t(c, "limits.login-within"),
                        t(c, "limits.silence"),
                        t(c, "limits.pong-within"),
                        t(c, "limits.write-within"),
                        t(c, "limits.linger"),
                        t(c, "limits.drain-within")));
    }

    private static ByteSize s(Config c, String k) {
        return new ByteSize((int) (long) c.getBytes(k));
    }

    private static Duration t(Config c, String k) {
        return c.getDuration(k);
    }
}
