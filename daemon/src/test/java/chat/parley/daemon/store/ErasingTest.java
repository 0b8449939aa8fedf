package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.History.Part;
import chat.parley.daemon.store.History.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ErasingTest {

    private static final Stream TEA = new Stream.OfChannel("#tea");
    private static final Stream MILK = new Stream.OfChannel("#milk");

    @TempDir Path dir;
    private SqliteLog log;

    @BeforeEach
    void open() throws Exception {
        log = SqliteLog.open(Database.prepare(dir), Durability.PROCESS);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static Entry entry(Stream stream, String command, String text, String tags) {
        return new Entry(stream, Instant.EPOCH, "ann", "ann!u@h", command, "#tea", text, tags);
    }

    private Kept say(Stream stream, String text, String tags) throws Exception {
        return log.append(List.of(entry(stream, "PRIVMSG", text, tags))).getFirst();
    }

    private Kept redact(Stream stream, String msgid) throws Exception {
        return log.append(List.of(entry(stream, "REDACT", msgid + " oops", ""))).getFirst();
    }

    @Nested
    class What_was_taken_back {

        @Test
        void is_shown_to_nobody_and_its_place_stays() throws Exception {
            var first = say(TEA, "one", "");
            var second = say(TEA, "two", "+x=y");
            var third = say(TEA, "three", "");

            var redaction = redact(TEA, second.id());

            var history = log.history();
            assertEquals(
                    List.of(first, third),
                    history.read(TEA, Instant.EPOCH, new Part.Latest(), Shown.MESSAGES, 10));
            assertEquals(
                    List.of(first, third),
                    history.read(TEA, Instant.EPOCH, new Part.Latest(), Shown.EVENTS, 10));
            assertEquals(
                    List.of(first, third, redaction),
                    history.read(
                            TEA,
                            Instant.EPOCH,
                            new Part.Latest(),
                            Shown.EVENTS_AND_REDACTIONS,
                            10));
            assertEquals(Optional.empty(), log.find(TEA, second.id()));
            assertEquals(4, redaction.sequence());
        }

        @Test
        void is_in_its_own_stream() throws Exception {
            var elsewhere = say(MILK, "two", "");

            redact(TEA, elsewhere.id());

            assertEquals(Optional.of(elsewhere), log.find(MILK, elsewhere.id()));
        }

        /// The log ahead keeps old pages, and an index its words: none of them may be left. (Pages
        /// that are split may keep copies, which this one seed has none of: ADR 0021.)
        @Test
        void has_no_byte_left_in_the_files_a_moment_later() throws Exception {
            var random = new Random(7);
            var kept = new ArrayList<Kept>();
            for (var round = 0; round < 40; round++) {
                var batch = new ArrayList<Entry>();
                for (var i = 0; i < 50; i++) {
                    var text = "please look at " + word(random) + " some time " + word(random);
                    var in = random.nextBoolean() ? TEA : MILK;
                    batch.add(entry(in, "PRIVMSG", text, "+reply=" + word(random)));
                }
                kept.addAll(log.append(batch));
            }
            var gone = new ArrayList<Kept>();
            for (var i = 0; i < 200; i++) {
                gone.add(kept.remove(random.nextInt(kept.size())));
                redact(gone.getLast().entry().stream(), gone.getLast().id());
            }

            awaitEmptyLogAhead();
            var bytes = DatabaseFiles.everyByte(dir);

            for (var one : gone) {
                for (var secret : secrets(one)) {
                    assertTrue(!bytes.contains(secret), () -> "still there: " + secret);
                }
            }
            for (var one : kept) {
                assertTrue(bytes.contains(one.entry().text()), "what was not taken back is there");
            }
        }

        private List<String> secrets(Kept kept) {
            var words = kept.entry().text().split(" ", -1);
            // An index may leave out the letters that a word shares with the one before it.
            return List.of(
                    words[3].substring(6),
                    words[6].substring(6),
                    kept.entry().clientTags().substring("+reply=".length()));
        }

        private static String word(Random random) {
            var word = new StringBuilder();
            for (var i = 0; i < 20; i++) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            return word.toString();
        }

        private void awaitEmptyLogAhead() throws IOException {
            var ahead = dir.resolve("parley.db-wal");
            var until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (Files.size(ahead) > 0) {
                assertTrue(System.nanoTime() < until, "the log ahead was not emptied");
                LockSupport.parkNanos(5_000_000);
            }
        }
    }
}
