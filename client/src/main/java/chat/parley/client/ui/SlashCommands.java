package chat.parley.client.ui;

import chat.parley.client.model.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a typed line means. A table; `/help` prints it and completion offers it.
public final class SlashCommands {

    private SlashCommands() {}

    /// What was entered at once: one text of several lines, or one command in each. Nothing is
    /// something too: who waits for the link shows that it does.
    public static List<Act> meanings(String typed) {
        return typed.startsWith("/") && !typed.startsWith("//")
                ? typed.lines().filter(line -> !line.isBlank()).map(SlashCommands::meaning).toList()
                : List.of(meaning(typed));
    }

    /// A line that does not begin with a slash is said; `//` says a slash.
    public static Act meaning(String line) {
        if (!line.startsWith("/") || line.equals("/")) {
            return said(line);
        }
        if (line.startsWith("//")) {
            return said(line.substring(1));
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

    /// Several lines that were entered as one belong together.
    private static Act said(String text) {
        return text.strip().indexOf('\n') < 0 ? new Act.Say(text) : new Act.Block(text);
    }

    private static Act meaning(SlashTable.Row row, String rest) {
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
        return SlashTable.ROWS.stream().map(row -> "/" + row.name()).toList();
    }

    /// How a command is used, such as `<channel> [key]`; empty for what is none.
    static Optional<String> usageOf(String name) {
        return find(name.startsWith("/") ? name.substring(1) : name).map(SlashTable.Row::usage);
    }

    static List<String> help(String name) {
        var command = name.startsWith("/") ? name.substring(1) : name;
        var one = find(command);
        if (one.isPresent()) {
            return List.of(usage(one.get()) + ": " + one.get().what() + also(one.get()));
        }
        var lines = new ArrayList<String>();
        for (var row : SlashTable.ROWS) {
            lines.add(String.format(Locale.ROOT, "%-33s %s", usage(row), row.what()));
        }
        lines.add("Anything else is said where you are; // says a line that begins with a slash.");
        lines.add(
                "A line is named by its number, which /lines shows, or by the nick of who said it.");
        lines.add(
                "Tab completes commands, channels, nicks and :emoji:; Alt-Enter begins another line; Ctrl-R"
                        + " finds what you typed before; Ctrl-D leaves.");
        return lines;
    }

    private static String usage(SlashTable.Row row) {
        return ("/" + row.name() + " " + row.usage()).strip();
    }

    private static String also(SlashTable.Row row) {
        var others = row.names().subList(1, row.names().size());
        return others.isEmpty() ? "" : " (also /" + String.join(", /", others) + ")";
    }

    private static Optional<SlashTable.Row> find(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return SlashTable.ROWS.stream().filter(row -> row.names().contains(lower)).findFirst();
    }

    private static String firstWord(String text) {
        var space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space);
    }

    /// Whether the daemon could be told it as a name.
    private static boolean isWord(String word) {
        return !word.startsWith(":") && word.chars().noneMatch(Character::isISOControl);
    }
}
