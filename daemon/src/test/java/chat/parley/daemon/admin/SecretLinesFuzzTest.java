package chat.parley.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Credentials;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What is imported is lines of names and passwords, or told as a value. See CONTRIBUTING.
class SecretLinesFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void each_line_is_a_secret_or_none_and_none_is_left_out(byte[] data) throws IOException {
        var lines = new SecretLines(new ByteArrayInputStream(data));
        var count = 0;
        while (!lines.isEnded()) {
            lines.next().flatMap(Credentials::ofPass).ifPresent(SecretLinesFuzzTest::isWhole);
            count++;
        }
        var text = new String(data, StandardCharsets.ISO_8859_1);
        var ends = (int) text.chars().filter(c -> c == '\n').count();
        var rest = text.isEmpty() || text.endsWith("\n") ? 0 : 1;
        assertEquals(ends + rest + 1, count, "the end is one more");
    }

    private static void isWhole(Credentials credentials) {
        try (credentials) {
            assertTrue(!credentials.account().isEmpty());
            assertEquals(-1, new String(credentials.password().reveal()).indexOf('\n'));
        }
    }
}
