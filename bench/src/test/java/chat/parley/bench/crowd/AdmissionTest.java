package chat.parley.bench.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final List<String> said = new ArrayList<>();

    private Admission admission(LoginWay way, String channel) {
        return new Admission(way, "bench1", "secret", channel, said::add);
    }

    @Nested
    class A_session_without_login {

        @Test
        void joins_once_it_is_welcome_and_is_in_with_the_PONG() {
            var admission = admission(LoginWay.NONE, "#tea");
            admission.connected();
            admission.line(":irc.example NOTICE * :*** Looking up your hostname");
            admission.line(":irc.example 001 bench1 :Welcome");
            admission.line(":bench1!a@b JOIN #tea");
            assertEquals(Admission.State.COMING, admission.state());
            admission.line(":irc.example PONG irc.example :come-in");

            assertEquals(Admission.State.IN, admission.state());
            assertEquals(
                    List.of("NICK bench1", "USER bench1 0 * :bench1", "JOIN #tea", "PING come-in"),
                    said);
        }

        @Test
        void is_refused_when_its_nick_is_taken() {
            var admission = admission(LoginWay.NONE, "");
            admission.line(":irc.example 433 * bench1 :Nickname is already in use");

            assertEquals(Admission.State.REFUSED, admission.state());
        }

        @Test
        void is_refused_when_it_is_told_ERROR() {
            var admission = admission(LoginWay.NONE, "");
            admission.line("ERROR :Too many connections");

            assertEquals("ERROR :Too many connections", admission.why());
        }
    }

    @Nested
    class A_session_with_SASL {

        @Test
        void says_its_password_when_asked() {
            var admission = admission(LoginWay.SASL, "");
            admission.connected();
            admission.line(":irc.example CAP * ACK :sasl");
            admission.line("AUTHENTICATE +");
            admission.line("@time=x :irc.example 903 bench1 :done");
            admission.line(":irc.example 001 bench1 :Welcome");

            assertEquals(
                    List.of(
                            "CAP REQ :sasl",
                            "NICK bench1",
                            "USER bench1 0 * :bench1",
                            "AUTHENTICATE PLAIN",
                            "AUTHENTICATE YmVuY2gxAGJlbmNoMQBzZWNyZXQ=",
                            "CAP END",
                            "PING come-in"),
                    said);
        }

        @Test
        void is_refused_when_it_is_wrong() {
            var admission = admission(LoginWay.SASL, "");
            admission.line(":irc.example 904 * :SASL authentication failed");

            assertEquals(Admission.State.REFUSED, admission.state());
        }
    }

    @Nested
    class A_session_with_PASS {

        @Test
        void begins_with_it() {
            admission(LoginWay.PASS, "").connected();

            assertEquals("PASS bench1:secret", said.getFirst());
        }
    }
}
