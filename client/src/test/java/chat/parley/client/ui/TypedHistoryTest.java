package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedHistoryTest {

    private Path file;

    @BeforeEach
    void place(@TempDir Path dir) {
        file = dir.resolve("parley").resolve("typed");
    }

    private void typed(String... lines) {
        var history = TypedHistory.of(file).forReader();
        for (var line : lines) {
            history.add(line);
        }
    }

    @Nested
    class What_was_typed {

        @Test
        void is_there_in_the_next_run() {
            typed("one", "two\nlines \\n and a backslash \\");
            typed("three");

            assertEquals(
                    List.of("one", "two\nlines \\n and a backslash \\", "three"),
                    TypedHistory.of(file).before());
        }

        @Test
        void can_be_read_by_the_person_alone() throws IOException {
            typed("one");

            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals(
                    "rwx------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        }

        @Test
        void is_forgotten_when_it_is_old() throws IOException {
            typed(
                    IntStream.range(0, 2 * TypedHistory.LINES + 1)
                            .mapToObj(i -> "line " + i)
                            .toArray(String[]::new));

            var before = TypedHistory.of(file).before();
            assertEquals(TypedHistory.LINES, before.size());
            assertEquals("line " + 2 * TypedHistory.LINES, before.getLast());
            assertEquals(TypedHistory.LINES, Files.readAllLines(file).size());
        }

        @Test
        void is_kept_for_one_run_where_there_can_be_no_file(@TempDir Path dir) throws IOException {
            Files.writeString(dir.resolve("file"), "");

            var history = TypedHistory.of(dir.resolve("file").resolve("typed"));
            assertEquals(List.of(), history.before());
            var lines = history.forReader();
            lines.add("one");
            assertEquals(1, lines.size());
        }
    }

    @Nested
    class A_secret {

        @Test
        void is_never_written_down() throws IOException {
            typed(
                    "/code 123456",
                    "/join #tea sesame",
                    "/msg NickServ identify sesame",
                    "/msg *status sesame",
                    "/passwod sesame",
                    " sesame",
                    "sesame".repeat(TypedHistory.LONGEST),
                    "/join #tea",
                    "//passwod is no secret",
                    "plain");

            assertEquals(
                    List.of("/join #tea", "//passwod is no secret", "plain"),
                    TypedHistory.of(file).before());
            assertTrue(!Files.readString(file).contains("sesame"));
        }
    }
}
