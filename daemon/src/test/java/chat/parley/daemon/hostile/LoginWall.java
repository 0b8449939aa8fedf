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
import java.util.stream.Stream;

/// One column of the matrix: one state, one way in, every command with every input.
///
/// Each line is said by two strangers in the same state. One names somebody who is there and a
/// channel that exists, the other names of the same length that are nobody's and nothing's. If what
/// the two are told differs in anything but these names, the first was told about others.
///
/// @param name of the state
/// @param state what is said to come there
/// @param some what exists; its nick is also an account
/// @param found what went wrong; many threads add to it
record LoginWall(
        TestDaemon daemon,
        Peer.Way way,
        String name,
        List<String> state,
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

    /// What it is called itself.
    private static final String SELF = "(\\*|ida|olga) ";

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

    record Names(String nick, String channel) {

        String in(String line) {
            return line.replace("{n}", nick)
                    .replace("{c}", channel)
                    .replace("{sasl}", sasl(nick))
                    .replace("{all}", "");
        }

        private static String sasl(String nick) {
            var answer = "\0" + nick + "\0wrong";
            return Base64.getEncoder().encodeToString(answer.getBytes(StandardCharsets.UTF_8));
        }
    }

    private record Pair(Peer first, Peer second) implements AutoCloseable {

        @Override
        public void close() {
            first.close();
            second.close();
        }
    }

    /// Tries all of them.
    ///
    /// @param commands those of the table, tried with every input
    /// @param others tried with a few
    void tryAll(Collection<String> commands, Collection<String> others, boolean allInputs) {
        var plain = commands.stream().filter(c -> !REGISTRATION.contains(c)).toList();
        try (var pair = inState()) {
            for (var command : plain) {
                refused(pair, command, inputs(command, allInputs));
            }
            for (var command : others) {
                refused(pair, command, HostileInput.few(command));
            }
        } catch (AssertionError e) {
            note("the connection: " + e.getMessage());
        }
        for (var command : commands) {
            if (REGISTRATION.contains(command)) {
                acting(
                        ENDING.contains(command)
                                ? HostileInput.few(command)
                                : inputs(command, allInputs));
            }
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

    private void refused(Pair pair, String command, List<String> lines) {
        told(pair, lines).stream()
                .filter(answer -> !REFUSED.matcher(answer).matches())
                .findFirst()
                .ifPresent(answer -> note(command + " was answered «" + answer + "»"));
    }

    /// One after the other, in a state that each may change; from the beginning when sent away.
    private void acting(List<String> lines) {
        try {
            for (var next = 0; next < lines.size(); ) {
                try (var pair = inState()) {
                    while (next < lines.size()) {
                        var answers = told(pair, List.of(lines.get(next++)));
                        if (answers.contains(Peer.CLOSED)) {
                            break;
                        }
                    }
                }
            }
        } catch (AssertionError e) {
            note("the connection: " + e.getMessage());
        }
    }

    private List<String> told(Pair pair, List<String> lines) {
        var first = pair.first.answers(lines.stream().map(some::in).toList());
        var second = pair.second.answers(lines.stream().map(none::in).toList());
        cells.addAndGet(lines.size());
        first.stream()
                .filter(answer -> !TOLD.matcher(answer).matches() || answer.contains(UNHEARD_OF))
                .findFirst()
                .ifPresent(answer -> note("told «" + answer + "» after " + briefly(lines)));
        if (!neutral(first, some).equals(neutral(second, none))) {
            note("told apart by " + briefly(lines) + ": " + first + " and " + second);
        }
        return first;
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
        return BUSY.matcher(line)
                .replaceFirst("Login failed: wrong account or password")
                .replaceAll("(?i)" + Names.sasl(names.nick), "{sasl}")
                .replaceAll("(?i)" + names.nick, "{n}") // the letter case is not always kept
                .replaceAll("(?i)" + names.channel, "{c}");
    }

    private Pair inState() {
        var first = way.connect(daemon);
        try {
            enter(first, some);
            var second = way.connect(daemon);
            enter(second, none);
            return new Pair(first, second);
        } catch (AssertionError e) {
            first.close();
            throw e;
        }
    }

    private void enter(Peer peer, Names names) {
        var lines =
                state.stream()
                        .flatMap(l -> l.equals("{all}") ? everything(peer) : Stream.of(l))
                        .map(names::in)
                        .toList();
        if (peer.answers(lines).contains(Peer.CLOSED)) {
            throw new AssertionError("sent away on the way to " + name);
        }
    }

    /// Lines that ask for whatever is offered, a few capabilities at a time.
    private static Stream<String> everything(Peer peer) {
        var offered = new ArrayList<String>();
        for (var line : peer.answers(List.of("CAP LS 302"))) {
            if (line.contains(" CAP * LS ")) {
                for (var one : line.substring(line.lastIndexOf(" :") + 2).split(" ", -1)) {
                    offered.add("CAP REQ :" + one.split("=", 2)[0]);
                }
            }
        }
        return offered.stream();
    }

    private void note(String what) {
        if (found.size() < 100) {
            found.add(way + " " + name + ": " + what);
        }
    }
}
