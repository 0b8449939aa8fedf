package chat.parley.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private final FairQueue<String, String> queue = new FairQueue<>(4);

    @Nested
    class Lines {

        @Test
        void take_turns() throws Exception {
            add("flood", "f1", "f2", "f3");
            add("ann", "a1");

            assertEquals(List.of("f1", "a1", "f2", "f3"), takeAll(4));
        }

        @Test
        void keep_their_order() throws Exception {
            add("ann", "a1", "a2", "a3", "a4");

            assertEquals(List.of("a1", "a2", "a3", "a4"), takeAll(4));
        }
    }

    @Nested
    class A_full_queue {

        @Test
        void sends_the_newest_of_the_longest_line_away() throws Exception {
            add("flood", "f1", "f2", "f3", "f4");

            assertEquals(Optional.of("f4"), queue.add("ann", "a1", false));
            assertEquals(Optional.of("f3"), queue.add("bob", "b1", false));
            assertEquals(List.of("f1", "a1", "b1", "f2"), takeAll(4));
        }

        @Test
        void sends_the_newcomer_away_when_nobody_has_more() {
            for (var name : List.of("a", "b", "c", "d")) {
                add(name, name);
            }

            assertEquals(Optional.of("e"), queue.add("e", "e", false));
            assertEquals(Optional.of("a2"), queue.add("a", "a2", false));
        }
    }

    @Nested
    class Those_who_are_known {

        @Test
        void come_first_every_other_time() throws Exception {
            add("storm", "s1", "s2");
            assertEquals(Optional.empty(), queue.add("ann", "a1", true));
            assertEquals(Optional.empty(), queue.add("ann", "a2", true));

            assertEquals(List.of("a1", "s1", "a2", "s2"), takeAll(4));
        }

        @Test
        void always_find_room_while_there_are_strangers() throws Exception {
            for (var name : List.of("s1", "s2", "s3", "s4")) {
                add(name, name);
            }

            assertEquals(Optional.of("s4"), queue.add("ann", "a1", true));
            assertEquals(Optional.of("s5"), queue.add("s5", "s5", false));
            assertEquals(List.of("a1", "s1", "s2", "s3"), takeAll(4));
        }

        @Test
        void are_sent_away_when_there_are_too_many_of_them() {
            for (var name : List.of("a", "b", "c", "d")) {
                assertEquals(Optional.empty(), queue.add(name, name, true));
            }

            assertEquals(Optional.of("e"), queue.add("e", "e", true));
            assertEquals(Optional.of("stranger"), queue.add("s", "stranger", false));
        }
    }

    @Nested
    class A_closed_queue {

        @Test
        void gives_out_what_is_left_and_takes_nothing() throws Exception {
            add("ann", "a1", "a2");

            assertEquals(List.of("a1", "a2"), List.copyOf(queue.close()));
            assertEquals(Optional.of("a3"), queue.add("ann", "a3", false));
            assertEquals(Optional.empty(), queue.take());
        }
    }

    private void add(String key, String... items) {
        for (var item : items) {
            assertEquals(Optional.empty(), queue.add(key, item, false));
        }
    }

    private List<String> takeAll(int count) throws InterruptedException {
        var taken = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            taken.add(queue.take().orElseThrow());
        }
        return taken;
    }
}
