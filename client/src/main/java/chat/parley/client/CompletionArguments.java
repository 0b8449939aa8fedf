package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Completion;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.WrongUse;
import java.util.List;
import java.util.Map;

/// `parley completion bash|zsh|fish`.
final class CompletionArguments implements Spoken {

    @Override
    public Mode mode() {
        return new Mode(
                "completion",
                "bash|zsh|fish",
                1,
                1,
                List.of(Completes.oneOf("bash", "zsh", "fish")),
                "print what a shell completes the arguments by",
                "Prints a script that completes modes, options and their values. The distribution has"
                        + " them made, in completion/.",
                List.of(),
                List.of(),
                List.of(
                        "source <(parley completion bash)                 in ~/.bashrc",
                        "source <(parley completion zsh)                  in ~/.zshrc, after compinit",
                        "parley completion fish > ~/.config/fish/completions/parley.fish"));
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        return new Request.Print(
                switch (given.words().getFirst()) {
                    case "bash" -> Completion.bash(CommandLine.PROGRAM);
                    case "zsh" -> Completion.zsh(CommandLine.PROGRAM);
                    case "fish" -> Completion.fish(CommandLine.PROGRAM);
                    default -> throw new WrongUse("completion is for bash, zsh or fish");
                });
    }
}
