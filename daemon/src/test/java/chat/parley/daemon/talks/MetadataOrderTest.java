package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However many say at the same time what is set, the last thing that anybody hears is so.
class MetadataOrderTest {

    private static final String[] AWARE = {"draft/metadata-3", "batch"};
    private static final int TIMES = 200;

    @Test
    void what_is_heard_last_is_what_is_set(@TempDir Path dir) {
        try (var daemon =
                new TestDaemon(
                        dir,
                        "parley.limits.rate.burst = 1000000",
                        "parley.history.durability = process")) {
            daemon.account("ann").account("bob").account("eve");
            try (var phone = daemon.login("ann", AWARE);
                    var desk = daemon.login("ann", AWARE);
                    var bob = daemon.login("bob", AWARE);
                    var eve = daemon.login("eve", AWARE)) {
                for (var each : List.of(phone, bob, eve)) {
                    each.send("JOIN #tea,#coffee,#milk");
                    each.send("METADATA * SUB status");
                    each.settle();
                }
                desk.send("METADATA * SUB status");
                eve.send("MONITOR + ann");
                eve.send("PART #tea,#coffee");
                bob.send("PART #lobby");
                for (var each : List.of(phone, desk, bob, eve)) {
                    each.settle();
                }
                for (var i = 0; i < TIMES; i++) {
                    phone.send("METADATA * SET status :phone " + i);
                    desk.send(
                            i % 10 == 9
                                    ? "METADATA * SET status"
                                    : "METADATA * SET status :desk " + i);
                    bob.send("METADATA ann SYNC");
                    eve.send("METADATA *ALL SYNC");
                }
                for (var each : List.of(phone, desk)) {
                    each.settle();
                }
                for (var each : List.of(bob, eve, phone, desk)) {
                    each.settle();
                    var heard = lastHeard(each);
                    each.send("METADATA ann LIST");
                    each.settle();
                    assertEquals(lastHeard(each), heard);
                }
            }
        }
    }

    private static String lastHeard(Wire wire) {
        return wire.seen().stream()
                .filter(line -> line.contains(" ann status "))
                .map(line -> line.substring(line.indexOf(" ann status ")))
                .reduce("", (_, last) -> last);
    }
}
