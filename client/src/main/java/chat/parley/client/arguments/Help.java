package chat.parley.client.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The text of `--help`, for a terminal of a hundred columns and for the eye of a person.
public final class Help {

    private static final int WIDTH = 100;
    private static final int INDENT = 2;

    /// Where help begins, unless what it is about is longer.
    private static final int COLUMN = 36;

    private final StringBuilder out = new StringBuilder();

    private Help() {}

    /// Of the program: what it does, and what holds for all of it.
    public static String of(Program program) {
        var help = new Help();
        help.prose(program.tagline());
        help.out.append("\nUsage:\n");
        var modes = Stream.concat(Stream.of(program.main()), program.modes().stream()).toList();
        var column =
                modes.stream().mapToInt(mode -> mode.usage(program.name()).length()).max().orElse(0)
                        + 2
                        + INDENT;
        modes.forEach(mode -> help.entry(mode.usage(program.name()), mode.summary(), column));
        help.entry(program.name() + " MODE --help", "all about one of them", column);
        help.paragraph(program.about());
        program.shared().forEach(help::section);
        program.main().own().forEach(help::section);
        help.out.append("\n");
        help.item(Program.HELP);
        help.item(Program.VERSION);
        help.exitCodes(program);
        return help.out.toString();
    }

    /// Of one mode.
    public static String of(Program program, Mode mode) {
        var help = new Help();
        help.out.append("Usage: ").append(mode.usage(program.name())).append(" [options]\n");
        help.paragraph(mode.about().isEmpty() ? mode.summary() + "." : mode.about());
        mode.own().forEach(help::section);
        if (!mode.examples().isEmpty()) {
            help.out.append("\nExamples:\n");
            mode.examples().forEach(line -> help.out.append("  ").append(line).append('\n'));
        }
        var shared =
                mode.shared().stream()
                        .flatMap(Section::options)
                        .map(Option::name)
                        .collect(Collectors.joining(", "));
        if (!shared.isEmpty()) {
            help.paragraph("Also, as " + program.name() + " --help tells: " + shared + ".");
        }
        help.exitCodes(program);
        return help.out.toString();
    }

    private void exitCodes(Program program) {
        out.append("\nExit codes:\n");
        program.exitCodes().forEach(line -> out.append("  ").append(line).append('\n'));
    }

    private void section(Section section) {
        out.append('\n');
        prose(section.title() + ":" + (section.before().isEmpty() ? "" : " " + section.before()));
        section.items().forEach(this::item);
        if (!section.after().isEmpty()) {
            wrap(section.after(), WIDTH - INDENT)
                    .forEach(line -> out.append(" ".repeat(INDENT)).append(line).append('\n'));
        }
    }

    private void item(Item item) {
        entry(item.head(), item.help(), COLUMN);
    }

    private void entry(String head, String help, int column) {
        var lines = wrap(help, WIDTH - column);
        var left = " ".repeat(INDENT) + head;
        var isLong = left.length() + 2 > column;
        out.append(isLong ? left + "\n" : left);
        var first = !isLong;
        for (var line : lines) {
            out.append(" ".repeat(first ? column - left.length() : column))
                    .append(line)
                    .append('\n');
            first = false;
        }
    }

    private void paragraph(String text) {
        if (!text.isEmpty()) {
            out.append('\n');
            prose(text);
        }
    }

    private void prose(String text) {
        for (var paragraph : text.split("\n", -1)) {
            wrap(paragraph, WIDTH).forEach(line -> out.append(line).append('\n'));
        }
    }

    /// For a shell, which has a line for it.
    static String firstSentence(String text) {
        return text.split("[.;:] ", 2)[0].replaceFirst(" \\(.*", "");
    }

    /// At least one line, though it may be empty.
    static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word :
                Stream.of(text.split(" ", -1)).filter(Predicate.not(String::isEmpty)).toList()) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
