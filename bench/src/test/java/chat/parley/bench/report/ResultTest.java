package chat.parley.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResultTest {

    @Nested
    class As_JSON {

        @Test
        void it_is_one_line_in_the_order_in_which_things_were_found() {
            var result =
                    new Result()
                            .with("server", "a \"b\"")
                            .with("nothing", "")
                            .with("count", 7)
                            .with("rate", 123_456.789)
                            .with("small", 0.012345)
                            .with("ratio", 1.0 / 0)
                            .with("sound", true);

            assertEquals(
                    "{\"server\":\"a \\\"b\\\"\",\"count\":7,\"rate\":123457,\"small\":0.0123,"
                            + "\"ratio\":null,\"sound\":true}",
                    result.json());
        }

        @Test
        void times_are_milliseconds() {
            var micros = new Histogram(60_000_000L, 3);
            for (var i = 1; i <= 1000; i++) {
                micros.recordValue(i);
            }

            assertEquals(
                    "{\"p50-ms\":0.5000,\"p90-ms\":0.9000,\"p99-ms\":0.9900,\"p99.9-ms\":0.9990,"
                            + "\"max-ms\":1.000}",
                    new Result().withTimes("", micros).json());
        }
    }

    @Test
    void it_is_sound_unless_it_says_otherwise() {
        assertTrue(new Result().isSound());
        assertTrue(new Result().with("sound", true).isSound());
        assertFalse(new Result().with("sound", false).isSound());
    }
}
