package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.Option;
import chat.parley.client.arguments.Section;
import chat.parley.client.arguments.Variable;
import chat.parley.client.arguments.WrongUse;
import chat.parley.client.ui.Terminals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `parley [[user@]host[:port]]`.
final class TalkArguments implements Spoken {

    private static final Option<String> JOIN =
            Option.of(
                    "-j, --join",
                    "CHANNEL",
                    Values::text,
                    "join it too; may be repeated. /help lists the commands");

    private static final Option<Boolean> FULL =
            Option.flag("--full", "the whole screen, with channels and nicks, instead of a stream");

    private static final Option<Boolean> NO_STATUS =
            Option.flag("--no-status", "no row about the link, and what is new elsewhere");

    private static final Option<Boolean> NO_COLOUR =
            Option.flag("--no-colour, --no-color", "also by NO_COLOR, TERM=dumb, or a pipe");

    @Override
    public Mode mode() {
        return new Mode(
                "",
                "[[user@]host[:port]]",
                0,
                1,
                List.of(Completes.hosts()),
                "talk; the port is 6697 unless given",
                "",
                List.of(
                        new Section(
                                "Talk",
                                "",
                                List.of(
                                        JOIN,
                                        FULL,
                                        NO_STATUS,
                                        NO_COLOUR,
                                        new Variable(
                                                "PARLEY_THEME",
                                                "dark or light; else as the terminal says"),
                                        new Variable(
                                                "PARLEY_NOTIFY",
                                                "off, bell, 9, 777 or 99: the bell, and the"
                                                        + " sequence that tells the desktop"),
                                        new Variable(
                                                "PARLEY_NOTIFY_TEXT",
                                                "no keeps what was said out of it")),
                                "A profile says the same by theme, notifications and"
                                        + " notification-text.")),
                ConnectionArguments.SECTIONS,
                List.of());
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        var join = new ArrayList<String>();
        for (var text : given.texts(JOIN)) {
            for (var channel : text.split(",", -1)) {
                join.add(Values.name(JOIN.name(), channel));
            }
        }
        if (ConnectionArguments.isUnsaid(given, environment)) {
            return new Request.FirstRun();
        }
        var connection =
                given.words().isEmpty()
                        ? ConnectionArguments.connection(given, environment)
                        : ConnectionArguments.connectionTo(
                                given.words().getFirst(), given, environment);
        join.addAll(connection.join());
        return new Request.Talk(
                connection,
                List.copyOf(join),
                new Terminals.Wish(given.has(FULL), !given.has(NO_COLOUR), !given.has(NO_STATUS)));
    }
}
