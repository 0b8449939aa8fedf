package chat.parley.daemon.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RecordInputTest {

    private static final int PLENTY = 100_000;

    /// Records of application data without end, always there at once.
    private static RecordInput endless(int body) {
        var record = new byte[5 + body];
        record[0] = 23;
        record[1] = 3;
        record[2] = 3;
        record[4] = (byte) body;
        return new RecordInput(
                new InputStream() {
                    private int at;

                    @Override
                    public int read() {
                        return record[at++ % record.length] & 0xff;
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) {
                        for (var i = 0; i < length; i++) {
                            into[offset + i] = (byte) read();
                        }
                        return length;
                    }
                },
                new EncryptTurn());
    }

    /// How many records are taken until the time is up.
    private static int taken(RecordInput input, int data, long nanos) throws IOException {
        var until = System.nanoTime() + nanos;
        var count = 0;
        while (count < PLENTY && System.nanoTime() < until) {
            assertTrue(input.read(new byte[64], 0, 64) > 0);
            input.gaveData(data);
            count++;
        }
        return count;
    }

    @Nested
    class Waiting_for_a_record {

        /// Or the TLS layer might answer to its header without the turn to encrypt.
        @Test
        void shows_none_of_it_before_it_is_whole() throws IOException {
            var input = endless(20);
            input.awaitRecord();
            input.awaitRecord();

            assertEquals(25, input.read(new byte[64], 0, 64));
        }
    }

    @Nested
    class Records_with_next_to_no_data {

        @Test
        void are_taken_some_at_once_then_so_many_a_second_and_no_more() throws IOException {
            var inTwoSeconds = taken(endless(20), 1, TimeUnit.SECONDS.toNanos(2));

            assertTrue(inTwoSeconds > 100, inTwoSeconds + " records");
            assertTrue(inTwoSeconds <= 512 + 2 * 200 + 10, inTwoSeconds + " records");
        }

        @Test
        void do_not_hold_back_who_is_told_to_finish() throws Exception {
            var input = endless(20);
            var thread =
                    Thread.ofVirtual()
                            .start(() ->
                                    assertThrows(
                                            InterruptedIOException.class,
                                            () -> taken(input, 0, Long.MAX_VALUE / 2)));
            thread.interrupt();
            thread.join();
        }
    }

    @Nested
    class Records_with_data {

        @Test
        void are_taken_as_they_come() throws IOException {
            assertEquals(PLENTY, taken(endless(30), 8, TimeUnit.SECONDS.toNanos(50)));
        }

        @Test
        void may_end_in_the_middle() throws IOException {
            var wire = new ByteArrayInputStream(new byte[] {23, 3, 3, 0, 9, 1, 2});
            var input = new RecordInput(wire, new EncryptTurn());

            assertEquals(7, input.readNBytes(100).length);
        }
    }
}
