package chat.parley.client.arguments;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The manual page of a [Program], as man(7) has it.
public final class Manual {

    private final Program program;
    private final StringBuilder out = new StringBuilder();

    private Manual(Program program) {
        this.program = program;
    }

    /// @param version of the program, in the footer
    public static String of(Program program, String version) {
        return new Manual(program).page(version);
    }

    private String page(String version) {
        var name = program.name();
        out.append(
                ".\\\" Made by `%s manual` of the table its arguments are read by.\n"
                        .formatted(name));
        out.append(
                ".TH %s 1 \"\" %s \"User Commands\"\n".formatted(upper(name), argument(version)));
        out.append(".SH NAME\n")
                .append(text(program.tagline().replaceFirst(":", " -")))
                .append('\n');
        out.append(".SH SYNOPSIS\n");
        var modes = Stream.concat(Stream.of(program.main()), program.modes().stream()).toList();
        for (var mode : modes) {
            out.append(".B ").append(text((name + " " + mode.name()).strip())).append('\n');
            out.append(text((mode.synopsis() + " [options]").strip())).append("\n.br\n");
        }
        out.append(".SH DESCRIPTION\n");
        prose(program.about());
        for (var mode : modes) {
            mode(mode);
        }
        out.append(".SH OPTIONS\n");
        program.shared().forEach(section -> section(section, ".SS "));
        out.append(".SS Of the program itself\n");
        item(Program.HELP);
        item(Program.VERSION);
        out.append(".SH \"EXIT STATUS\"\n");
        for (var line : program.exitCodes()) {
            var parts = line.split(" {2}", 2);
            entry(parts[0], parts[1]);
        }
        return out.toString();
    }

    private void mode(Mode mode) {
        var name = mode.name().isEmpty() ? "without a mode" : mode.name();
        out.append(".SS ").append(text(name)).append('\n');
        prose(mode.about().isEmpty() ? sentence(mode.summary()) : mode.about());
        mode.own().forEach(section -> section.items().forEach(this::item));
        if (!mode.examples().isEmpty()) {
            out.append(".PP\n.nf\n");
            mode.examples().forEach(line -> out.append(text("    " + line)).append('\n'));
            out.append(".fi\n");
        }
    }

    private void section(Section section, String heading) {
        out.append(heading).append(text(section.title())).append('\n');
        prose(section.before().isEmpty() ? "" : sentence(section.before()));
        section.items().forEach(this::item);
        if (!section.after().isEmpty()) {
            out.append(".PP\n");
            prose(section.after());
        }
    }

    private void item(Item item) {
        entry(item.head(), item.help());
    }

    private void entry(String head, String help) {
        out.append(".TP\n.B ").append(text(head)).append('\n');
        out.append(text(help)).append('\n');
    }

    private void prose(String paragraphs) {
        if (!paragraphs.isEmpty()) {
            out.append(
                    Stream.of(paragraphs.split("\n", -1))
                            .map(Manual::text)
                            .collect(Collectors.joining("\n.PP\n")));
            out.append('\n');
        }
    }

    private static String sentence(String text) {
        var end = text.endsWith(".") ? "" : ".";
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + end;
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    private static String argument(String text) {
        return "\"" + text(text).replace("\"", "\\(dq") + "\"";
    }

    /// What troff would take for its own, escaped; a hyphen as one that can be copied.
    static String text(String text) {
        var escaped =
                text.replace("\\", "\\e")
                        .replace("-", "\\-")
                        .replace("'", "\\(aq")
                        .replace("`", "\\(ga")
                        .replace("^", "\\(ha")
                        .replace("~", "\\(ti")
                        .replace("…", "\\&...");
        return List.of(".", "'").contains(escaped.isEmpty() ? "" : escaped.substring(0, 1))
                ? "\\&" + escaped
                : escaped;
    }
}
