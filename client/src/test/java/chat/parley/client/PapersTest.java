package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written of the table of arguments: completions and the manual page.
@Timeout(60)
class PapersTest {

    @TempDir Path home;

    private String printed(String... words) {
        var run = Run.of(home, words);
        assertEquals(0, run.code(), run::err);
        return run.out();
    }

    @Nested
    class A_completion {

        @ParameterizedTest
        @ValueSource(strings = {"bash", "zsh", "fish"})
        void knows_every_mode_and_every_option(String shell) {
            var script = printed("completion", shell);

            for (var mode : CommandLine.PROGRAM.modes()) {
                assertTrue(script.contains(mode.name()), mode::name);
                for (var option : mode.options().toList()) {
                    var name = shell.equals("fish") ? option.name().substring(2) : option.name();
                    assertTrue(script.contains(name), option::name);
                }
            }
        }

        @Test
        void is_for_three_shells() {
            assertEquals(2, Run.of(home, "completion", "tcsh").code());
        }

        /// What bash answers to a line whose last word is to be completed.
        @ParameterizedTest
        @CsvSource(
                textBlock =
                        """
                        parley se                 | send search sessions
                        parley send #x --wh       | --whole
                        parley tail --s           | --since --server
                        parley send --s           | --server
                        parley totp e             | enable
                        parley -s localhost to    | totp
                        parley --user tail to     | totp
                        parley sessions end a     | all
                        parley completion f       | fish
                        parley help t             | tail totp trust
                        parley send --once x      | ''
                        """,
                delimiter = '|')
        void works_in_bash(String line, String expected) throws Exception {
            assumeTrue(Stream.of("/bin/bash", "/usr/bin/bash").anyMatch(PapersTest::isThere));
            var script = home.resolve("parley.bash");
            Files.writeString(script, printed("completion", "bash"));
            var process =
                    new ProcessBuilder(
                                    Stream.concat(
                                                    Stream.of(
                                                            "bash",
                                                            "--norc",
                                                            "-c",
                                                            "source \"$0\"; COMP_WORDS=(\"$@\");"
                                                                    + " COMP_CWORD=$(($# - 1));"
                                                                    + " _parley; echo \"${COMPREPLY[*]}\"",
                                                            script.toString()),
                                                    Stream.of(line.strip().split(" +", -1)))
                                            .toList())
                            .redirectErrorStream(true)
                            .start();

            var answer =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            var said = List.of(answer.strip().split("\\s+", -1));
            assertTrue(said.containsAll(List.of(expected.split(" ", -1))), answer);
            assertEquals(List.of(expected.split(" ", -1)).size(), said.size(), answer);
        }
    }

    private static boolean isThere(String file) {
        return Files.isExecutable(Path.of(file));
    }

    @Nested
    class The_manual_page {

        @Test
        void has_every_mode_and_every_option() {
            var page = printed("manual");

            for (var mode : CommandLine.PROGRAM.modes()) {
                assertTrue(page.contains("\n.SS " + mode.name() + "\n"), mode::name);
                for (var option : mode.options().toList()) {
                    assertTrue(page.contains(option.name().replace("-", "\\-")), option::name);
                }
            }
        }

        /// A line that begins with a dot or a quote is a request: ours are these.
        @Test
        void has_no_requests_but_those_that_are_meant() throws IOException {
            printed("manual")
                    .lines()
                    .filter(line -> line.startsWith(".") || line.startsWith("'"))
                    .forEach(line ->
                            assertTrue(
                                    line.matches(
                                            "\\.(TH|SH|SS|B|TP|PP|br|nf|fi)( .*)?|\\.\\\\\" .*"),
                                    line));
        }
    }
}
