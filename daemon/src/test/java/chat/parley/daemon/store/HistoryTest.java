package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.History.Part;
import chat.parley.daemon.store.History.Place;
import chat.parley.daemon.store.History.Shown;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    private static final Stream TEA = new Stream.OfChannel("#tea");

    @TempDir Path dir;
    private SqliteLog log;
    private final List<Kept> said = new ArrayList<>();

    @BeforeEach
    void ten_messages_and_a_join_after_each() throws Exception {
        log = SqliteLog.open(Database.prepare(dir), Durability.PROCESS);
        for (var i = 0; i < 10; i++) {
            said.addAll(log.append(List.of(entry(TEA, "PRIVMSG", "ann", i))));
            log.append(List.of(entry(TEA, "JOIN", "bob", i)));
        }
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static Entry entry(Stream stream, String command, String account, int second) {
        var at = Instant.ofEpochSecond(1_000 + second);
        return new Entry(stream, at, account, account + "!u@h", command, "#tea", "m" + second, "");
    }

    private Place message(int number) {
        return new Place.Message(said.get(number).id());
    }

    private static Place moment(int second) {
        return new Place.Moment(Instant.ofEpochSecond(1_000 + second));
    }

    private void assertRead(int from, int until, Part part, int limit) throws Exception {
        assertEquals(
                said.subList(from, until),
                log.history().read(TEA, Instant.EPOCH, part, Shown.MESSAGES, limit));
    }

    @Nested
    class A_part_of_a_stream {

        @Test
        void leaves_out_its_bounds_given_as_messages() throws Exception {
            assertRead(5, 10, new Part.LatestAfter(message(4)), 20);
            assertRead(4, 6, new Part.Before(message(6)), 2);
            assertRead(4, 7, new Part.After(message(3)), 3);
            assertRead(1, 9, new Part.Between(message(0), message(9)), 20);
        }

        @Test
        void leaves_out_its_bounds_given_as_moments() throws Exception {
            assertRead(5, 10, new Part.LatestAfter(moment(4)), 20);
            assertRead(4, 6, new Part.Before(moment(6)), 2);
            assertRead(4, 7, new Part.After(moment(3)), 3);
            assertRead(1, 9, new Part.Between(moment(0), moment(9)), 20);
        }

        @Test
        void between_two_places_begins_at_the_first_that_was_named() throws Exception {
            assertRead(1, 4, new Part.Between(message(0), moment(9)), 3);
            assertRead(6, 9, new Part.Between(message(9), moment(0)), 3);
            assertRead(0, 0, new Part.Between(message(4), message(4)), 3);
        }

        @Test
        void around_a_place_has_the_place_in_its_middle() throws Exception {
            assertRead(7, 8, new Part.Around(message(7)), 1);
            assertRead(6, 9, new Part.Around(message(7)), 3);
            assertRead(6, 9, new Part.Around(moment(7)), 3);
            assertRead(7, 10, new Part.Around(message(9)), 3);
            assertRead(0, 3, new Part.Around(message(0)), 3);
        }

        @Test
        void of_an_unknown_message_is_empty() throws Exception {
            assertRead(0, 0, new Part.After(new Place.Message("zz-1")), 3);
            assertRead(0, 0, new Part.Before(new Place.Message("not-an-id")), 3);
        }

        @Test
        void shows_what_happened_if_asked_for() throws Exception {
            assertEquals(
                    20,
                    log.history()
                            .read(TEA, Instant.EPOCH, new Part.Latest(), Shown.EVENTS, 50)
                            .size());
        }
    }

    @Nested
    class Long_messages {

        private static final int EACH = 10_000;

        private List<Kept> read(Part part) throws Exception {
            return log.history().read(TEA, Instant.EPOCH, part, Shown.MESSAGES, 100);
        }

        @BeforeEach
        void a_hundred_of_several_lines() throws Exception {
            var text = ("x".repeat(EACH / 10 - 1) + "\n").repeat(9) + "x".repeat(EACH / 10);
            var at = Instant.ofEpochSecond(2_000);
            var one = new Entry(TEA, at, "ann", "ann!u@h", "PRIVMSG", "#tea", text, "");
            log.append(Collections.nCopies(100, one));
        }

        /// Or who asks would be ended by the answer (limits.send-queue).
        @Test
        void are_fewer_at_once_and_those_that_are_nearest() throws Exception {
            var fit = 256 * 1024 / (EACH + 10 * 160);
            assertTrue(read(new Part.Latest()).size() <= fit);
            assertTrue(read(new Part.Latest()).size() > fit / 2);
            assertTrue(read(new Part.Around(moment(1_500))).size() <= fit);
            assertTrue(read(new Part.After(moment(1_500))).size() <= fit);
            var latest = read(new Part.Latest());
            assertEquals(log.newest(TEA).orElseThrow(), latest.getLast().sequence());
            var oldest = read(new Part.After(moment(-1)));
            assertEquals(said.getFirst(), oldest.getFirst());
        }

        @Test
        void come_alone_where_they_are_longer_than_any_answer() throws Exception {
            var at = Instant.ofEpochSecond(3_000);
            var text = "x".repeat(1 << 20);
            var kept =
                    log.append(
                            List.of(
                                    new Entry(
                                            TEA, at, "ann", "ann!u@h", "PRIVMSG", "#tea", text,
                                            "")));
            assertEquals(idsOf(kept), idsOf(read(new Part.Latest())));
        }

        private static List<String> idsOf(List<Kept> all) {
            return all.stream().map(Kept::id).toList();
        }
    }

    @Nested
    class Conversations {

        @Test
        void are_those_of_the_account_by_the_time_of_their_newest_message() throws Exception {
            var withBob = Stream.OfPair.of("bob", "ann");
            var ofOthers = Stream.OfPair.of("bob", "cat");
            log.append(
                    List.of(
                            entry(withBob, "PRIVMSG", "ann", 5),
                            entry(ofOthers, "PRIVMSG", "bob", 6)));

            assertEquals(List.of(withBob, TEA), conversations(0, 100, 10));
            assertEquals(List.of(withBob), conversations(0, 100, 1));
            assertEquals(List.of(TEA), conversations(100, 0, 1));
            assertEquals(List.of(), conversations(5, 9, 10));
        }

        private List<Stream> conversations(int from, int to, int limit) throws Exception {
            return log
                    .history()
                    .conversations(
                            "ann",
                            Instant.EPOCH,
                            List.of("#tea"),
                            Instant.ofEpochSecond(1_000 + from),
                            Instant.ofEpochSecond(1_000 + to),
                            limit)
                    .stream()
                    .map(History.Conversation::stream)
                    .toList();
        }
    }
}
