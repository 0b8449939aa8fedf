package chat.parley.daemon.admin;

import chat.parley.protocol.JsonLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `--json`, the same for every command of `parley-user`: what came of it as one object on a line
/// of standard output. Sentences go to standard error all the same, and so does every refusal: then
/// there is no object, and the exit code is not 0.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class JsonAnswer {

    @Option(names = "--json", description = "answers in JSON on standard output, for programs")
    private boolean asked;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    boolean isAsked() {
        return asked;
    }

    /// The members that every command answers with; more may be added.
    ///
    /// @param changed false if it was so already
    JsonLine of(String account, boolean changed) {
        return new JsonLine()
                .with("name", account)
                .with("done", command.name())
                .with("changed", changed);
    }

    /// The same of a command that is about many accounts.
    JsonLine ofAll(int changed) {
        return new JsonLine().with("done", command.name()).with("changed", changed > 0);
    }

    /// If it was asked for.
    void print(UserTool tool, JsonLine line) {
        if (asked) {
            tool.streams().out().println(line);
        }
    }

    /// With the password as last member, of which no string is made: it is letters, digits and
    /// hyphens, and the caller wipes it. Without `--json` the password alone.
    void print(UserTool tool, JsonLine line, char[] password) {
        var out = tool.streams().out();
        if (asked) {
            out.print(line.open() + ",\"password\":\"");
            out.print(password);
            out.println("\"}");
        } else {
            out.println(password);
        }
        out.flush();
    }
}
