package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Nothing that comes from the network can make a terminal do anything. See CONTRIBUTING.
class TerminalTextFuzzTest {

    private static final String OWN = "\u001B\\[[01349]m";

    @FuzzTest(maxDuration = "60s")
    void no_text_has_a_control_sequence_that_is_not_ours(byte[] data) {
        for (var text :
                new String[] {
                    new String(data, StandardCharsets.UTF_8),
                    new String(data, StandardCharsets.UTF_16BE) // lone surrogates too
                }) {
            var plain = TerminalText.plain(text);
            assertHarmless(plain);
            assertEquals(plain, TerminalText.plain(plain), "once is enough");
            var styled = TerminalText.styled(text);
            assertHarmless(styled.replaceAll(OWN, ""));
            assertEquals(plain, styled.replaceAll(OWN, ""));
            assertTrue(styled.indexOf('\u001B') < 0 || plainAtTheEnd(styled), styled);
            var name = TerminalText.name(text);
            assertHarmless(name);
            assertEquals(name, TerminalText.name(name), "once is enough");
        }
    }

    private static boolean plainAtTheEnd(String styled) {
        return styled.startsWith("\u001B[0m", styled.lastIndexOf('\u001B'));
    }

    private static void assertHarmless(String text) {
        text.codePoints()
                .forEach(c -> {
                    assertTrue(!Character.isISOControl(c), () -> "control " + c);
                    assertTrue(c < 0x202A || c > 0x202E, () -> "override " + c);
                    assertTrue(c < 0x2066 || c > 0x2069, () -> "isolate " + c);
                    assertTrue(Character.getType(c) != Character.SURROGATE, () -> "half " + c);
                });
    }
}
