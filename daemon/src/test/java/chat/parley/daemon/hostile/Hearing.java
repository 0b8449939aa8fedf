package chat.parley.daemon.hostile;

import chat.parley.daemon.hostile.Ledger.Heard;
import chat.parley.daemon.hostile.Ledger.Line;
import chat.parley.daemon.talks.Wire;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One session that says and hears, until its daemon is killed. A message of several lines was
/// heard when its end was; what was cut off was not.
final class Hearing {

    private static final Pattern MESSAGE =
            Pattern.compile("@\\S*msgid=([^; ]+)\\S* :\\S+ PRIVMSG (#\\S+) :(.*)");
    private static final Pattern BEGIN =
            Pattern.compile(
                    "@\\S*msgid=([^; ]+)\\S* :\\S+ BATCH \\+(\\S+) draft/multiline :(#\\S+)");
    private static final Pattern PART =
            Pattern.compile("@batch=([^; ]+)\\S* :\\S+ PRIVMSG #\\S+ :(.*)");
    private static final Pattern END = Pattern.compile(":\\S+ BATCH -(\\S+)");
    private static final Pattern REFUSED =
            Pattern.compile("@label=(\\d+)\\S* :\\S+ FAIL PRIVMSG NOT_STORED .*");

    /// All that is asked for so that both kinds of messages come with their msgids.
    static final String ABLE = "echo-message message-tags labeled-response draft/multiline batch";

    private final String what;
    private final Map<String, Heard> byChannel = new HashMap<>();
    private final Map<String, Open> open = new HashMap<>();
    private final List<String> refused = new ArrayList<>();

    private record Open(String id, String channel, List<String> lines) {}

    /// @param what how each message begins that this session says
    Hearing(String what) {
        this.what = what;
    }

    /// The lines that say a message.
    ///
    /// @param lines how many lines it has
    static String said(String channel, String what, int number, int lines) {
        if (lines == 1) {
            return "@label=%d PRIVMSG %s :%s%d\r\n".formatted(number, channel, what, number);
        }
        var all = new StringBuilder();
        all.append("@label=%d BATCH +m draft/multiline %s\r\n".formatted(number, channel));
        for (var line : text(what, number, lines).split("\n", -1)) {
            all.append("@batch=m PRIVMSG %s :%s\r\n".formatted(channel, line));
        }
        return all.append("BATCH -m\r\n").toString();
    }

    /// A message that says how many lines it has.
    private static String text(String what, int number, int lines) {
        var text = new StringBuilder(what).append(number).append(" of %d lines".formatted(lines));
        for (var i = 2; i <= lines; i++) {
            text.append("\nline ").append(i);
        }
        return text.toString();
    }

    /// Listens to the end of the connection.
    ///
    /// @param first runs when the first message is heard
    Hearing listen(Wire wire, Runnable first) {
        for (var line = wire.read(); line != null; line = wire.read()) {
            var before = byChannel.isEmpty();
            take(line);
            if (before && !byChannel.isEmpty()) {
                first.run();
            }
        }
        wire.close();
        return this;
    }

    private void take(String line) {
        var message = MESSAGE.matcher(line);
        var begin = BEGIN.matcher(line);
        var part = PART.matcher(line);
        var end = END.matcher(line);
        var refusal = REFUSED.matcher(line);
        if (message.matches()) {
            add(message.group(2), new Line(message.group(1), message.group(3)));
        } else if (begin.matches()) {
            open.put(begin.group(2), new Open(begin.group(1), begin.group(3), new ArrayList<>()));
        } else if (part.matches() && open.containsKey(part.group(1))) {
            open.get(part.group(1)).lines().add(part.group(2));
        } else if (end.matches() && open.containsKey(end.group(1))) {
            var whole = open.remove(end.group(1));
            add(whole.channel, new Line(whole.id, String.join("\n", whole.lines)));
        } else if (refusal.matches()) {
            refused.add(what + refusal.group(1));
        }
    }

    private void add(String channel, Line line) {
        byChannel
                .computeIfAbsent(channel, _ -> new Heard(channel, new ArrayList<>()))
                .lines()
                .add(line);
    }

    Collection<Heard> heard() {
        return byChannel.values();
    }

    /// The beginnings of what was refused.
    List<String> refused() {
        return refused;
    }
}
