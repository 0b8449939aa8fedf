package chat.parley.client;

import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Manual;
import chat.parley.client.arguments.Mode;
import java.util.List;
import java.util.Map;

/// `parley manual`.
final class ManualArguments implements Spoken {

    @Override
    public Mode mode() {
        return new Mode(
                "manual",
                "",
                0,
                0,
                List.of(),
                "print the manual page, for man",
                "Prints parley(1), for man. The distribution has it in share/man/man1.",
                List.of(),
                List.of(),
                List.of("parley manual | man -l -"));
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) {
        return new Request.Print(Manual.of(CommandLine.PROGRAM, CommandLine.version()));
    }
}
