package chat.parley.client;

import chat.parley.client.arguments.Arguments;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Help;
import chat.parley.client.arguments.Program;
import chat.parley.client.arguments.WrongUse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The command line of `parley`: all of its modes, and which [Request] the arguments make.
///
/// A new mode is a [Spoken] and a line here; a new option is one constant where its mode is, or in
/// [ConnectionArguments] if all have it. Help, completions and the manual page follow.
final class CommandLine {

    private static final Spoken TALK = new TalkArguments();

    private static final List<Spoken> MODES =
            List.of(
                    new SendArguments(),
                    new TailArguments(),
                    new HistoryArguments(),
                    new SearchArguments(),
                    new WhoArguments(),
                    new PasswdArguments(),
                    new SessionsArguments(),
                    new TotpArguments(),
                    new KeyringArguments(),
                    new TrustArguments(),
                    new CompletionArguments(),
                    new ManualArguments());

    private static final String PASSWORD_HINT =
            "a password is never an argument: everybody on this machine could read it; see --help";

    static final Program PROGRAM =
            new Program(
                    "parley",
                    "parley: talk, securely. A client for Parley and other IRCv3 daemons with TLS and"
                            + " SASL.",
                    TALK.mode(),
                    MODES.stream().map(Spoken::mode).toList(),
                    "TARGET is a channel, such as '#lobby' (quote it), or a nick.",
                    ConnectionArguments.SECTIONS,
                    Arrays.stream(ExitCode.values())
                            .map(code -> code.number() + "  " + code.meaning())
                            .toList(),
                    Map.of(
                            "--password",
                            PASSWORD_HINT,
                            "--pass",
                            PASSWORD_HINT,
                            "-p",
                            PASSWORD_HINT));

    private CommandLine() {}

    static Request read(List<String> arguments, Map<String, String> environment) throws Problem {
        try {
            return switch (Arguments.read(PROGRAM, arguments)) {
                case Given.Help(var mode) ->
                        new Request.Print(
                                mode.map(one -> Help.of(PROGRAM, one))
                                        .orElseGet(() -> Help.of(PROGRAM)));
                case Given.Version _ -> new Request.Print(version() + "\n");
                case Given.Asked asked -> spoken(asked).request(asked, environment);
            };
        } catch (WrongUse wrong) {
            throw Problem.wrongUse(String.valueOf(wrong.getMessage()));
        }
    }

    private static Spoken spoken(Given.Asked asked) {
        return MODES.stream()
                .filter(one -> one.mode().name().equals(asked.mode().name()))
                .findFirst()
                .orElse(TALK);
    }

    static String version() {
        var version = CommandLine.class.getPackage().getImplementationVersion();
        return "parley " + Objects.requireNonNullElse(version, "(not packaged)");
    }
}
