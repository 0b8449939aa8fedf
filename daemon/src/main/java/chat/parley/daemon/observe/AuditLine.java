package chat.parley.daemon.observe;

import chat.parley.protocol.JsonLine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// One line of the audit log: a JSON object of texts, with the number of the line in front and the
/// hash of the line before it at the end.
///
/// `{"seq":7,"at":"2026-11-21T09:00:00.123Z","event":"login refused","account":"ann",…,"prev":"…"}`
///
/// @param seq from 1 on, over all files
/// @param program `parleyd` or `parley-user`, and its process
/// @param prev the SHA-256 of the line before, without its line feed; zeros before the first
record AuditLine(
        long seq,
        Instant at,
        String program,
        String what,
        SequencedMap<String, String> facts,
        String prev) {

    static final String NOTHING_BEFORE = "0".repeat(64);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /// As it stands in the file, without the line feed.
    String json() {
        var out = new StringBuilder(256).append("{\"seq\":").append(seq);
        member(out, "at", TIME.format(at));
        member(out, "program", program);
        member(out, "event", what);
        facts.forEach((key, value) -> member(out, key, value));
        member(out, "prev", prev);
        return out.append('}').toString();
    }

    private static void member(StringBuilder out, String key, String value) {
        out.append(",\"").append(key).append("\":").append(JsonLine.quoted(value));
    }

    /// Empty if this is no such line.
    static Optional<AuditLine> parse(String json) {
        return new AuditLineParser(json).parse();
    }

    /// The hash of a line as it stands in the file.
    static String hash(String json) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(json.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// For people: one line, what is not plain in quotes.
    String forPeople() {
        var out = new StringBuilder(160).append(TIME.format(at)).append("  ").append(what);
        facts.forEach(
                (key, value) -> out.append(' ').append(key).append('=').append(Escaped.of(value)));
        return out.toString();
    }
}
