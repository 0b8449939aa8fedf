package chat.parley.daemon.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogLineTest {

    @Nested
    class An_event {

        @Test
        void is_one_line_of_time_level_package_words_and_facts() {
            try (var recorded = new Recorded()) {
                LoggerFactory.getLogger("chat.parley.daemon.session.Reader")
                        .atInfo()
                        .addKeyValue("session", 17)
                        .addKeyValue("reason", "gone away")
                        .log("session ended");

                var line = recorded.lines().getFirst();
                assertTrue(
                        line.matches(
                                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  session "
                                        + " session ended session=17 reason=\"gone away\"\n"),
                        line);
            }
        }

        @Test
        void shows_what_went_wrong_indented_so_that_it_is_no_line_of_its_own() {
            try (var recorded = new Recorded()) {
                LoggerFactory.getLogger("chat.parley.daemon.Main")
                        .atError()
                        .setCause(new IllegalStateException("a\n2026-01-01T00:00:00.000Z INFO x"))
                        .log("bug");

                var lines = recorded.text().lines().toList();
                assertTrue(lines.get(0).endsWith("ERROR daemon   bug"), lines.get(0));
                assertTrue(lines.stream().skip(1).allMatch(l -> l.startsWith("    ")));
            }
        }
    }

    @Nested
    class A_value_that_a_peer_chose {

        @Test
        void cannot_forge_a_line_or_a_fact() {
            try (var recorded = new Recorded()) {
                new AuditLog()
                        .loginRefused(
                                "x\r\n2026-11-21T00:00:00.000Z INFO  audit login accepted\u001b[2J"
                                        + " account=ann\u202e \"\\",
                                InetAddress.getLoopbackAddress(),
                                "wrong password");

                assertEquals(1, recorded.text().lines().count());
                var line = recorded.text();
                assertTrue(line.contains("account=\"x\\r\\n2026"), line);
                assertTrue(line.contains("\\x{1b}[2J account=ann\\x{202e} \\\"\\\\\" from="), line);
            }
        }

        @Test
        void is_cut_when_it_is_long() {
            assertEquals(256 + 2 + 1, Escaped.of("é".repeat(100_000)).text().length());
        }

        @Test
        void stays_readable_when_it_is_harmless() {
            assertEquals("ann", Escaped.of("ann").toString());
            assertEquals("\"grüße 🫖\"", Escaped.of("grüße 🫖").toString());
            assertEquals("\"\"", Escaped.of("").toString());
        }

        @Test
        void is_not_escaped_twice() {
            try (var recorded = new Recorded()) {
                LoggerFactory.getLogger("audit")
                        .atInfo()
                        .addKeyValue("a", Escaped.of("b\tc"))
                        .log("x");

                assertTrue(recorded.text().endsWith("x a=\"b\\tc\"\n"), recorded.text());
            }
        }
    }

    @Test
    void what_libraries_say_by_java_util_logging_ends_in_the_same_log() {
        Logs.install();
        try (var recorded = new Recorded()) {
            java.util.logging.Logger.getLogger("org.bouncycastle.jsse").warning("found\nby itself");

            assertTrue(recorded.text().contains("org.bouncycastle.jsse found\\nby itself"));
            assertFalse(recorded.text().contains("found\nby"));
        }
    }
}
