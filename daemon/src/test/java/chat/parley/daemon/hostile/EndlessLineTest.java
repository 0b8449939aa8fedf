package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Lines that are too long, and lines that never end.
class EndlessLineTest {

    private static final String TOO_LONG = "ERROR :Closing link: 127.0.0.1 (A line of more than …";

    enum When {
        BEFORE_LOGIN {
            @Override
            Wire wire(TestDaemon daemon) {
                return daemon.connect();
            }
        },
        AFTER_LOGIN {
            @Override
            Wire wire(TestDaemon daemon) {
                return daemon.login("ann");
            }
        };

        abstract Wire wire(TestDaemon daemon);
    }

    private static TestDaemon daemon(Path dir) {
        return new TestDaemon(dir).account("ann").account("bob");
    }

    @ParameterizedTest
    @EnumSource
    void a_line_without_end_ends_the_session(When when, @TempDir Path dir) {
        try (var daemon = daemon(dir);
                var bob = daemon.login("bob")) {
            endless(when.wire(daemon), "").expectClosed(TOO_LONG);
            bob.settle();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tags_without_end_end_the_session(When when, @TempDir Path dir) {
        try (var daemon = daemon(dir);
                var bob = daemon.login("bob")) {
            endless(when.wire(daemon), "@a=").expectClosed(TOO_LONG);
            bob.settle();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_AUTHENTICATE_without_end_ends_the_session(When when, @TempDir Path dir) {
        try (var daemon = daemon(dir);
                var bob = daemon.login("bob")) {
            endless(when.wire(daemon), "AUTHENTICATE ").expectClosed(TOO_LONG);
            bob.settle();
        }
    }

    /// Sends until nobody takes it any more, on a thread of its own.
    private static Wire endless(Wire wire, String begin) {
        var piece = new byte[8192];
        Arrays.fill(piece, (byte) 'x');
        Thread.startVirtualThread(() -> {
            try (wire) {
                wire.socket().getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    wire.socket().getOutputStream().write(piece);
                }
            } catch (IOException _) {
                // it was ended
            }
        });
        return wire;
    }

    @ParameterizedTest
    @EnumSource
    void a_line_over_the_limit_is_answered_and_the_next_one_is_whole(When when, @TempDir Path dir) {
        try (var daemon = daemon(dir);
                var wire = when.wire(daemon)) {
            wire.send("PING x");
            wire.expect(":parley.example PONG parley.example :x");
            wire.send("PING " + "x".repeat(506)); // 511 bytes, 513 with their line ending
            wire.expectNext(":parley.example 417 * …");
            wire.send("@" + "t".repeat(5000) + " PING x");
            wire.expectNext(":parley.example 417 * …");
            wire.send("PING " + "x".repeat(505));
            wire.expectNext(":parley.example PONG parley.example :" + "x".repeat(505));
        }
    }

    @Test
    void before_login_tags_have_no_more_room_than_a_line(@TempDir Path dir) {
        try (var daemon = daemon(dir);
                var wire = daemon.connect()) {
            wire.expectNext("…");
            wire.send("@" + "t".repeat(600) + " PING x");
            wire.expectNext(":parley.example 417 * …");
        }
    }

    @Test
    void SASL_pieces_without_end_are_cut_off_and_nothing_is_hashed(@TempDir Path dir) {
        try (var daemon = daemon(dir);
                var wire = daemon.connect()) {
            wire.send("AUTHENTICATE PLAIN");
            wire.expect("AUTHENTICATE +");
            for (var i = 0; i < 9; i++) {
                wire.send("AUTHENTICATE " + "A".repeat(400));
            }
            wire.expectNext(":parley.example 905 * :…");
            wire.send("AUTHENTICATE PLAIN"); // and may begin again
            wire.expectNext("AUTHENTICATE +");
        }
    }

    @Test
    void a_piece_of_SASL_longer_than_400_is_cut_off(@TempDir Path dir) {
        try (var daemon = daemon(dir);
                var wire = daemon.connect()) {
            wire.send("AUTHENTICATE PLAIN");
            wire.expect("AUTHENTICATE +");
            wire.send("AUTHENTICATE " + "A".repeat(401));
            wire.expectNext(":parley.example 905 * :…");
            assertTrue(wire.seen().stream().noneMatch(line -> line.contains(" 904 ")));
        }
    }
}
