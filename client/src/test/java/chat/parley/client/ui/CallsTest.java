package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.client.model.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LATER = NOON.plus(Calls.APART);

    private final Calls calls = new Calls();

    private static Effect.Tell in(String place, String text) {
        return new Effect.Tell(place, "bob", text, false);
    }

    private static Optional<Calls.Call> now(Effect.Tell tell) {
        return Optional.of(new Calls.Call(tell, 0));
    }

    @Test
    void the_first_of_a_place_rings_and_those_after_it_ring_once_later() {
        assertEquals(now(in("#tea", "0")), calls.next(in("#tea", "0"), NOON));
        for (var i = 1; i <= 100; i++) {
            assertEquals(Optional.empty(), calls.next(in("#TEA", "" + i), NOON.plusMillis(i)));
        }

        assertEquals(List.of(), calls.due(LATER.minusMillis(1)));
        assertEquals(List.of(new Calls.Call(in("#TEA", "100"), 99)), calls.due(LATER));
        assertEquals(List.of(), calls.due(LATER));
        assertEquals(Optional.empty(), calls.next(in("#tea", "again"), LATER.plusMillis(1)));
    }

    @Test
    void each_place_has_its_own_time_and_is_free_again_when_nothing_came() {
        assertEquals(now(in("#tea", "0")), calls.next(in("#tea", "0"), NOON));
        assertEquals(now(in("#milk", "0")), calls.next(in("#milk", "0"), NOON));

        assertEquals(List.of(), calls.due(LATER));
        assertEquals(now(in("#tea", "1")), calls.next(in("#tea", "1"), LATER));
    }

    @Test
    void many_places_at_once_ring_no_more_than_some() {
        var rang = 0;
        for (var i = 0; i < 1000; i++) {
            rang += calls.next(in("nick" + i, "0"), NOON).isPresent() ? 1 : 0;
        }

        assertEquals(Calls.MOST, rang);
    }

    @Test
    void a_clock_that_was_put_back_keeps_nobody_quiet() {
        calls.next(in("#tea", "0"), LATER);
        calls.next(in("#tea", "1"), LATER);

        assertEquals(List.of(new Calls.Call(in("#tea", "1"), 0)), calls.due(NOON));
    }

    @Test
    void how_many_more_there_were_is_said() {
        var notices = new Notices(Notices.Kind.OSC_9, false, true);

        assertEquals(
                "\u0007\u001b]9;bob in #tea, and 3 more\u001b\\",
                notices.sequence(new Calls.Call(in("#tea", "secret"), 3)));
    }
}
