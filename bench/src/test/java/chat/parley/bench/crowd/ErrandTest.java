package chat.parley.bench.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.bench.crowd.Errand.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ErrandTest {

    private final List<String> said = new ArrayList<>();

    @Nested
    class To_log_in {

        private final Errand errand =
                new Errand.LoggingIn(
                        new Admission(LoginWay.SASL, "bench1", "secret", "", said::add));

        @Test
        void is_done_with_the_welcome_and_asks_for_nothing_more() {
            errand.connected();

            assertEquals(State.GOING_ON, errand.line("@time=x :irc.example 903 bench1 :done"));
            assertEquals(State.DONE, errand.line(":irc.example 001 bench1 :Welcome"));
            assertEquals("CAP END", said.getLast());
        }

        @Test
        void is_refused_with_the_password() {
            assertEquals(State.REFUSED, errand.line(":irc.example 904 * :SASL failed"));
        }
    }

    @Nested
    class To_ask {

        private final Errand errand = new Errand.Asking(() -> said.add("CAP LS 302"), "CAP * LS");

        @Test
        void is_done_with_the_answer_whatever_is_said_before() {
            errand.connected();

            assertEquals(List.of("CAP LS 302"), said);
            assertEquals(State.GOING_ON, errand.line(":irc.example NOTICE * :Hello"));
            assertEquals(State.DONE, errand.line(":irc.example CAP * LS :sasl"));
        }

        @Test
        void is_refused_if_that_was_wrong() {
            assertEquals(State.REFUSED, errand.line("WRONG"));
            assertEquals(State.REFUSED, errand.line("ERROR :Too many connections"));
        }
    }
}
