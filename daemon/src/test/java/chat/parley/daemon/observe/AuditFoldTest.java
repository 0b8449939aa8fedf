package chat.parley.daemon.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.observe.AuditEvent.Cause;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The disk is not filled by who makes mistakes on purpose.
class AuditFoldTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final AuditFold fold = new AuditFold();

    private static AuditEvent refused(String network) {
        return AuditEvent.of("login refused").by(new Cause.Stranger(network));
    }

    private int written(int times, AuditEvent event, Instant at) {
        var count = 0;
        for (var i = 0; i < times; i++) {
            count += fold.isWritten(event, at) ? 1 : 0;
        }
        return count;
    }

    @Nested
    class A_stranger {

        @Test
        void who_goes_on_is_told_once_more_with_how_often() {
            assertEquals(10, written(1_000, refused("192.0.2.1"), NOW));
            assertEquals(List.of(), fold.sums(NOW.plusSeconds(59), false));

            var sum = fold.sums(NOW.plusSeconds(60), false).getFirst();
            assertEquals(
                    "{of=login refused, count=990, since=2026-11-21T09:00:00Z, sources=1,"
                            + " most=192.0.2.1, most-count=990}",
                    sum.facts().toString());
            assertEquals(List.of(), fold.sums(NOW.plusSeconds(120), false));
        }

        @Test
        void does_not_hide_another() {
            written(1_000, refused("192.0.2.1"), NOW);
            assertEquals(1, written(1, refused("192.0.2.2"), NOW));
        }

        @Test
        void has_a_new_minute_afterwards() {
            written(1_000, refused("192.0.2.1"), NOW);
            fold.sums(NOW.plusSeconds(60), false);
            assertEquals(10, written(1_000, refused("192.0.2.1"), NOW.plusSeconds(61)));
        }
    }

    /// A botnet at it for a day: what it makes us write is bounded, and each of its events counted.
    @Test
    void many_strangers_together_are_bounded() {
        var lines = 0;
        var sums = 0;
        for (var minute = 0; minute < 24 * 60; minute++) {
            var now = NOW.plus(Duration.ofMinutes(minute));
            sums += fold.sums(now, false).size();
            for (var i = 0; i < 200; i++) {
                lines += fold.isWritten(refused(minute + "-" + i), now) ? 1 : 0;
            }
        }
        assertTrue(lines <= 300 + 24 * 60 * 20, lines + " lines");
        assertEquals(24 * 60 - 2, sums); // the first minute had room for all, the last is not over
    }

    @Test
    void a_member_is_bounded_too_and_ten_thousand_of_them_are_not() {
        var ann = AuditEvent.of("login accepted").by(new Cause.Member("ann"));
        assertEquals(30, written(1_000, ann, NOW));
        var others = 0;
        for (var i = 0; i < 10_000; i++) {
            others +=
                    written(1, AuditEvent.of("login accepted").by(new Cause.Member("n" + i)), NOW);
        }
        assertEquals(10_000, others);
    }

    @Test
    void what_the_house_does_is_always_written() {
        assertEquals(1_000, written(1_000, AuditEvent.of("account changed"), NOW));
        assertEquals(List.of(), fold.sums(NOW.plusSeconds(60), true));
    }

    /// The log that writes down this fact of each event that is not folded.
    private AuditLog writing(String fact, List<String> written) {
        return new AuditLog(
                new Metrics(),
                (event, _) -> {
                    if (fold.isWritten(event, NOW)) {
                        written.add(event.facts().getOrDefault(fact, event.what()));
                    }
                });
    }

    /// Or a kill would be hidden behind thirty looks at who is here.
    @Test
    void what_an_operator_does_is_always_written_and_wanting_to_be_one_is_not() {
        var written = new ArrayList<String>();
        var audit = writing("what", written);
        for (var i = 0; i < 40; i++) {
            audit.operatorRefused("ann", InetAddress.getLoopbackAddress(), "ann");
            audit.operatorActed("ann", InetAddress.getLoopbackAddress(), "kill", "eve");
        }
        assertEquals(30, Collections.frequency(written, "oper refused"));
        assertEquals(40, Collections.frequency(written, "kill"));
    }

    /// Or a ban would be hidden behind thirty flags.
    @Test
    void what_a_member_changes_is_always_written() {
        var written = new ArrayList<String>();
        var audit = writing("change", written);
        var ann = new AuditLog.Actor("ann", InetAddress.getLoopbackAddress());
        for (var i = 0; i < 100; i++) {
            audit.channelRuled(ann, "#room", List.of("+t"));
            audit.channelGoverned(ann, "#room", List.of("+o eve"));
            audit.channelMember(ann, "kicked", "#room", "eve");
            audit.channelRenamed(ann, "#room", "#other");
            audit.messageRedacted(ann, "#room", "one", "eve");
            audit.ownAccountChanged("ann", ann.from(), "password");
        }
        audit.channelRuled(ann, "#room", List.of("+b eve!*@*"));
        assertEquals(601, written.size());
        assertEquals("+b eve!*@*", written.getLast());
        assertEquals(List.of(), fold.sums(NOW.plusSeconds(60), true));
    }

    @Test
    void an_end_says_all_that_was_counted() {
        written(12, refused("192.0.2.1"), NOW);
        assertEquals("2", fold.sums(NOW, true).getFirst().facts().get("count"));
    }
}
