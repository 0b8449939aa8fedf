package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.protocol.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A link that is dead and does not say so.
class AlarmTest {

    private static Story awake() {
        return Story.inLobby().passes(Duration.ofMillis(500)).hears("PONG d lag").forget();
    }

    @Nested
    class A_computer_that_slept {

        @Test
        void asks_at_once_and_dials_anew_without_an_answer() {
            var story = awake().passes(Duration.ofMinutes(20));
            assertEquals(List.of("PING lag"), story.sent());
            assertEquals(List.of(), story.told());

            story.passes(Duration.ofSeconds(3)).passes(Duration.ofSeconds(3));
            assertEquals(List.of(new Effect.Reconnect()), story.told());
        }

        @Test
        void goes_on_if_anything_is_heard() {
            var story =
                    awake().passes(Duration.ofMinutes(20))
                            .hears(":bob!b@h PRIVMSG #lobby :hi")
                            .passes(Duration.ofSeconds(3))
                            .passes(Duration.ofSeconds(3));

            assertEquals(List.of(), story.told());
        }

        @Test
        void is_like_one_whose_clock_was_put_back() {
            var story = awake().passes(Duration.ofHours(-1));
            assertEquals(List.of("PING lag"), story.sent());

            story.hears("PONG d lag").passes(Duration.ofSeconds(3)).passes(Duration.ofSeconds(3));
            assertEquals(List.of(), story.told());
        }

        @Test
        void does_not_wait_out_a_pause_between_two_attempts() {
            var story = awake().down().forget().passes(Duration.ofMinutes(20));

            assertEquals(List.of(new Effect.Reconnect()), story.told());
        }
    }

    @Nested
    class A_person_who_waits {

        @Test
        void dials_by_entering_something() {
            assertEquals(
                    List.of(new Effect.Reconnect()), awake().down().forget().says("hello?").told());
            assertEquals(List.of(new Effect.Reconnect()), awake().asks(new Act.Reconnect()).told());
        }
    }

    @Nested
    class Another_network {

        @Test
        void is_asked_through_at_once() {
            var story = awake().happens(new Event.Moved(Story.NOON.plusSeconds(1)));

            assertEquals(List.of("PING lag"), story.sent());
        }
    }

    @Nested
    class The_lag {

        @Test
        void is_what_the_last_answer_took_or_how_long_it_is_missing() {
            var story = Story.inLobby().passes(Duration.ofMillis(500));
            var asked = Story.NOON.plusMillis(500);
            assertEquals(
                    Optional.of(Duration.ofSeconds(2)),
                    story.model().pulse().lagAt(asked.plusSeconds(2)));

            story.happens(new Event.Received(Message.of("PONG", "d", "lag"), asked.plusMillis(40)));
            assertEquals(
                    Optional.of(Duration.ofMillis(40)),
                    story.model().pulse().lagAt(asked.plusSeconds(9)));
        }
    }
}
