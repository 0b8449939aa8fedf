package chat.parley.client.ui;

import chat.parley.client.model.Conversation;
import chat.parley.client.model.Line;
import chat.parley.client.model.Model;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Name;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// The form of a line and of the prompt. Pure: a model and a line to text for a terminal.
///
/// Lines read in order by themselves, without colours, columns or frames, so that they can be
/// copied, piped and read aloud; a colour only repeats what words say. Every text goes through
/// [TerminalText].
public record Screen(Theme theme, ZoneId zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEEE, yyyy-MM-dd", Locale.ENGLISH);

    /// @param here the folded name of where one is, which is not repeated on each line
    public Printed line(Line line, String here) {
        var out = new AttributedStringBuilder();
        var start =
                switch (line) {
                    case Line.Said said -> said(said, here, out);
                    case Line.Happened(var at, var place, var text) -> {
                        out.style(theme.quiet()).append(time(at));
                        if (!isHere(place, here) && !text.contains(place)) {
                            out.append(TerminalText.name(place)).append(": ");
                        }
                        yield with(out, TerminalText.plain(text));
                    }
                    case Line.Note(var text) -> {
                        out.styled(theme.quiet(), "-- ");
                        yield with(out, lines(text));
                    }
                    case Line.Trouble(var text) -> {
                        out.styled(theme.trouble(), "!! ");
                        yield with(out, lines(text));
                    }
                };
        return new Printed(out.toAttributedString(), start);
    }

    /// For a reader who sees nothing but this line: with its day, unless that is today. Without
    /// colour.
    public String line(Line line, String here, Instant now) {
        var day =
                switch (line) {
                    case Line.Said said -> dayOf(said.at());
                    case Line.Happened happened -> dayOf(happened.at());
                    case Line.Note _, Line.Trouble _ -> dayOf(now);
                };
        return (day.equals(dayOf(now)) ? "" : day + " ") + line(line, here).asText();
    }

    /// Between the lines of two days.
    public Printed day(LocalDate day) {
        var out = new AttributedStringBuilder();
        out.styled(theme.quiet(), "-- " + DAY.format(day));
        return new Printed(out.toAttributedString(), 3);
    }

    /// The day a line is of, for its reader. A note is of no day.
    LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }

    /// Where one speaks: `#tea> `, and whether what is typed can go.
    public Printed prompt(Model model) {
        var here = model.places().here();
        var where = here.map(Conversation::name).orElse("");
        var how = model.isUp() ? here.map(Screen::standing).orElse("") : " (no link)";
        var out =
                new AttributedStringBuilder()
                        .style(theme.bold())
                        .append(TerminalText.name(where))
                        .style(AttributedStyle.DEFAULT)
                        .append(how)
                        .append("> ");
        return new Printed(out.toAttributedString(), out.length());
    }

    private static String standing(Conversation here) {
        return here.isJoined() ? "" : here.entrance().isAwaited() ? " (joining)" : " (not in)";
    }

    private int said(Line.Said said, String here, AttributedStringBuilder out) {
        out.styled(theme.quiet(), time(said.at()));
        out.append(place(said, here));
        if (said.manner() == Line.Manner.ACTION) {
            out.append("* ");
        }
        var who = TerminalText.name(said.who());
        out.styled(said.forMe() ? theme.mention(theme.nick(who)) : theme.nick(who), who);
        out.append(
                switch (said.manner()) {
                    case MESSAGE -> "  ";
                    case NOTICE -> " (notice)  ";
                    case ACTION -> " ";
                });
        var start = out.length();
        if (!said.quote().isEmpty()) {
            out.styled(theme.quiet(), "(↩ " + TerminalText.plain(said.quote()) + ") ");
        }
        out.append(text(said.text()));
        return start;
    }

    private AttributedString text(String text) {
        return theme.hasColour()
                ? AttributedString.fromAnsi(eachLine(text, TerminalText::styled))
                : new AttributedString(eachLine(text, TerminalText::plain));
    }

    /// Where it was said, unless that is where one is.
    private static String place(Line.Said said, String here) {
        if (isHere(said.place(), here)) {
            return "";
        }
        if (Name.looksLikeChannel(said.place())) {
            return TerminalText.name(said.place()) + " ";
        }
        return said.mine() ? "(to " + TerminalText.name(said.place()) + ") " : "(to you) ";
    }

    private static boolean isHere(String place, String here) {
        return place.isEmpty() || CaseMapping.fold(place).equals(here);
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone)) + " ";
    }

    /// Our own texts may have lines, and so may a message that was sent as several; a single line
    /// of the network has none, as its line feeds are signs.
    private static String lines(String text) {
        return eachLine(text, TerminalText::plain);
    }

    private static String eachLine(String text, UnaryOperator<String> madeHarmless) {
        return List.of(text.split("\n", -1)).stream()
                .map(madeHarmless)
                .collect(Collectors.joining("\n"));
    }

    private static int with(AttributedStringBuilder out, String text) {
        var start = out.length();
        out.append(text);
        return start;
    }
}
