package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OtherProgramTest {

    @Test
    void that_ends_and_leaves_a_child_with_the_pipe_is_not_waited_for() throws Exception {
        var leaving = OtherProgram.shell("sleep 30 &", Duration.ofSeconds(3));

        // Whether the JDK still finds the pipe open when the program has ended is a race.
        assertTimeout(
                Duration.ofSeconds(20),
                () ->
                        assertTrue(
                                leaving.run(new byte[0])
                                        .flatMap(OtherProgram.Result::line)
                                        .isEmpty()));
    }

    @Test
    void that_hangs_is_ended_with_what_it_started() throws Exception {
        var hanging = OtherProgram.shell("sleep 600 & sleep 600", Duration.ofMillis(300));

        assertTrue(hanging.run(new byte[0]).isEmpty());
    }
}
