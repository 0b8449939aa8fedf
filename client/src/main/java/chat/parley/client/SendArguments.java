package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.Option;
import chat.parley.client.arguments.Section;
import chat.parley.client.arguments.WrongUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `parley send TARGET [TEXT|-]`.
final class SendArguments implements Spoken {

    private static final Option<Path> FILE =
            Option.of("--file", "FILE", Values::path, "say what is in FILE, in place of TEXT")
                    .completing(Completes.files());

    private static final Option<Boolean> WHOLE =
            Option.flag(
                    "--whole",
                    "all of it is one message of several lines; refused where the server takes none"
                            + " (draft/multiline) or it is too long");

    private static final Option<Duration> TIMEOUT =
            Option.of(
                    "--timeout",
                    "TIME",
                    Values::duration,
                    "all of it is kept within TIME, such as 5s, or it ends with 3; else a message that"
                            + " nothing is heard of for 60 s does that, where it can be said"
                            + " again after 60 s more");

    private static final Option<String> ONCE =
            Option.of(
                    "--once",
                    "KEY",
                    SendArguments::key,
                    "a second run with the same KEY and text says nothing twice, whatever became of the"
                            + " first; up to 48 letters, digits, - and _. For Parley's daemon");

    @Override
    public Mode mode() {
        return new Mode(
                "send",
                "TARGET [TEXT|-]",
                1,
                2,
                List.of(Completes.nothing()),
                "say TEXT, or each line of the standard input",
                "Says TEXT, or each line of the standard input or of a file; one message each, blank"
                        + " lines left out, long ones cut between words. It ends with 0 only when the"
                        + " daemon has echoed every message, which is its word that they are kept.\n"
                        + "When the link breaks, what was not echoed is said again; Parley's daemon"
                        + " keeps it once. With other servers it ends there with 3, as nobody can"
                        + " tell whether it was kept. 1 stands for: refused, and not kept. What was kept"
                        + " before is told.",
                List.of(Section.of("Options", FILE, WHOLE, TIMEOUT, ONCE)),
                ConnectionArguments.SECTIONS,
                List.of(
                        "parley send '#lobby' 'Lunch!'",
                        "df -h | parley send ann --whole        as one message of several lines",
                        "parley send '#ops' --file report.txt --timeout 10s || mail …"));
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        var words = given.words();
        var text = words.size() < 2 || words.get(1).equals("-") ? null : words.get(1);
        if (words.size() > 1 && given.has(FILE)) {
            throw new WrongUse("a text and --file exclude each other");
        }
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
                Optional.ofNullable(text),
                given.value(FILE),
                given.has(WHOLE),
                given.value(TIMEOUT),
                given.value(ONCE));
    }

    private static String key(String name, String given) throws WrongUse {
        if (!given.matches("[A-Za-z0-9_-]{1,48}")) {
            throw new WrongUse(name + " takes up to 48 letters, digits, - and _: " + given);
        }
        return given;
    }
}
