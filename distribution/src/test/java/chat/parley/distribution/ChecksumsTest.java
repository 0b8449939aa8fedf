package chat.parley.distribution;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumsTest {

    /// Of the three bytes `abc`, from FIPS 180-2, appendix B.1.
    private static final String ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir Path folder;

    private Path jar(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Checksums lines(String... lines) throws IOException, Refused {
        return Checksums.in(Files.write(folder.resolve("checksums.sha256"), List.of(lines)));
    }

    private static String said(Refused refused) {
        return String.valueOf(refused.getMessage());
    }

    @Nested
    class A_jar {

        @Test
        void that_is_the_one_looked_at_is_packed() throws Exception {
            var known = lines("# words", "", ABC + "  a-1.jar");
            assertDoesNotThrow(() -> known.check(jar("a-1.jar", "abc")));
        }

        @Test
        void with_one_bit_changed_is_refused() throws Exception {
            var known = lines(ABC + "  a-1.jar");
            var refused = assertThrows(Refused.class, () -> known.check(jar("a-1.jar", "abb")));
            assertTrue(said(refused).contains("says " + ABC), () -> said(refused));
        }

        @Test
        void of_another_version_is_refused_with_the_line_to_add() throws Exception {
            var known = lines(ABC + "  a-1.jar");
            var refused = assertThrows(Refused.class, () -> known.check(jar("a-2.jar", "abc")));
            assertTrue(said(refused).endsWith(ABC + "  a-2.jar"), () -> said(refused));
        }
    }

    @Nested
    class A_line {

        @Test
        void that_nothing_is_packed_for_is_refused() throws Exception {
            var known = lines(ABC + "  a-1.jar", ABC + "  a-2.jar");
            var refused =
                    assertThrows(Refused.class, () -> known.checkNoneIsLeft(List.of("a-2.jar")));
            assertEquals(
                    "checksums.sha256: nothing packs [a-1.jar]: remove the line",
                    refused.getMessage());
        }

        @Test
        void that_sha256sum_would_not_write_is_refused() {
            assertThrows(Refused.class, () -> lines(ABC + " a-1.jar"));
            assertThrows(Refused.class, () -> lines(ABC.substring(1) + "  a-1.jar"));
            assertThrows(Refused.class, () -> lines(ABC + "  ../a-1.jar"));
        }
    }
}
