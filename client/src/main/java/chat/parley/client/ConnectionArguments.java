package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Option;
import chat.parley.client.arguments.Section;
import chat.parley.client.arguments.Variable;
import chat.parley.client.arguments.WrongUse;
import chat.parley.client.link.Fingerprint;
import chat.parley.client.link.ServerAddress;
import chat.parley.client.ui.Taste;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which server, which account, which password, whom to trust: what all modes take that connect.
final class ConnectionArguments {

    private static final Option<String> SERVER =
            Option.of(
                            "-s, --server",
                            "[user@]host[:port]",
                            Values::text,
                            "for all but talking; else PARLEY_SERVER, else the default profile, else"
                                    + " localhost")
                    .completing(Completes.hosts());

    private static final Option<String> PROFILE =
            Option.of(
                    "-P, --profile",
                    "NAME",
                    Values::text,
                    "a server of ~/.config/parley/client.conf; its name may also stand where a server"
                            + " does");

    private static final Option<String> USER =
            Option.of(
                    "-u, --user",
                    "NAME",
                    Values::text,
                    "else the user before the @, PARLEY_USER or USER");

    private static final Option<Boolean> STDIN =
            Option.flag(
                    "--password-stdin",
                    "the first line of the standard input; for passwd the new one is the second");

    private static final Option<String> COMMAND =
            Option.of(
                    "--password-command",
                    "CMD",
                    Values::text,
                    "the first line CMD prints; sh runs it");

    private static final Option<Integer> DESCRIPTOR =
            Option.of(
                    "--password-fd",
                    "N",
                    ConnectionArguments::descriptor,
                    "the first line of the file descriptor N");

    private static final Option<Path> CERTIFICATE =
            Option.of(
                            "--cert",
                            "FILE",
                            Values::path,
                            "log in by this client certificate (PEM), which the admin has bound to"
                                    + " the account, and without a password")
                    .completing(Completes.files());

    private static final Option<Path> KEY =
            Option.of("--key", "FILE", Values::path, "its private key (PEM, PKCS#8, mode 600)")
                    .completing(Completes.files());

    private static final Option<Boolean> CODE =
            Option.flag(
                    "--totp",
                    "the account has a second factor: ask for the code of the app, or a recovery"
                            + " code; without it, after a first refusal. A link that broke comes back"
                            + " when you give a new one (/code)");

    private static final Option<Path> AUTHORITIES =
            Option.of("--ca", "FILE", Values::path, "only the authorities in FILE (PEM)")
                    .completing(Completes.files());

    private static final Option<Fingerprint> PIN =
            Option.of(
                    "--pin, --fingerprint",
                    "sha256/KEY",
                    ConnectionArguments::pin,
                    "only this key, as the daemon prints it");

    /// In the order of the help.
    static final List<Section> SECTIONS =
            List.of(
                    Section.of("Which server and account", SERVER, PROFILE, USER),
                    new Section(
                            "The password (never an argument: everybody on the machine could read it)",
                            "",
                            List.of(
                                    STDIN,
                                    COMMAND,
                                    DESCRIPTOR,
                                    new Variable(
                                            "PARLEY_PASSWORD",
                                            "a variable; your other processes, root, and whatever"
                                                    + " the shell records can see it: good for a"
                                                    + " container, poor elsewhere"),
                                    CODE),
                            "Else the desktop's keyring is asked (see parley keyring), then you, on the"
                                    + " terminal, without echo."),
                    Section.of("Without a password", CERTIFICATE, KEY),
                    new Section(
                            "Whom to trust",
                            "the system's certificate authorities, else a key you accepted before,"
                                    + " else you are asked on the terminal. Keys are kept in"
                                    + " ~/.config/parley/known_servers; a changed key stops"
                                    + " everything.",
                            List.of(AUTHORITIES, PIN),
                            ""));

    private ConnectionArguments() {}

    static Request.Connection connection(Given.Asked given, Map<String, String> environment)
            throws WrongUse {
        given.atMostOne(SERVER, PROFILE);
        var named = given.value(SERVER);
        return connection(
                given,
                environment,
                named.isPresent() || given.has(PROFILE)
                        ? named
                        : Optional.ofNullable(environment.get("PARLEY_SERVER")));
    }

    /// To a server, or a profile, that is named in a word.
    static Request.Connection connectionTo(
            String server, Given.Asked given, Map<String, String> environment) throws WrongUse {
        var other = given.value(SERVER);
        if (other.isPresent() || given.has(PROFILE)) {
            throw new WrongUse(
                    "the server is given twice: " + other.orElse("--profile") + ", " + server);
        }
        return connection(given, environment, Optional.of(server));
    }

    /// Whether nothing is said at all, and nobody else says which server: no variable, no profile.
    static boolean isUnsaid(Given.Asked given, Map<String, String> environment) throws WrongUse {
        return given.words().isEmpty()
                && given.settings().isEmpty()
                && !environment.containsKey("PARLEY_SERVER")
                && Profiles.in(environment).isEmpty();
    }

    /// @param server a server or the name of a profile; empty for the usual one
    private static Request.Connection connection(
            Given.Asked given, Map<String, String> environment, Optional<String> server)
            throws WrongUse {
        given.atMostOne(AUTHORITIES, PIN);
        var profile = profile(given, Profiles.in(environment), server);
        var written = profile.isPresent() ? "" : server.orElse("localhost");
        var at = written.lastIndexOf('@');
        var address =
                profile.map(Profile::server)
                        .or(() -> ServerAddress.parse(written.substring(at + 1)))
                        .orElseThrow(() ->
                                new WrongUse(
                                        "not a server: "
                                                + written
                                                + "; expected [user@]host[:port]"));
        var user = given.value(USER);
        if (user.isPresent() && at >= 0 && !user.get().equals(written.substring(0, at))) {
            throw new WrongUse("two users: " + user.get() + ", " + written.substring(0, at));
        }
        var account =
                user.or(() -> at >= 0 ? Optional.of(written.substring(0, at)) : Optional.empty())
                        .or(() -> profile.flatMap(Profile::account))
                        .orElseGet(() -> usualUser(environment));
        var isTrustGiven = given.has(AUTHORITIES) || given.has(PIN);
        return new Request.Connection(
                address,
                Values.name("the user", account),
                password(given, profile),
                given.has(CODE),
                isTrustGiven ? given.value(AUTHORITIES) : profile.flatMap(Profile::authorities),
                isTrustGiven ? given.value(PIN) : profile.flatMap(Profile::fingerprint),
                own(given).or(() -> profile.flatMap(Profile::own)),
                profile.map(Profile::join).orElse(List.of()),
                profile.map(Profile::taste).orElseGet(Taste::unsaid));
    }

    private static Optional<Profile> profile(
            Given.Asked given, Profiles profiles, Optional<String> server) throws WrongUse {
        if (given.has(PROFILE)) {
            return Optional.of(profiles.demanded(given.value(PROFILE).orElseThrow()));
        }
        if (server.isPresent()) {
            return profiles.named(server.get());
        }
        var usual = profiles.usual();
        if (usual.isEmpty() && !profiles.isEmpty()) {
            throw new WrongUse("which profile? name one, or write default = NAME into the file");
        }
        return usual;
    }

    private static Optional<Request.KeyFiles> own(Given.Asked given) throws WrongUse {
        var certificate = given.value(CERTIFICATE);
        var key = given.value(KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new WrongUse("--cert and --key go together; they may name the same file");
        }
        return certificate.flatMap(one -> key.map(other -> new Request.KeyFiles(one, other)));
    }

    private static Request.PasswordFrom password(Given.Asked given, Optional<Profile> profile)
            throws WrongUse {
        given.atMostOne(STDIN, COMMAND, DESCRIPTOR);
        if (given.has(STDIN)) {
            return new Request.PasswordFrom.Stdin();
        }
        if (given.has(DESCRIPTOR)) {
            return new Request.PasswordFrom.Descriptor(given.value(DESCRIPTOR).orElseThrow());
        }
        return given.value(COMMAND)
                .or(() -> profile.flatMap(Profile::passwordCommand))
                .<Request.PasswordFrom>map(Request.PasswordFrom.Command::new)
                .orElseGet(Request.PasswordFrom.Usual::new);
    }

    private static String usualUser(Map<String, String> environment) {
        return environment.getOrDefault(
                "PARLEY_USER", environment.getOrDefault("USER", System.getProperty("user.name")));
    }

    private static int descriptor(String name, String given) throws WrongUse {
        if (!given.matches("[0-9]{1,4}")) {
            throw new WrongUse(name + " takes the number of a file descriptor: " + given);
        }
        return Integer.parseInt(given);
    }

    private static Fingerprint pin(String name, String given) throws WrongUse {
        return Fingerprint.parse(given)
                .orElseThrow(() ->
                        new WrongUse(
                                name
                                        + " takes sha256/ and 43 characters of base64, as the"
                                        + " daemon prints it"));
    }
}
