package chat.parley.client.ui;

import chat.parley.client.model.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/// What a typed line means. A table; `/help` prints it and completion offers it.
public final class SlashCommands {

    /// One row. The usage is the rule: what is not in brackets is required.
    ///
    /// @param meaning from the first word and the rest of the line to what is asked for
    private record Row(
            List<String> names,
            String usage,
            String what,
            BiFunction<String, String, Act> meaning) {

        String name() {
            return names.getFirst();
        }

        boolean takesName() {
            return usage.contains("channel") || usage.contains("nick");
        }

        int required() {
            return (int) usage.chars().filter(c -> c == '<').count();
        }
    }

    private static final List<Row> TABLE =
            List.of(
                    row("join", "<channel> [key]", "go to a channel", Act.Join::new, "j"),
                    row(
                            "part",
                            "[channel] [reason]",
                            "leave a channel, or close a conversation",
                            SlashCommands::part,
                            "close"),
                    row(
                            "to",
                            "<channel or nick>",
                            "speak there from now on",
                            (name, _) -> new Act.GoTo(name),
                            "query",
                            "q"),
                    row(
                            "msg",
                            "<channel or nick> <text>",
                            "say one thing there",
                            Act.SayTo::new,
                            "m"),
                    row(
                            "me",
                            "<action>",
                            "say what you do",
                            (first, rest) -> new Act.Emote(joined(first, rest))),
                    row(
                            "topic",
                            "[text]",
                            "show or set the topic of the channel",
                            (first, rest) -> new Act.Topic(joined(first, rest)),
                            "t"),
                    row("names", "", "who is in the channel", (_, _) -> new Act.Names(), "n"),
                    row("list", "", "the channels there are", (_, _) -> new Act.Channels()),
                    row(
                            "who",
                            "[nick or channel]",
                            "who somebody is",
                            (name, _) -> new Act.Who(name),
                            "whois"),
                    row(
                            "away",
                            "[reason]",
                            "say that you are away, or are back",
                            (first, rest) -> new Act.Away(joined(first, rest))),
                    row(
                            "code",
                            "<code>",
                            "what your authenticator app shows, when the link is to come back",
                            (code, _) -> new Act.Code(code)),
                    row(
                            "help",
                            "[command]",
                            "this list",
                            (name, _) -> new Act.Answer(help(name)),
                            "h",
                            "?"),
                    row(
                            "quit",
                            "[reason]",
                            "leave",
                            (first, rest) -> new Act.Quit(joined(first, rest)),
                            "exit"));

    private SlashCommands() {}

    /// A line that does not begin with a slash is said; `//` says a slash.
    public static Act meaning(String line) {
        if (!line.startsWith("/") || line.equals("/")) {
            return new Act.Say(line);
        }
        if (line.startsWith("//")) {
            return new Act.Say(line.substring(1));
        }
        var words = line.substring(1).strip();
        var command = firstWord(words);
        var rest = words.substring(command.length()).strip();
        var row = find(command);
        if (row.isEmpty()) {
            return new Act.Answer(
                    List.of(
                            "there is no /"
                                    + command
                                    + "; /help lists what there is, //"
                                    + command
                                    + " says it as text"));
        }
        return meaning(row.get(), rest);
    }

    private static Act meaning(Row row, String rest) {
        var first = firstWord(rest);
        var second = rest.substring(first.length()).strip();
        var given = first.isEmpty() ? 0 : second.isEmpty() ? 1 : 2;
        if (given < row.required() || (row.takesName() && !isWord(first))) {
            return new Act.Answer(List.of("usage: " + usage(row)));
        }
        return row.meaning().apply(first, second);
    }

    /// The names of the commands, each with its slash.
    public static List<String> names() {
        return TABLE.stream().map(row -> "/" + row.name()).toList();
    }

    private static List<String> help(String name) {
        var command = name.startsWith("/") ? name.substring(1) : name;
        var one = find(command);
        if (one.isPresent()) {
            return List.of(usage(one.get()) + ": " + one.get().what() + also(one.get()));
        }
        var lines = new ArrayList<String>();
        for (var row : TABLE) {
            lines.add(String.format(Locale.ROOT, "%-30s %s", usage(row), row.what()));
        }
        lines.add("Anything else is said where you are; // says a line that begins with a slash.");
        lines.add("Tab completes commands, channels and nicks; Ctrl-D leaves.");
        return lines;
    }

    private static String usage(Row row) {
        return ("/" + row.name() + " " + row.usage()).strip();
    }

    private static String also(Row row) {
        var others = row.names().subList(1, row.names().size());
        return others.isEmpty() ? "" : " (also /" + String.join(", /", others) + ")";
    }

    private static Optional<Row> find(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return TABLE.stream().filter(row -> row.names().contains(lower)).findFirst();
    }

    /// `/part` may be followed by a reason alone.
    private static Act part(String first, String rest) {
        return first.startsWith("#")
                ? new Act.Part(first, rest)
                : new Act.Part("", joined(first, rest));
    }

    private static String joined(String first, String rest) {
        return (first + " " + rest).strip();
    }

    private static String firstWord(String text) {
        var space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space);
    }

    /// Whether the daemon could be told it as a name.
    private static boolean isWord(String word) {
        return !word.startsWith(":") && word.chars().noneMatch(Character::isISOControl);
    }

    private static Row row(
            String name,
            String usage,
            String what,
            BiFunction<String, String, Act> meaning,
            String... aliases) {
        var names = new ArrayList<String>();
        names.add(name);
        names.addAll(List.of(aliases));
        return new Row(List.copyOf(names), usage, what, meaning);
    }
}
