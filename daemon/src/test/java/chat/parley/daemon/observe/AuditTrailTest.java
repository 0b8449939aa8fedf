package chat.parley.daemon.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The audit log as it is written, and what somebody finds who looks at it afterwards.
class AuditTrailTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00.123Z");

    @TempDir Path dir;

    private final Kept kept = new Kept();
    private Optional<Duration> keep = Optional.empty();
    private Instant now = NOW;
    private long large = 1 << 20;

    /// The head, as the database keeps it.
    private static final class Kept implements AuditHead.Keeper {

        private Optional<AuditHead> head = Optional.empty();

        @Override
        public Optional<AuditHead> newest() {
            return head;
        }

        @Override
        public void keep(AuditHead newest) {
            head = Optional.of(newest);
        }
    }

    private AuditTrail trail() {
        return new AuditTrail(dir, kept, keep, Clock.fixed(now, ZoneOffset.UTC), "parleyd", large);
    }

    private void write(String... names) throws IOException {
        for (var name : names) {
            trail().append(AuditEvent.of("login accepted").with("account", name));
        }
    }

    private Path file(int number) {
        return dir.resolve("audit").resolve("%06d.jsonl".formatted(number));
    }

    private List<String> lines(int number) throws IOException {
        return Files.readAllLines(file(number));
    }

    private void put(int number, List<String> lines) throws IOException {
        Files.writeString(file(number), String.join("\n", lines) + "\n");
    }

    private AuditCheck.Result check() throws IOException {
        return AuditCheck.of(dir, kept.head);
    }

    private String problem() throws IOException {
        var problems = check().problems();
        return problems.isEmpty()
                ? ""
                : problems.getFirst().file()
                        + ":"
                        + problems.getFirst().line()
                        + ": "
                        + problems.getFirst().what();
    }

    private void assertWhole() throws IOException {
        assertEquals("", problem());
    }

    @Nested
    class A_line {

        @Test
        void says_when_who_and_what_and_has_the_hash_of_the_one_before() throws IOException {
            write("ann", "bob");

            var pid = ProcessHandle.current().pid();
            var first =
                    ("{\"seq\":1,\"at\":\"2026-11-21T09:00:00.123Z\",\"program\":\"parleyd %d\","
                                    + "\"event\":\"login accepted\",\"account\":\"ann\",\"prev\":\"%s\"}")
                            .formatted(pid, "0".repeat(64));
            assertEquals(first, lines(1).getFirst());
            assertTrue(lines(1).getLast().endsWith("\"" + AuditLine.hash(first) + "\"}"));
            assertWhole();
        }

        @Test
        void stays_one_line_of_JSON_whatever_a_peer_chose() throws IOException {
            var evil =
                    "x\",\"event\":\"login accepted\"}\n{\"seq\":9\u001b[2J\u2028\u202e\\\ud800é😀";
            trail().append(AuditEvent.of("login refused").with("account", evil));

            assertEquals(1, lines(1).size());
            var line = lines(1).getFirst();
            assertTrue(line.contains("x\\\",\\\"event\\\""), line);
            assertTrue(line.contains("\\u000a{\\\"seq\\\":9\\u001b[2J\\u2028\\u202e\\\\"), line);
            assertEquals(evil, AuditLine.parse(line).orElseThrow().facts().get("account"));
            assertWhole();
        }

        @Test
        void is_bounded_however_long_a_fact_is() throws IOException {
            trail().append(
                            AuditEvent.of("login refused")
                                    .with("account", "\u0000".repeat(100_000)));
            write("ann");

            assertTrue(lines(1).getFirst().length() < 8_192);
            assertWhole();
        }
    }

    @Nested
    class Its_files {

        @Test
        void are_private_from_the_moment_they_are_made() throws IOException {
            write("ann");

            for (var each : List.of(file(1), dir.resolve("audit/lock"))) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
            }
            assertEquals(
                    "rwx------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(dir.resolve("audit"))));
        }

        @Test
        void follow_one_another_and_the_chain_goes_on() throws IOException {
            large = 300;
            write("ann", "bob", "cleo");

            assertEquals(2, lines(1).size());
            assertEquals(1, lines(2).size());
            assertWhole();
            assertEquals(3, check().seq());
        }

        @Test
        void begin_anew_each_month() throws IOException {
            now = Instant.parse("2026-10-31T23:59:59Z");
            write("ann");
            now = NOW;
            write("bob");

            assertEquals(1, lines(2).size());
            assertWhole();
        }

        @Test
        void go_when_their_time_is_over_and_a_line_says_so() throws IOException {
            large = 300;
            keep = Optional.of(Duration.ofDays(30));
            now = NOW.minus(Duration.ofDays(31));
            write("ann", "bob", "cleo", "dora");
            now = NOW;
            write("ed");

            assertFalse(Files.exists(file(1)));
            assertFalse(Files.exists(file(2)));
            assertTrue(lines(3).getFirst().contains("audit file removed"), lines(3).toString());
            assertWhole();
            assertEquals(5, check().firstSeq());
        }

        /// Anybody who can write to a file can make it look old.
        @Test
        void do_not_go_because_they_look_old() throws IOException {
            large = 300;
            keep = Optional.of(Duration.ofDays(30));
            write("ann", "bob");
            Files.setLastModifiedTime(file(1), FileTime.from(NOW.minus(Duration.ofDays(3_100))));
            write("cleo");

            assertTrue(Files.exists(file(1)));
            assertWhole();
        }

        @Test
        void cannot_go_without_such_a_line() throws IOException {
            large = 300;
            write("ann", "bob", "cleo");
            Files.delete(file(1));

            assertEquals(
                    "000002.jsonl:1: lines before number 3 are missing, and no line says that their"
                            + " file was removed",
                    problem());
        }
    }

    @Nested
    class Somebody_who_looks {

        @Test
        void finds_a_line_that_was_changed() throws IOException {
            write("ann", "bob", "cleo");
            var lines = new ArrayList<>(lines(1));
            lines.set(1, lines.get(1).replace("bob", "eve"));
            put(1, lines);

            assertEquals(
                    "000001.jsonl:3: the line before it was changed, or one between was taken out",
                    problem());
        }

        @Test
        void finds_a_last_line_that_was_changed() throws IOException {
            write("ann", "bob");
            var lines = new ArrayList<>(lines(1));
            lines.set(1, lines.get(1).replace("bob", "eve"));
            put(1, lines);

            assertEquals(
                    "000001.jsonl:2: the database knows another line of this number", problem());
        }

        @Test
        void finds_a_line_that_was_taken_out_or_put_in() throws IOException {
            write("ann", "bob", "cleo");
            var whole = lines(1);
            put(1, List.of(whole.get(0), whole.get(2)));
            assertTrue(problem().startsWith("000001.jsonl:2: the line before it was"), problem());
            put(1, List.of(whole.get(0), whole.get(0), whole.get(1), whole.get(2)));
            assertTrue(problem().startsWith("000001.jsonl:2: the line before it was"), problem());
            put(1, List.of(whole.get(0), "{}", whole.get(1), whole.get(2)));
            assertEquals("000001.jsonl:2: this is no line of the audit log", problem());
        }

        @Test
        void finds_that_the_end_was_cut_off() throws IOException {
            write("ann", "bob", "cleo");
            put(1, lines(1).subList(0, 1));
            assertEquals(
                    ":0: the end was cut off: the last line is number 1, the database knows 3",
                    problem());

            Files.delete(file(1));
            assertEquals(
                    ":0: the end was cut off: the last line is number 0, the database knows 3",
                    problem());
        }

        /// Whoever cuts the end off and goes on in the daemon's name has not hidden it.
        @Test
        void finds_that_the_end_was_cut_off_also_when_more_was_written_since() throws IOException {
            write("ann", "bob", "cleo");
            put(1, lines(1).subList(0, 1));
            write("dora", "ed");

            assertEquals(
                    "000001.jsonl:2: when it was written, lines before it were missing: 1 was the"
                            + " last, not 3",
                    problem());
            assertEquals(1, check().problems().size());
            assertEquals(6, check().seq());
        }

        /// The whole chain made anew, with good hashes.
        @Test
        void finds_a_forged_chain() throws IOException {
            write("ann", "bob");
            var known = kept.head;
            Files.delete(file(1));
            kept.head = Optional.empty();
            write("ann", "eve");
            kept.head = known;

            assertEquals(
                    "000001.jsonl:2: the database knows another line of this number", problem());
        }

        /// Whoever writes next must not take the forged end for one that `kill -9` left.
        @Test
        void finds_a_forged_chain_that_is_longer_also_when_more_was_written_since()
                throws IOException {
            write("ann", "eve", "bob");
            put(1, lines(1).subList(0, 1));
            var forger =
                    new AuditTrail(
                            dir,
                            AuditHead.Keeper.NOWHERE,
                            keep,
                            Clock.fixed(now, ZoneOffset.UTC),
                            "parleyd",
                            large);
            for (var name : List.of("bob", "cleo", "dan")) {
                forger.append(AuditEvent.of("login accepted").with("account", name));
            }

            write("zoe");

            assertTrue(problem().contains("lines before it were missing"), problem());
        }

        @Test
        void is_not_disturbed_by_a_file_of_something_else() throws IOException {
            write("ann");
            Files.write(file(2), new byte[300_000]);
            assertFalse(check().problems().isEmpty() && !check().halfAtEnd());
            Files.writeString(file(2), "\n".repeat(5_000));
            assertEquals("000002.jsonl:1: this is no line of the audit log", problem());
            assertTrue(check().problems().size() <= 101);
            Files.writeString(file(2), "{\"seq\":2,\"a\":\"" + "\\\\".repeat(200_000) + "\"}\n");
            assertEquals("000002.jsonl:1: this is no line of the audit log", problem());
        }

        @Test
        void finds_an_empty_log_whole() throws IOException {
            assertWhole();
            assertEquals(0, check().lines());
        }
    }

    @Nested
    class After_a_kill {

        private void half() throws IOException {
            Files.writeString(file(1), "{\"seq\":3,\"at", StandardOpenOption.APPEND);
        }

        @Test
        void half_a_line_is_removed_and_a_line_says_so() throws IOException {
            write("ann", "bob");
            half();
            assertTrue(check().halfAtEnd());
            assertWhole();

            write("cleo");

            assertTrue(lines(1).get(2).contains("\"half a line removed\",\"bytes\":\"12\""));
            assertTrue(lines(1).get(3).contains("cleo"));
            assertFalse(check().halfAtEnd());
            assertWhole();
        }

        /// Killed between the file and the database.
        @Test
        void lines_that_the_database_does_not_know_are_whole() throws IOException {
            write("ann");
            var before = kept.head;
            write("bob");
            kept.head = before;
            assertWhole();
            write("cleo");
            assertWhole();
            assertEquals(3, check().seq());
        }

        /// Killed after the line was written and before the file was removed.
        @Test
        void a_file_that_should_be_gone_goes_the_next_time() throws IOException {
            large = 300;
            now = NOW.minus(Duration.ofDays(31));
            write("ann", "bob");
            now = NOW;
            var old = Files.readString(file(1));
            keep = Optional.of(Duration.ofDays(30));
            write("cleo");
            Files.writeString(file(1), old);

            assertWhole();
        }
    }

    @Test
    void a_restored_database_takes_over_what_is_here() throws IOException {
        write("ann", "bob");
        kept.head = Optional.of(new AuditHead(77, "00"));
        trail().adopt();
        write("cleo");

        assertWhole();
        assertEquals(3, check().seq());
    }

    @Test
    void several_programs_write_one_chain() throws Exception {
        var failures = Collections.synchronizedList(new ArrayList<IOException>());
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 4; i++) {
            var name = "n" + i;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    for (var n = 0; n < 25; n++) {
                                        write(name);
                                    }
                                } catch (IOException e) {
                                    failures.add(e);
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
        assertWhole();
        assertEquals(100, check().lines());
    }

    @Test
    void whoever_reads_it_gets_the_newest_lines_and_then_those_that_come() throws IOException {
        large = 300;
        write("ann", "bob", "cleo");
        var reader = new AuditReader(dir, false);
        assertEquals(
                List.of(
                        "2026-11-21T09:00:00.123Z  login accepted account=bob",
                        "2026-11-21T09:00:00.123Z  login accepted account=cleo"),
                reader.last(2));
        assertEquals(List.of(), reader.more());
        write("dora", "ed");
        assertEquals(1, reader.more().size());
        assertEquals(List.of("2026-11-21T09:00:00.123Z  login accepted account=ed"), reader.more());
        assertEquals(List.of(), reader.more());
    }

    @Test
    void whoever_reads_it_on_a_terminal_is_safe_from_who_changed_it() throws IOException {
        write("ann");
        Files.writeString(file(1), "\u001b[2J boo\n", StandardOpenOption.APPEND);
        assertEquals(
                "no line of the audit log: \"\\x{1b}[2J boo\"",
                new AuditReader(dir, false).last(1).getFirst());
        assertEquals(
                "{\"unreadable\":\"\\u001b[2J boo\"}",
                new AuditReader(dir, true).last(1).getFirst());
    }
}
