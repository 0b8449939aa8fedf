package chat.parley.daemon.hostile;

import chat.parley.daemon.talks.TestDaemon;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// One column of the matrix: one state, one way in, every command with every input.
///
/// Each line is said by two strangers in the same state. One names somebody who is there and a
/// channel that exists, the other names of the same length that are nobody's and nothing's. If what
/// the two are told differs in anything but these names, the first was told about others.
///
/// @param some what exists; its nick is also an account
/// @param found what went wrong; many threads add to it
record LoginWall(
        TestDaemon daemon,
        Peer.Way way,
        Twins.State state,
        Names some,
        Names none,
        Queue<String> found,
        AtomicLong cells) {

    /// In all that witnesses say of themselves, and in nothing that a stranger says.
    static final String UNHEARD_OF = "orchid";

    /// Commands that do something before login. What else exists is answered with 451.
    static final Set<String> REGISTRATION =
            Set.of(
                    "AUTHENTICATE",
                    "AWAY",
                    "CAP",
                    "ERROR",
                    "GET",
                    "ISUPPORT",
                    "LOGIN",
                    "METADATA",
                    "NICK",
                    "PASS",
                    "PING",
                    "PONG",
                    "POST",
                    "QUIT",
                    "USER");

    /// Those that end the connection each time.
    private static final Set<String> ENDING = Set.of("GET", "POST", "QUIT");

    /// Those that leave whoever says them in their state, as long as no password is right; what
    /// others leave behind comes later. All are said by the same two, one after the other.
    private static final List<String> STAYING =
            List.of("PING", "PONG", "ERROR", "ISUPPORT", "LOGIN", "PASS", "METADATA", "AWAY");

    /// What it is called itself.
    private static final String SELF = "(\\*|own\\d\\d) ";

    /// All that there is to be told before login: of oneself, of the server, of one's mistakes.
    private static final Pattern TOLD =
            Pattern.compile(
                    "(@\\S+ )?(:parley\\.example ((NOTICE|CAP) "
                            + SELF
                            + "|PONG |ACK|FAIL |BATCH "
                            + "|(005|305|306|410|417|421|431|432|433|451|461|462|464|761|766|770|771"
                            + "|772|774|900|903|904|905|906|907|908) "
                            + SELF
                            + ").*"
                            + "|AUTHENTICATE \\+|ERROR :Closing link: .*|CLOSE!.*|PONG!.*"
                            + "|\\(closed\\))");

    private static final Pattern REFUSED =
            Pattern.compile(
                    "(@\\S+ )?:parley\\.example ((451|417) "
                            + SELF
                            + "|FAIL \\S+ (INVALID_(MESSAGE|UTF8)|PASSWORD_CHANGE_REQUIRED|TOTP_REQUIRED)"
                            + " ).*");

    /// The words of a failed login depend on how many failed at the same moment, and on whether
    /// somebody else came in from the same network; how long it takes is for `AuthenticatorTest`.
    private static final Pattern BUSY = Pattern.compile("Too many logins.*");

    /// An answer of SASL PLAIN.
    static String sasl(String account, String password) {
        var answer = "\0" + account + "\0" + password;
        return Base64.getEncoder().encodeToString(answer.getBytes(StandardCharsets.UTF_8));
    }

    record Names(String nick, String channel, Pattern all) {

        Names(String nick, String channel) {
            this(nick, channel, Pattern.compile(pattern(nick, channel)));
        }

        /// The letter case is not always kept.
        private static String pattern(String nick, String channel) {
            return "(?i)(?<sasl>%s)|(?<nick>%s)|%s"
                    .formatted(Pattern.quote(sasl(nick, "wrong")), nick, channel);
        }

        String in(String line) {
            return line.replace("{n}", nick)
                    .replace("{c}", channel)
                    .replace("{sasl}", sasl(nick, "wrong"))
                    .replace("{all}", "");
        }

        /// The same line about nobody.
        String outOf(String line) {
            return all.matcher(line)
                    .replaceAll(one ->
                            one.group("sasl") != null
                                    ? "{sasl}"
                                    : one.group("nick") != null ? "{n}" : "{c}");
        }
    }

    /// Tries all of them.
    ///
    /// @param commands those of the table, tried with every input
    /// @param others tried with a few
    void tryAll(Collection<String> commands, Collection<String> others, boolean allInputs) {
        var acting = commands.stream().filter(REGISTRATION::contains).toList();
        trial(() -> {
            try (var twins = twins()) {
                for (var command : commands) {
                    if (!REGISTRATION.contains(command)) {
                        refused(twins, command, inputs(command, allInputs));
                    }
                }
                for (var command : others) {
                    refused(twins, command, HostileInput.few(command));
                }
            }
        });
        var lines = new ArrayList<String>();
        STAYING.stream()
                .filter(acting::contains)
                .forEach(command -> lines.addAll(inputs(command, allInputs)));
        trial(() -> acting(lines));
        for (var command : acting) {
            if (ENDING.contains(command)) {
                trial(() -> acting(HostileInput.few(command)));
            } else if (!STAYING.contains(command)) {
                trial(() -> acting(inputs(command, allInputs)));
            }
        }
    }

    private void trial(Runnable trial) {
        try {
            trial.run();
        } catch (AssertionError e) {
            note("the connection: " + e.getMessage());
        }
    }

    /// A WebSocket is closed for what is not UTF-8: see WebSocketPeerTest.
    private List<String> inputs(String command, boolean all) {
        var lines = HostileInput.lines(command, all);
        return switch (way) {
            case TLS -> lines;
            case WEB_SOCKET -> lines.stream().filter(l -> l.indexOf(Peer.NOT_UTF8) < 0).toList();
        };
    }

    private void refused(Twins twins, String command, List<String> lines) {
        told(twins, lines).first().stream()
                .filter(answer -> !REFUSED.matcher(answer).matches())
                .findFirst()
                .ifPresent(answer -> note(command + " was answered «" + answer + "»"));
    }

    /// One after the other, in a state that each may change; from the beginning when sent away.
    private void acting(List<String> lines) {
        for (var next = 0; next < lines.size(); ) {
            try (var twins = twins()) {
                while (next < lines.size() && !told(twins, List.of(lines.get(next++))).isEnd()) {
                    // the next in the state that this one has left
                }
            }
        }
    }

    private Twins.Told told(Twins twins, List<String> lines) {
        var told = twins.say(lines, some, none);
        cells.addAndGet(lines.size());
        told.first().stream()
                .filter(answer -> !TOLD.matcher(answer).matches() || answer.contains(UNHEARD_OF))
                .findFirst()
                .ifPresent(answer -> note("told «" + answer + "» after " + briefly(lines)));
        if (!neutral(told.first(), some).equals(neutral(told.second(), none))) {
            note("told apart by " + briefly(lines) + ": " + told.first() + " and " + told.second());
        }
        return told;
    }

    private static String briefly(List<String> lines) {
        return lines.size() == 1 ? lines.getFirst() : lines.getFirst() + " and so on";
    }

    private static List<String> neutral(List<String> lines, Names names) {
        return lines.stream()
                .filter(line -> !line.contains(" TEMPORARILY_UNAVAILABLE "))
                .map(line -> neutral(line, names))
                .toList();
    }

    private static String neutral(String line, Names names) {
        return names.outOf(
                BUSY.matcher(line).replaceFirst("Login failed: wrong account or password"));
    }

    private Twins twins() {
        return Twins.in(state, daemon, way, some, none);
    }

    private void note(String what) {
        if (found.size() < 100) {
            found.add(way + " " + state.name() + ": " + what);
        }
    }
}
