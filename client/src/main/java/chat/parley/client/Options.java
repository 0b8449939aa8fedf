package chat.parley.client;

import chat.parley.client.link.Fingerprint;
import chat.parley.client.link.ServerAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The command line to a [Request]. By hand: the options are few, and a library for them costs more
/// time at each start than the TLS handshake.
final class Options {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|)");
    private static final String PASSWORD_HINT =
            "a password is never an argument: everybody on this machine could read it; see --help";

    private final Map<String, String> environment;
    private final Deque<String> arguments;
    private final List<String> words = new ArrayList<>();
    private final List<String> join = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private @Nullable String server;
    private @Nullable String user;
    private @Nullable Path authorities;
    private @Nullable Fingerprint pin;
    private Request.PasswordFrom password = new Request.PasswordFrom.Usual();
    private boolean noColour;
    private boolean code;
    private boolean json;
    private @Nullable Long count;
    private @Nullable Duration during;

    private Options(List<String> arguments, Map<String, String> environment) {
        this.arguments = new ArrayDeque<>(arguments);
        this.environment = environment;
    }

    static Request parse(String[] arguments, Map<String, String> environment) throws Problem {
        return new Options(Arrays.asList(arguments), environment).request();
    }

    private Request request() throws Problem {
        var onlyWords = false;
        while (!arguments.isEmpty()) {
            var argument = arguments.removeFirst();
            if (onlyWords || argument.equals("-") || !argument.startsWith("-")) {
                words.add(argument);
            } else if (argument.equals("--")) {
                onlyWords = true;
            } else if (argument.equals("--help") || argument.equals("-h")) {
                return new Request.Help();
            } else if (argument.equals("--version") || argument.equals("-V")) {
                return new Request.Version();
            } else {
                option(argument);
            }
        }
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "send" -> send();
            case "tail" -> tail();
            case "passwd" -> passwd();
            case "sessions" -> sessions();
            case "totp" -> totp();
            case "help" -> new Request.Help();
            default -> talk();
        };
    }

    private void option(String argument) throws Problem {
        var equals = argument.indexOf('=');
        var hasValue = argument.startsWith("--") && equals > 0;
        var name = hasValue ? argument.substring(0, equals) : argument;
        if (hasValue) {
            arguments.addFirst(argument.substring(equals + 1));
        }
        seen.add(name);
        switch (name) {
            case "--server", "-s" -> server = value(name);
            case "--user", "-u" -> user = value(name);
            case "--ca" -> authorities = Path.of(value(name));
            case "--pin" ->
                    pin =
                            Fingerprint.parse(value(name))
                                    .orElseThrow(() ->
                                            Problem.wrongUse(
                                                    "--pin takes sha256/ and 43 characters"
                                                            + " of base64, as the daemon"
                                                            + " prints it"));
            case "--password-command" -> password = new Request.PasswordFrom.Command(value(name));
            case "--join", "-j" -> join.addAll(List.of(value(name).split(",", -1)));
            case "--count", "-n" -> count = number(name, value(name));
            case "--for" -> during = duration(name, value(name));
            case "--totp", "--password-stdin", "--no-color", "--no-colour", "--json" -> {
                if (hasValue) {
                    throw Problem.wrongUse(name + " takes no value");
                }
                flag(name);
            }
            case "--password", "--pass", "-p" -> throw Problem.wrongUse(PASSWORD_HINT);
            default -> throw Problem.wrongUse("there is no option " + name + "; see --help");
        }
    }

    private void flag(String name) {
        switch (name) {
            case "--password-stdin" -> password = new Request.PasswordFrom.Stdin();
            case "--json" -> json = true;
            case "--totp" -> code = true;
            default -> noColour = true;
        }
    }

    private Request talk() throws Problem {
        only("talk", 1, "--join", "-j", "--no-color", "--no-colour");
        if (!words.isEmpty()) {
            if (server != null) {
                throw Problem.wrongUse(
                        "the server is given twice: " + server + ", " + words.getFirst());
            }
            server = words.getFirst();
        }
        for (var channel : join) {
            name("--join", channel);
        }
        return new Request.Talk(connection(), List.copyOf(join), noColour);
    }

    private Request send() throws Problem {
        only("send", 3);
        if (words.size() < 2) {
            throw Problem.wrongUse("send what, where? parley send TARGET [TEXT|-]");
        }
        var text = words.size() < 3 || words.get(2).equals("-") ? null : words.get(2);
        if (text != null && text.isBlank()) {
            throw Problem.wrongUse("there is no text to send");
        }
        if (text != null && text.indexOf('\uFFFD') >= 0) {
            throw Problem.wrongUse(
                    "this locale cannot hold the text; set LC_ALL=C.UTF-8, or give it on the standard"
                            + " input: parley send TARGET -");
        }
        return new Request.Send(
                connection(), name("TARGET", words.get(1)), Optional.ofNullable(text));
    }

    private Request tail() throws Problem {
        only("tail", 2, "--json", "--count", "-n", "--for");
        if (words.size() < 2) {
            throw Problem.wrongUse("follow what? parley tail TARGET [--json]");
        }
        return new Request.Tail(
                connection(),
                name("TARGET", words.get(1)),
                json,
                Optional.ofNullable(count),
                Optional.ofNullable(during));
    }

    private Request passwd() throws Problem {
        only("passwd", 1);
        return new Request.Passwd(connection());
    }

    private Request sessions() throws Problem {
        only("sessions", 3);
        if (words.size() == 1) {
            return new Request.Sessions(connection(), Optional.empty());
        }
        if (words.size() < 3
                || !words.get(1).equals("end")
                || !words.get(2).matches("[0-9]{1,18}|all")) {
            throw Problem.wrongUse("it is parley sessions, or parley sessions end NUMBER|all");
        }
        return new Request.Sessions(connection(), Optional.of(words.get(2)));
    }

    private Request totp() throws Problem {
        only("totp", 2);
        var named = words.size() < 2 ? "status" : words.get(1);
        for (var action : Request.Totp.Action.values()) {
            if (action.name().equalsIgnoreCase(named)) {
                return new Request.Totp(connection(), action);
            }
        }
        throw Problem.wrongUse("totp what? parley totp status|enable|codes|disable");
    }

    /// Refuses words and options that this mode has no use for.
    private void only(String mode, int most, String... own) throws Problem {
        var strange = new HashSet<>(seen);
        strange.removeAll(
                Set.of(
                        "--server",
                        "-s",
                        "--user",
                        "-u",
                        "--ca",
                        "--pin",
                        "--totp",
                        "--password-command",
                        "--password-stdin"));
        strange.removeAll(Set.of(own));
        if (!strange.isEmpty()) {
            throw Problem.wrongUse(mode + " has no use for " + String.join(", ", strange));
        }
        if (words.size() > most) {
            throw Problem.wrongUse(
                    "too many words: "
                            + words.get(most)
                            + (mode.equals("send") ? " (put the text in quotes)" : ""));
        }
        if (authorities != null && pin != null) {
            throw Problem.wrongUse("--ca and --pin exclude each other");
        }
    }

    private Request.Connection connection() throws Problem {
        var given =
                server == null ? environment.getOrDefault("PARLEY_SERVER", "localhost") : server;
        var at = given.lastIndexOf('@');
        var address =
                ServerAddress.parse(given.substring(at + 1))
                        .orElseThrow(() ->
                                Problem.wrongUse(
                                        "not a server: "
                                                + given
                                                + "; expected [user@]host[:port]"));
        if (user != null && at >= 0 && !user.equals(given.substring(0, at))) {
            throw Problem.wrongUse("two users: " + user + ", " + given.substring(0, at));
        }
        var account = user != null ? user : at >= 0 ? given.substring(0, at) : usual();
        return new Request.Connection(
                address,
                name("the user", account),
                password,
                code,
                Optional.ofNullable(authorities),
                Optional.ofNullable(pin));
    }

    private String usual() {
        return environment.getOrDefault(
                "PARLEY_USER", environment.getOrDefault("USER", System.getProperty("user.name")));
    }

    private static String name(String what, String given) throws Problem {
        if (given.isEmpty()
                || given.startsWith(":")
                || given.chars().anyMatch(c -> c == ' ' || c == ',' || Character.isISOControl(c))) {
            throw Problem.wrongUse(what + " is one name, without spaces: " + given);
        }
        return given;
    }

    private String value(String name) throws Problem {
        if (arguments.isEmpty()) {
            throw Problem.wrongUse(name + " needs a value; see --help");
        }
        return arguments.removeFirst();
    }

    private static long number(String name, String given) throws Problem {
        try {
            var number = Long.parseLong(given);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw Problem.wrongUse(name + " takes a number from 1: " + given);
    }

    private static Duration duration(String name, String given) throws Problem {
        var parts = DURATION.matcher(given);
        if (!parts.matches()) {
            throw Problem.wrongUse(name + " takes a time such as 30s, 5m or 1h: " + given);
        }
        var number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
