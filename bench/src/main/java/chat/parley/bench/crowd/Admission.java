package chat.parley.bench.crowd;

import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/// The way of one session in: log in, join, and hear the PONG that comes after all that joining
/// causes. Fed with lines; knows no socket. For one thread.
final class Admission {

    private static final String IN = "come-in";

    /// No way in: a nick in use, a refused password, a channel that cannot be joined.
    private static final Set<String> REFUSALS =
            Set.of(
                    "ERROR", "432", "433", "437", "464", "465", "902", "904", "905", "403", "405",
                    "471", "473", "474", "475", "477", "451");

    /// How it stands.
    enum State {
        COMING,
        IN,
        REFUSED
    }

    private final LoginWay way;
    private final String account;
    private final String password;
    private final String channel;
    private final Consumer<String> say;
    private State state = State.COMING;
    private String why = "";

    /// @param channel where to go; empty for nowhere
    /// @param say takes a line to be sent
    Admission(LoginWay way, String account, String password, String channel, Consumer<String> say) {
        this.way = way;
        this.account = account;
        this.password = password;
        this.channel = channel;
        this.say = say;
    }

    void connected() {
        way.opening(account, password).forEach(say);
    }

    State state() {
        return state;
    }

    /// The line that refused it.
    String why() {
        return why;
    }

    /// A line of the server.
    void line(String line) {
        var words = words(line);
        var command = words.length > 0 ? words[0].toUpperCase(Locale.ROOT) : "";
        switch (command) {
            case "CAP" -> capability(line);
            case "AUTHENTICATE" -> say.accept("AUTHENTICATE " + LoginWay.plain(account, password));
            case "903" -> say.accept("CAP END");
            case "001" -> welcome();
            case "PONG" -> {
                if (line.contains(IN)) {
                    state = State.IN;
                }
            }
            default -> {
                if (REFUSALS.contains(command)) {
                    state = State.REFUSED;
                    why = line;
                }
            }
        }
    }

    private void capability(String line) {
        if (line.contains(" ACK ")) {
            say.accept("AUTHENTICATE PLAIN");
        } else if (line.contains(" NAK ")) {
            state = State.REFUSED;
            why = line;
        }
    }

    private void welcome() {
        if (!channel.isEmpty()) {
            say.accept("JOIN " + channel);
        }
        say.accept("PING " + IN);
    }

    /// The command and what follows, without tags and source.
    static String[] words(String line) {
        var rest = line;
        while (rest.startsWith("@") || rest.startsWith(":")) {
            var space = rest.indexOf(' ');
            rest = space < 0 ? "" : rest.substring(space + 1).stripLeading();
        }
        return rest.split(" ", -1);
    }
}
