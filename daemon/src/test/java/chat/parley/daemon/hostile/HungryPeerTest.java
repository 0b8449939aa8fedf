package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Peers that want to be told more metadata than may wait for them, and peers that say as much of
/// themselves as they can.
class HungryPeerTest {

    private static final String[] AWARE = {"draft/metadata-3", "batch"};
    private static final int KEYS = 30;

    /// 32 KiB is the smallest queue; two people with all their keys are more than half of it.
    private static TestDaemon daemon(Path dir) {
        return new TestDaemon(
                        dir, "parley.limits.send-queue = 32 KiB", "parley.channels.autojoin = []")
                .account("ann")
                .account("bob")
                .account("eve");
    }

    private static List<String> keys() {
        return IntStream.range(0, KEYS).mapToObj(i -> "key-" + i).toList();
    }

    private static Wire talkative(TestDaemon daemon, String account) {
        var wire = daemon.login(account, AWARE);
        for (var key : keys()) {
            wire.send("METADATA * SET " + key + " :" + "v".repeat(300));
            wire.expectNext(":* 761 " + account + " " + account + " " + key + " …");
        }
        wire.send("JOIN #tea");
        wire.expect(":* 366 …");
        wire.settle();
        return wire;
    }

    private static Wire curious(TestDaemon daemon) {
        var eve = daemon.login("eve", AWARE);
        for (var from = 0; from < KEYS; from += 10) {
            eve.send("METADATA * SUB " + String.join(" ", keys().subList(from, from + 10)));
            eve.expectNext(":* 770 eve " + "…");
            eve.expectNext(":* 774 eve *ALL 0 …");
        }
        return eve;
    }

    @Test
    void are_told_to_ask_later_and_stay(@TempDir Path dir) {
        try (var daemon = daemon(dir);
                var ann = talkative(daemon, "ann");
                var bob = talkative(daemon, "bob");
                var eve = curious(daemon)) {
            eve.send("JOIN #tea");
            eve.expect(":* 366 eve #tea …");
            eve.expectNext(":* 774 eve #tea 5 …");
            eve.send("METADATA #tea SYNC");
            eve.expectNext(":* 774 eve #tea 5 …");
            eve.send("METADATA *ALL SYNC");
            eve.expectNext(":* 774 eve *ALL 5 …");

            // One of them fits, and comes whole.
            eve.send("METADATA ann SYNC");
            assertEquals(KEYS, batch(eve).size());
            eve.send("MONITOR + ann");
            eve.expectNext(":* 730 eve …");
            assertEquals(KEYS, batch(eve).size());
            eve.expectNothing();
            ann.settle();
            bob.settle();
        }
    }

    /// Ten times what fits is asked for at once and nothing is read meanwhile; what does not fit is
    /// put off, and who asked is not ended for it.
    @Test
    void that_ask_again_and_again_are_put_off(@TempDir Path dir) {
        try (var daemon = daemon(dir);
                var ann = talkative(daemon, "ann");
                var eve = curious(daemon)) {
            for (var i = 0; i < 30; i++) {
                eve.send("METADATA ann SYNC");
            }
            eve.send("PING end");
            var batches = 0;
            var later = 0;
            for (var line = eve.expect("…"); !line.contains("PONG"); line = eve.expect("…")) {
                batches += line.contains(" BATCH +") ? 1 : 0;
                later += line.contains(" 774 ") ? 1 : 0;
            }
            assertEquals(30, batches + later);
            assertTrue(batches > 0);
            ann.settle();
        }
    }

    @Test
    void cannot_say_more_of_themselves_before_login_than_after(@TempDir Path dir) {
        try (var daemon = daemon(dir);
                var stranger = daemon.connect()) {
            stranger.expect(":* NOTICE …");
            for (var key : keys()) {
                stranger.send("METADATA * SET " + key + " :v");
                stranger.expectNext(":* 761 * * " + key + " …");
            }
            stranger.send("METADATA * SET more :v");
            stranger.expectNext(":* FAIL METADATA LIMIT_REACHED SET * 30 …");
            stranger.send("METADATA * SET key-1 :" + "v".repeat(301));
            stranger.expectNext(":* FAIL METADATA INVALID_VALUE key-1 …");
            for (var i = 0; i < 100; i++) {
                stranger.send("METADATA * SUB sub-" + i);
                stranger.expectNext(":* 770 * :sub-" + i);
            }
            stranger.send("METADATA * SUB more");
            stranger.expectNext(":* FAIL METADATA LIMIT_REACHED SUB more 100 …");
        }
    }

    private static List<String> batch(Wire wire) {
        wire.expectNext(":* BATCH +…");
        var lines = new ArrayList<String>();
        for (var line = wire.expect("…"); !line.contains(" BATCH -"); line = wire.expect("…")) {
            lines.add(line);
        }
        return lines;
    }
}
