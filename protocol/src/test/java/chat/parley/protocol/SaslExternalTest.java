package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaslExternalTest {

    @ParameterizedTest
    @CsvSource({"'', ''", "YW5u, ann", "w6Q=, ä"})
    void says_who_one_wants_to_be(String encoded, String as) {
        assertEquals(Optional.of(as), SaslExternal.decode(new Secret(encoded.toCharArray())));
    }

    /// No base64; a NUL; not UTF-8; no ASCII.
    @ParameterizedTest
    @ValueSource(strings = {"????", "YQBi", "/w==", "ääää"})
    void is_nothing_where_it_is_malformed(String encoded) {
        assertEquals(Optional.empty(), SaslExternal.decode(new Secret(encoded.toCharArray())));
    }

    @Test
    void leaves_nothing_behind() {
        var said = "YW5u".toCharArray();
        SaslExternal.decode(new Secret(said));
        assertArrayEquals(new char[4], said);
    }
}
