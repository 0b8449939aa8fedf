package chat.parley.client;

import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.WrongUse;
import java.util.List;
import java.util.Map;

/// `parley passwd`.
final class PasswdArguments implements Spoken {

    @Override
    public Mode mode() {
        return new Mode(
                "passwd",
                "",
                0,
                0,
                List.of(),
                "give yourself a new password; other sessions end",
                "Gives yourself a new password. All your other sessions end. The old one comes from where"
                        + " --help says, the new one from the terminal, or with --password-stdin from"
                        + " the second line.",
                List.of(),
                ConnectionArguments.SECTIONS,
                List.of());
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        return new Request.Passwd(ConnectionArguments.connection(given, environment));
    }
}
