package chat.parley.daemon.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/// How an event looks: `2026-11-21T02:43:00.123Z INFO session login refused session=17`.
///
/// Time in UTC, level, the package it comes from, a few fixed words, and the facts as `key=value`.
/// The last line of defence as well: whatever a fact holds, it stays one word on one line.
/// `conf/logback.xml` names this class; logback calls it from any thread.
public final class LogLine extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final String HOUSE = "chat.parley.daemon.";

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(' ').append(padded(event.getLevel().toString(), 5));
        line.append(' ').append(padded(place(event.getLoggerName()), 8)).append(' ');
        line.append(Escaped.line(Objects.requireNonNullElse(event.getFormattedMessage(), "")));
        if (event.getKeyValuePairs() != null) {
            for (var fact : event.getKeyValuePairs()) {
                line.append(' ').append(fact.key).append('=').append(shown(fact.value));
            }
        }
        line.append('\n');
        if (event.getThrowableProxy() != null) {
            ThrowableProxyUtil.asString(event.getThrowableProxy())
                    .lines()
                    .forEach(l -> line.append("    ").append(Escaped.line(l)).append('\n'));
        }
        return line.toString();
    }

    private static String shown(Object value) {
        return value instanceof Escaped escaped
                ? escaped.text()
                : Escaped.of(String.valueOf(value)).text();
    }

    /// The package for our own classes; otherwise the logger's name.
    private static String place(String logger) {
        if (!logger.startsWith(HOUSE)) {
            return logger;
        }
        var inside = logger.substring(HOUSE.length());
        var dot = inside.indexOf('.');
        return dot < 0 ? "daemon" : inside.substring(0, dot);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
