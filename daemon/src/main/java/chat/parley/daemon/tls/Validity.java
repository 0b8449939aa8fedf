package chat.parley.daemon.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in the log that a certificate is about to expire, or has: at the start, then daily.
///
/// For one thread.
final class Validity {

    /// Before the end; for a certificate of few days the last third of its life, when whoever
    /// renews certificates should have done so.
    static final Duration NOTICE = Duration.ofDays(30);

    private static final Duration AGAIN = Duration.ofDays(1);
    private static final Logger LOG = LoggerFactory.getLogger(Validity.class);

    /// When each certificate was last spoken of.
    private final Map<ServerKey, Instant> said = new HashMap<>();

    /// Says what there is to say and was not said today.
    void look(List<ServerKey> keys, Instant now) {
        said.keySet().retainAll(keys);
        for (var key : keys) {
            var last = said.get(key);
            if (last == null || !now.isBefore(last.plus(AGAIN))) {
                said.put(key, now);
                say(key, now);
            }
        }
    }

    private static void say(ServerKey key, Instant now) {
        if (now.isAfter(key.until())) {
            LOG.atError()
                    .addKeyValue("names", key.names())
                    .addKeyValue("expired", key.until())
                    .addKeyValue("file", key.source())
                    .log("the certificate has expired: clients refuse it; renew it");
        } else if (now.isBefore(key.from())) {
            LOG.atError()
                    .addKeyValue("names", key.names())
                    .addKeyValue("from", key.from())
                    .addKeyValue("file", key.source())
                    .log(
                            "the certificate is not valid yet: clients refuse it; is the clock right?");
        } else if (now.isAfter(key.until().minus(notice(key)))) {
            LOG.atWarn()
                    .addKeyValue("names", key.names())
                    .addKeyValue("days", Duration.between(now, key.until()).toDays())
                    .addKeyValue("until", key.until())
                    .addKeyValue("file", key.source())
                    .log("the certificate expires soon: renew it");
        }
    }

    private static Duration notice(ServerKey key) {
        var third = Duration.between(key.from(), key.until()).dividedBy(3);
        return third.compareTo(NOTICE) < 0 ? third : NOTICE;
    }

    /// One line: names, kind, until when.
    static String summary(ServerKey key, Instant now) {
        var until = key.until();
        var day = until.atOffset(ZoneOffset.UTC).toLocalDate();
        var left = Duration.between(now, until).toDays();
        var when =
                now.isAfter(until)
                        ? "expired on " + day
                        : now.isBefore(key.from())
                                ? "not valid before " + key.from()
                                : "until %s (%d days)".formatted(day, left);
        return "%s; %s; %s".formatted(key.names(), key.kind(), when);
    }
}
