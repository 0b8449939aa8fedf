package chat.parley.client.ui;

import chat.parley.protocol.CaseMapping;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jline.utils.AttributedStyle;

/// Which colours can be read on this terminal. A colour only repeats what words say.
///
/// The colours of nicks are of the 256, as the first sixteen are whatever a person made of them.
/// Each has a contrast of at least 4.5 to 1 with its background (WCAG 2.2, 1.4.3), and of 3 to 1
/// with both where the background is not known.
public enum Theme {
    /// No sequence at all: a pipe, a dumb terminal, `NO_COLOR`.
    PLAIN,
    DARK,
    LIGHT,
    /// The background is not known.
    EITHER;

    private static final List<Integer> ON_DARK =
            List.of(
                    210, 209, 215, 222, 178, 148, 107, 114, 78, 43, 80, 81, 75, 111, 147, 141, 177,
                    176, 212, 204);
    private static final List<Integer> ON_LIGHT =
            List.of(88, 124, 94, 58, 22, 23, 24, 25, 27, 61, 55, 92, 90, 127, 125, 161);
    private static final List<Integer> ON_BOTH =
            List.of(131, 130, 64, 28, 29, 30, 63, 98, 97, 129, 164, 163, 162, 132);

    /// By `PARLEY_THEME`, else by what the terminal says in `COLORFGBG`.
    ///
    /// @param mayColour false for a pipe, or where the person asked for none
    public static Theme of(Map<String, String> environment, boolean mayColour) {
        if (!mayColour
                || !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
            return PLAIN;
        }
        return switch (environment.getOrDefault("PARLEY_THEME", "").toLowerCase(Locale.ROOT)) {
            case "dark" -> DARK;
            case "light" -> LIGHT;
            default -> ofBackground(environment.getOrDefault("COLORFGBG", ""));
        };
    }

    /// `foreground;background`, by rxvt's custom; some put a word between.
    private static Theme ofBackground(String colours) {
        var background = colours.substring(colours.lastIndexOf(';') + 1);
        return switch (background) {
            case "0", "1", "2", "3", "4", "5", "6", "8" -> DARK;
            case "7", "9", "10", "11", "12", "13", "14", "15" -> LIGHT;
            default -> EITHER;
        };
    }

    boolean hasColour() {
        return this != PLAIN;
    }

    /// The same for the same nick, on each day and device.
    AttributedStyle nick(String nick) {
        var colours = nicks();
        return colours.isEmpty()
                ? AttributedStyle.DEFAULT
                : AttributedStyle.DEFAULT.foreground(
                        colours.get(
                                Math.floorMod(CaseMapping.fold(nick).hashCode(), colours.size())));
    }

    /// The colours of nicks.
    List<Integer> nicks() {
        return switch (this) {
            case PLAIN -> List.of();
            case DARK -> ON_DARK;
            case LIGHT -> ON_LIGHT;
            case EITHER -> ON_BOTH;
        };
    }

    AttributedStyle quiet() {
        return hasColour() ? AttributedStyle.DEFAULT.faint() : AttributedStyle.DEFAULT;
    }

    AttributedStyle bold() {
        return hasColour() ? AttributedStyle.DEFAULT.bold() : AttributedStyle.DEFAULT;
    }

    AttributedStyle trouble() {
        return hasColour()
                ? AttributedStyle.DEFAULT.foreground(AttributedStyle.RED)
                : AttributedStyle.DEFAULT;
    }

    /// Who names the person.
    AttributedStyle mention(AttributedStyle style) {
        return hasColour() ? style.bold().inverse() : style;
    }
}
