package chat.parley.daemon.listen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Nested
    class Waiting_for_a_record {

        private static final byte[] TWO_RECORDS = {23, 3, 3, 0, 3, 1, 2, 3, 21, 3, 3, 0, 2, 1, 0};

        /// Or the TLS layer might answer to its header without the turn to encrypt.
        @Test
        void shows_none_of_it_before_it_is_whole() throws IOException {
            var input = endless(20);
            input.awaitRecord();
            input.awaitRecord();

            assertEquals(25, input.read(new byte[64], 0, 64));
        }

        @Test
        void leaves_all_of_it_to_be_read_however_it_comes() throws IOException {
            var input = new RecordInput(dripping(TWO_RECORDS), new EncryptTurn());
            var read = new byte[TWO_RECORDS.length];

            for (var at = 0; at < read.length; ) {
                input.awaitRecord();
                input.awaitRecord(); // again it does nothing
                at += input.read(read, at, Math.min(2, read.length - at)); // also in its middle
            }

            assertArrayEquals(TWO_RECORDS, read);
            input.awaitRecord();
            assertEquals(-1, input.read());
        }

        @Test
        void takes_no_turn_to_encrypt_and_ends_with_the_header() throws Exception {
            var turn = new EncryptTurn();
            try (var wire = new PipedInputStream();
                    var peer = new PipedOutputStream(wire)) {
                var input = new RecordInput(wire, turn);
                var waiting =
                        Thread.ofVirtual().start(() -> assertDoesNotThrow(input::awaitRecord));
                peer.write(TWO_RECORDS, 0, 4);
                peer.flush();
                assertFalse(waiting.join(Duration.ofMillis(100)), "there is no header yet");

                turn.take();
                turn.giveBack();
                peer.write(TWO_RECORDS, 4, 1);
                peer.flush();

                waiting.join();
                turn.take(); // nor has it taken one now
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 3})
        void hears_the_end_also_inside_a_header(int length) throws IOException {
            var cut = Arrays.copyOf(TWO_RECORDS, length);
            var input = new RecordInput(new ByteArrayInputStream(cut), new EncryptTurn());

            input.awaitRecord();

            assertArrayEquals(cut, input.readAllBytes());
        }

        /// A byte at a time.
        private static InputStream dripping(byte[] bytes) {
            return new ByteArrayInputStream(bytes) {
                @Override
                public int read(byte[] into, int offset, int length) {
                    return super.read(into, offset, Math.min(1, length));
                }
            };
        }
    }
}
