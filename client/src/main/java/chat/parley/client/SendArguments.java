package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.WrongUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `parley send TARGET [TEXT|-]`.
final class SendArguments implements Spoken {

    @Override
    public Mode mode() {
        return new Mode(
                "send",
                "TARGET [TEXT|-]",
                1,
                2,
                List.of(Completes.nothing()),
                "say TEXT, or each line of the standard input",
                "Says TEXT, or each line of the standard input. It ends with 0 only when the daemon has"
                        + " echoed every message, which is its word that they are kept.",
                List.of(),
                ConnectionArguments.SECTIONS,
                List.of("parley send '#lobby' 'Lunch!'", "df -h | parley send ann -"));
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        var words = given.words();
        var text = words.size() < 2 || words.get(1).equals("-") ? null : words.get(1);
        if (text != null && text.isBlank()) {
            throw new WrongUse("there is no text to send");
        }
        if (text != null && text.indexOf('\uFFFD') >= 0) {
            throw new WrongUse(
                    "this locale cannot hold the text; set LC_ALL=C.UTF-8, or give it on the standard"
                            + " input: parley send TARGET -");
        }
        return new Request.Send(
                ConnectionArguments.connection(given, environment),
                Values.name("TARGET", words.getFirst()),
                Optional.ofNullable(text));
    }
}
