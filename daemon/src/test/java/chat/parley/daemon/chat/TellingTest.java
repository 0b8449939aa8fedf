package chat.parley.daemon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.daemon.store.Metadata.Held;
import chat.parley.protocol.Capabilities;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is told of metadata that changes just while it is told.
class TellingTest {

    private final MetadataLines lines = new MetadataLines(new Server("h", "Example"));
    private final Keys keys = new Keys();
    private final Described ann = new Described("ann", keys);
    private final Listener bob = new Listener();

    private void changes(long version, String status) {
        keys.learn(new Held(version, new TreeMap<>(Map.of("status", status, "other", "x"))));
    }

    /// While the first line is queued to it, somebody changes what the line says.
    private final class Listener implements Recipient {

        @Override
        public InetAddress address() {
            return InetAddress.getLoopbackAddress();
        }

        final List<String> heard = new ArrayList<>();
        boolean changesMeanwhile;
        boolean isOver;

        @Override
        public boolean deliver(byte[] line) {
            heard.add(new String(line, StandardCharsets.UTF_8).strip());
            if (changesMeanwhile) {
                changesMeanwhile = false;
                changes(2, "new");
            }
            return !isOver;
        }

        @Override
        public Set<String> subscriptions() {
            return Set.of("status");
        }

        @Override
        public Capabilities capabilities() {
            return Capabilities.NONE;
        }

        @Override
        public String device() {
            return "";
        }

        @Override
        public Optional<Instant> sureUntil() {
            return Optional.empty();
        }
    }

    @Test
    void the_newest_change_stays_in_whatever_order_it_is_learned() {
        changes(2, "new");
        changes(1, "old");

        assertEquals("new", keys.now().values().get("status"));
    }

    @Test
    void what_changes_while_it_is_told_is_told_again() {
        changes(1, "old");
        bob.changesMeanwhile = true;

        new Telling(lines, ann, List.of("status", "other")).to(bob, "bob");

        assertEquals(
                List.of(":h 761 bob ann status * :old", ":h 761 bob ann status * :new"), bob.heard);
    }

    @Test
    void what_changed_between_the_look_and_the_queue_is_told_after_it_and_nothing_else() {
        changes(1, "old");
        var snapshot = new Snapshot(lines, 1000);
        snapshot.add(ann, bob, "bob");
        changes(2, "new");
        snapshot.catchUp(bob, "bob");
        snapshot.catchUp(bob, "bob");

        assertEquals(1, snapshot.messages().size());
        assertEquals(":h 761 bob ann status * :new", bob.heard.getFirst());

        bob.heard.clear();
        var later = new Snapshot(lines, 1000);
        later.add(ann, bob, "bob");
        later.catchUp(bob, "bob");
        assertEquals(List.of(), bob.heard);
    }

    @Test
    void nothing_more_is_told_to_a_session_that_is_over() {
        changes(1, "old");
        bob.isOver = true;

        assertFalse(new Telling(lines, ann, List.of("status")).to(bob, "bob"));
        assertEquals(1, bob.heard.size());
    }
}
