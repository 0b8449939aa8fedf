package chat.parley.distribution;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ThirdPartyTest {

    @Nested
    class The_table {

        private final ThirdParty table = ThirdParty.in(Path.of("THIRD-PARTY.md"));

        The_table() throws IOException {}

        @Test
        void knows_a_jar_with_a_row_whatever_its_version() {
            assertTrue(table.knows("sqlite-jdbc-3.54.1.0.jar"));
            assertTrue(table.knows("bctls-jdk18on-9.jar"));
        }

        @Test
        void knows_our_own() {
            assertTrue(table.knows("parley-daemon-0.1.0.jar"));
        }

        @Test
        void does_not_know_a_jar_without_a_row() {
            assertFalse(table.knows("jackson-core-2.20.0.jar"));
            assertFalse(table.knows("sqlite-2.jar"));
        }
    }
}
