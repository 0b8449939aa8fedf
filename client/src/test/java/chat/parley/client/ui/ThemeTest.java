package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThemeTest {

    private static final int[] LEVELS = {0, 95, 135, 175, 215, 255};

    /// Dark is rarely quite black, and light rarely quite white.
    private static final double DARK = luminance(30, 30, 30);

    private static final double BLACK = 0;
    private static final double WHITE = 1;

    /// WCAG 2.2, "relative luminance".
    private static double luminance(int red, int green, int blue) {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int level) {
        var part = level / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private static double contrast(int colour, double background) {
        var cube = colour - 16;
        var light = luminance(LEVELS[cube / 36], LEVELS[cube / 6 % 6], LEVELS[cube % 6]);
        return (Math.max(light, background) + 0.05) / (Math.min(light, background) + 0.05);
    }

    @Nested
    class Each_colour_of_a_nick {

        @Test
        void can_be_read_on_its_background() {
            for (var colour : Theme.DARK.nicks()) {
                assertTrue(contrast(colour, DARK) >= 4.5, () -> "dark " + colour);
            }
            for (var colour : Theme.LIGHT.nicks()) {
                assertTrue(contrast(colour, WHITE) >= 4.5, () -> "light " + colour);
            }
        }

        @Test
        void can_be_read_on_both_where_nobody_knows() {
            for (var colour : Theme.EITHER.nicks()) {
                assertTrue(contrast(colour, BLACK) >= 3, () -> "black " + colour);
                assertTrue(contrast(colour, WHITE) >= 3, () -> "white " + colour);
            }
        }
    }

    @Nested
    class A_terminal {

        @ParameterizedTest
        @CsvSource({
            "15;0, DARK",
            "0;15, LIGHT",
            "0;default;15, LIGHT",
            "12;8, DARK",
            "'', EITHER",
            "nonsense, EITHER"
        })
        void says_what_is_behind_its_words(String colours, Theme theme) {
            assertEquals(theme, Theme.of(Map.of("TERM", "xterm", "COLORFGBG", colours), true));
        }

        @Test
        void is_outvoted_by_the_person() {
            assertEquals(
                    Theme.LIGHT,
                    Theme.of(
                            Map.of("TERM", "xterm", "COLORFGBG", "15;0", "PARLEY_THEME", "light"),
                            true));
        }

        @Test
        void without_colours_gets_none() {
            assertEquals(Theme.PLAIN, Theme.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), true));
            assertEquals(Theme.PLAIN, Theme.of(Map.of("TERM", "dumb"), true));
            assertEquals(Theme.PLAIN, Theme.of(Map.of(), true));
            assertEquals(Theme.PLAIN, Theme.of(Map.of("TERM", "xterm"), false));
        }
    }
}
