package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TasteTest {

    private static final Taste WRITTEN =
            new Taste(Optional.of("light"), Optional.of("777"), Optional.of("no"));

    @Test
    void is_followed_where_the_environment_says_nothing() {
        var settings = WRITTEN.under(Map.of("TERM", "xterm", "PARLEY_THEME", ""));

        assertEquals(Theme.LIGHT, Theme.of(settings, true));
        assertEquals(new Notices(Notices.Kind.OSC_777, false, true), Notices.of(settings));
    }

    @Test
    void gives_way_to_the_environment() {
        var settings =
                WRITTEN.under(
                        Map.of(
                                "TERM",
                                "xterm",
                                "PARLEY_THEME",
                                "dark",
                                "PARLEY_NOTIFY",
                                "off",
                                "PARLEY_NOTIFY_TEXT",
                                "yes"));

        assertEquals(Theme.DARK, Theme.of(settings, true));
        assertEquals(new Notices(Notices.Kind.OFF, true, true), Notices.of(settings));
    }

    @Test
    void that_is_unsaid_changes_nothing() {
        var environment = Map.of("TERM", "xterm", "NO_COLOR", "1");

        assertEquals(environment, Taste.unsaid().under(environment));
    }
}
