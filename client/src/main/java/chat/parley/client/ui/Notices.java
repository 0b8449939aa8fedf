package chat.parley.client.ui;

import java.util.Locale;
import java.util.Map;

/// How a terminal is asked to tell the person something while it looks elsewhere, and what its
/// title says. Pure: sequences as text.
///
/// Every word of the network in one is made harmless, bounded, and without the semicolon that parts
/// the fields of a sequence.
///
/// @param kind what this terminal understands
/// @param hasText whether a notification may hold what was said: others may see the screen
/// @param hasTitle whether the terminal has a title of its own
public record Notices(Kind kind, boolean hasText, boolean hasTitle) {

    /// The ways there are. The bell is part of each but the first.
    public enum Kind {
        OFF,
        BELL,
        /// iTerm2's: one text.
        OSC_9,
        /// rxvt-unicode's: a title and a text.
        OSC_777,
        /// kitty's: a title and a text, in parts.
        OSC_99
    }

    private static final String BELL = "\u0007";
    private static final String OSC = "\u001b]";
    private static final String ST = "\u001b\\";
    private static final int LONGEST = 120;

    /// The title as it was is kept by the terminal, and comes back at the end (xterm's XTWINOPS).
    static final String KEEP_TITLE = "\u001b[22;2t";

    static final String TITLE_BACK = "\u001b[23;2t";

    /// By `PARLEY_NOTIFY` (off, bell, 9, 777, 99), else by what the terminal says of itself;
    /// `PARLEY_NOTIFY_TEXT=no` keeps what was said out of it.
    public static Notices of(Map<String, String> environment) {
        var term = environment.getOrDefault("TERM", "dumb");
        return new Notices(
                switch (environment.getOrDefault("PARLEY_NOTIFY", "")) {
                    case "off", "no", "none" -> Kind.OFF;
                    case "bell" -> Kind.BELL;
                    case "9" -> Kind.OSC_9;
                    case "777" -> Kind.OSC_777;
                    case "99" -> Kind.OSC_99;
                    default -> detected(environment, term);
                },
                !environment.getOrDefault("PARLEY_NOTIFY_TEXT", "").equals("no"),
                term.matches(
                        "(xterm|tmux|screen|rxvt|alacritty|foot|kitty|wezterm|ghostty|konsole).*"));
    }

    /// Within tmux or screen none but the bell comes through.
    private static Kind detected(Map<String, String> environment, String term) {
        if (term.equals("dumb")) {
            return Kind.OFF;
        }
        if (environment.containsKey("TMUX") || term.matches("(screen|tmux).*")) {
            return Kind.BELL;
        }
        if (environment.containsKey("KITTY_WINDOW_ID")) {
            return Kind.OSC_99;
        }
        return switch (environment.getOrDefault("TERM_PROGRAM", "").toLowerCase(Locale.ROOT)) {
            case "iterm.app" -> Kind.OSC_9;
            case "wezterm", "ghostty" -> Kind.OSC_777;
            default -> term.matches("(foot|rxvt-unicode).*") ? Kind.OSC_777 : Kind.BELL;
        };
    }

    String sequence(Calls.Call call) {
        var tell = call.last();
        var who = field(TerminalText.name(tell.who()));
        var title =
                (tell.isDirect() ? who : who + " in " + field(TerminalText.name(tell.place())))
                        + (call.more() > 0 ? ", and " + call.more() + " more" : "");
        var text = hasText ? field(TerminalText.plain(tell.text())) : "";
        return switch (kind) {
            case OFF -> "";
            case BELL -> BELL;
            case OSC_9 -> BELL + OSC + "9;" + title + (text.isEmpty() ? "" : ": " + text) + ST;
            case OSC_777 -> BELL + OSC + "777;notify;" + title + ";" + text + ST;
            case OSC_99 ->
                    BELL
                            + OSC
                            + "99;i=parley:d=0;"
                            + title
                            + ST
                            + OSC
                            + "99;i=parley:p=body;"
                            + text
                            + ST;
        };
    }

    /// @param unread lines elsewhere
    String title(String here, int unread) {
        if (!hasTitle) {
            return "";
        }
        var where = field(TerminalText.name(here));
        return OSC
                + "2;"
                + (unread > 0 ? "(" + unread + ") " : "")
                + (where.isEmpty() ? "" : where + " - ")
                + "parley"
                + ST;
    }

    private static String field(String text) {
        var bounded =
                text.codePointCount(0, text.length()) <= LONGEST
                        ? text
                        : text.substring(0, text.offsetByCodePoints(0, LONGEST - 3)) + "...";
        return bounded.replace(';', ',').replace('\n', ' ');
    }
}
