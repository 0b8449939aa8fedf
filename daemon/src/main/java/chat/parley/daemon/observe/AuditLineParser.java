package chat.parley.daemon.observe;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads a line that [AuditLine] wrote, and nothing that merely looks like one. Whoever changed the
/// file may have put anything there. For one line and one thread.
final class AuditLineParser {

    private static final String BEGIN = "{\"seq\":";
    private static final int DIGITS = 18;

    private final String json;
    private int at;

    AuditLineParser(String json) {
        this.json = json;
    }

    /// Thrown and caught in here.
    private static final class NotALine extends Exception {
        NotALine(String why) {
            super(why, null, false, false);
        }
    }

    Optional<AuditLine> parse() {
        try {
            return Optional.of(line());
        } catch (NotALine | DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private AuditLine line() throws NotALine {
        expect(BEGIN);
        var seq = number();
        var facts = new LinkedHashMap<String, String>();
        while (next() == ',') {
            expect(",");
            var key = text();
            expect(":");
            facts.put(key, text());
        }
        expect("}");
        if (at != json.length()) {
            throw new NotALine("more after the end");
        }
        return new AuditLine(
                seq,
                Instant.parse(taken(facts, "at")),
                taken(facts, "program"),
                taken(facts, "event"),
                facts,
                taken(facts, "prev"));
    }

    private static String taken(Map<String, String> facts, String key) throws NotALine {
        var value = facts.remove(key);
        if (value == null) {
            throw new NotALine("no " + key);
        }
        return value;
    }

    private char next() throws NotALine {
        if (at >= json.length()) {
            throw new NotALine("too short");
        }
        return json.charAt(at);
    }

    private void expect(String what) throws NotALine {
        if (!json.startsWith(what, at)) {
            throw new NotALine("not " + what);
        }
        at += what.length();
    }

    private long number() throws NotALine {
        var from = at;
        while (next() >= '0' && next() <= '9') {
            at++;
        }
        if (at == from || at - from > DIGITS) {
            throw new NotALine("no number");
        }
        return Long.parseLong(json, from, at, 10);
    }

    private String text() throws NotALine {
        expect("\"");
        var text = new StringBuilder();
        for (var c = next(); c != '"'; c = next()) {
            at++;
            text.append(c == '\\' ? escaped() : c);
        }
        expect("\"");
        return text.toString();
    }

    private char escaped() throws NotALine {
        var c = next();
        at++;
        if (c != 'u') {
            return c;
        }
        try {
            var code = (char) Integer.parseInt(json, at, at + 4, 16);
            at += 4;
            return code;
        } catch (IndexOutOfBoundsException | NumberFormatException _) {
            throw new NotALine("no code");
        }
    }
}
