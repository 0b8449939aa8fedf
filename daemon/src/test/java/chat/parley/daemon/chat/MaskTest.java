package chat.parley.daemon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "?, '', false",
        "a*, ABC, true",
        "*c*c, abcabc, true",
        "*b, abc, false",
        "a?c, abc, true",
        "#?, #🍵, true",
        "#??, #🍵, false",
        "#*🍵, #tea🍵, true",
        "[a-z]\\E.*, x, false"
    })
    void fits_or_does_not(String mask, String text, boolean fits) {
        assertEquals(fits, Mask.matches(mask, text));
    }

    /// Tried one way after the other this would take longer than the universe has.
    @Test
    @Timeout(value = 5, unit = TimeUnit.SECONDS)
    void with_many_stars_takes_no_longer_than_both_lengths_multiplied() {
        for (var i = 0; i < 100; i++) {
            assertFalse(Mask.matches("*a".repeat(250) + "b", "a".repeat(500)));
        }
    }
}
