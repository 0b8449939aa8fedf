package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.CaseMapping;
import java.text.Normalizer;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Names of accounts are a part of PRECIS UsernameCaseMapped (RFC 8265, 3.3), and are compared as
/// it says: whatever may be a name here may be one there, and two are the same there if they are
/// here.
class AccountNameTest {

    @Test
    void has_only_characters_of_the_identifier_class() {
        for (var c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (Account.mayBeNamed("a" + Character.toString(c))) {
                assertTrue(c >= 0x21 && c <= 0x7E, Integer.toHexString(c)); // RFC 8264, 9.11
            }
        }
        assertFalse(Account.mayBeNamed("") || Account.mayBeNamed("a b") || Account.mayBeNamed("é"));
    }

    /// RFC 8265, 3.3.2: no width mapping to do, toLowerCase, NFC, no right-to-left.
    @Test
    void is_compared_as_the_profile_maps_it() {
        for (var c = 0x21; c <= 0x7E; c++) {
            var name = "A" + Character.toString(c);
            if (Account.mayBeNamed(name)) {
                var mapped =
                        Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
                assertEquals(mapped, CaseMapping.fold(name));
                assertEquals(mapped, CaseMapping.fold(mapped));
            }
        }
    }
}
