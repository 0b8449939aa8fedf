package chat.parley.daemon.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlightOutputTest {

    private final List<String> writes = new ArrayList<>();
    private final FlightOutput output =
            new FlightOutput(
                    new OutputStream() {
                        @Override
                        public void write(int one) {
                            throw new AssertionError("a byte on its own");
                        }

                        @Override
                        public void write(byte[] from, int offset, int length) {
                            writes.add(new String(from, offset, length, StandardCharsets.US_ASCII));
                        }
                    });

    @Test
    void a_flight_is_one_write_and_what_comes_after_the_handshake_goes_at_once() throws Exception {
        output.gather();
        say("hello");
        say(" world");
        assertEquals(List.of(), writes);
        output.send();
        output.send();
        say("bye");
        output.end();
        say("data");
        assertEquals(List.of("hello world", "bye", "data"), writes);
    }

    private void say(String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
