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

/// The form of a line and of the prompt. Pure: a model and a line to text for a terminal.
///
/// Lines read in order by themselves, without colours, columns or frames, so that they can be
/// copied, piped and read aloud; a colour only repeats what words say. Every text goes through
/// [TerminalText].
///
/// @param hasColour whether SGR sequences may be written
public record Screen(boolean hasColour, ZoneId zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /// Of the 256 colours those that are readable on dark and on light.
    private static final int[] NICKS = {
        31, 32, 64, 67, 71, 97, 103, 130, 131, 133, 136, 139, 166, 168, 172, 173
    };

    private static final String DIM = "2";
    private static final String BOLD = "1";
    private static final String RED = "31";

    /// @param here the folded name of where one is, which is not repeated on each line
    /// @param now decides whether a time needs its day
    public String line(Line line, String here, Instant now) {
        return switch (line) {
            case Line.Said said -> said(said, here, now);
            case Line.Happened(var at, var place, var text) ->
                    paint(
                            DIM,
                            time(at, now)
                                    + " "
                                    + (isHere(place, here) || text.contains(place)
                                            ? ""
                                            : TerminalText.name(place) + ": ")
                                    + TerminalText.plain(text));
            case Line.Note(var text) -> paint(DIM, "-- ") + lines(text);
            case Line.Trouble(var text) -> paint(RED, "!! ") + lines(text);
        };
    }

    /// Where one speaks: `#tea> `.
    public String prompt(Model model) {
        var where = model.places().here().map(Conversation::name).orElse("");
        var mark = model.isUp() ? "> " : " (no link)> ";
        return paint(BOLD, TerminalText.name(where)) + mark;
    }

    private String said(Line.Said said, String here, Instant now) {
        var who = TerminalText.name(said.who());
        var name =
                said.forMe()
                        ? paint(BOLD + ";" + nickColour(who), who)
                        : paint(nickColour(who), who);
        var text = hasColour ? TerminalText.styled(said.text()) : TerminalText.plain(said.text());
        var speech =
                switch (said.manner()) {
                    case MESSAGE -> name + "  " + text;
                    case NOTICE -> name + " (notice)  " + text;
                    case ACTION -> "* " + name + " " + text;
                };
        return paint(DIM, time(said.at(), now)) + " " + place(said, here) + speech;
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

    private String time(Instant at, Instant now) {
        var local = at.atZone(zone);
        var isToday = local.toLocalDate().equals(LocalDate.ofInstant(now, zone));
        return (isToday ? TIME : DAY_AND_TIME).format(local);
    }

    private static String nickColour(String nick) {
        return "38;5;" + NICKS[Math.floorMod(CaseMapping.fold(nick).hashCode(), NICKS.length)];
    }

    /// Our own texts may have lines; a text of the network has none, as its line feeds are signs.
    private static String lines(String text) {
        return String.join(
                "\n", List.of(text.split("\n", -1)).stream().map(TerminalText::plain).toList());
    }

    private String paint(String sgr, String text) {
        return hasColour && !text.isEmpty() ? "\u001B[" + sgr + "m" + text + "\u001B[0m" : text;
    }
}
