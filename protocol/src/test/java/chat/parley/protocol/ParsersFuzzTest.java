package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.LineReader.Limits;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/// A target for each parser. Normally runs the inputs kept in `ParsersFuzzTestInputs`; with
/// `JAZZER_FUZZ=1` and one method chosen it looks for new ones (CONTRIBUTING).
class ParsersFuzzTest {

    private static final Limits LIMITS =
            new Limits(new ByteSize(64), new ByteSize(64), new ByteSize(2048));

    @FuzzTest(maxDuration = "60s")
    void a_line_parses_to_what_prints_and_parses_the_same(byte[] data) {
        var line = new String(data, StandardCharsets.UTF_8);
        if (MessageParser.parse(line) instanceof Parsed.Good(var message)) {
            var printed = MessagePrinter.bytes(message);
            for (var i = 0; i < printed.length - 2; i++) {
                assertTrue(printed[i] != '\r' && printed[i] != '\n' && printed[i] != 0);
            }
            assertEquals(
                    new Parsed.Good(message), MessageParser.parse(MessagePrinter.line(message)));
        }
    }

    @FuzzTest(maxDuration = "60s")
    void bytes_give_the_same_frames_however_they_arrive(byte[] data) throws IOException {
        var whole = frames(data, _ -> Integer.MAX_VALUE);
        assertEquals(whole, frames(data, _ -> 1));
        // In pieces whose lengths the data itself chooses.
        assertEquals(whole, frames(data, at -> 1 + (data[at] & 0x1f)));
    }

    /// @param atOnce how many bytes come together, by where they begin
    private static List<String> frames(byte[] data, IntUnaryOperator atOnce) throws IOException {
        var in =
                new ByteArrayInputStream(data) {
                    @Override
                    public synchronized int read(byte[] into, int offset, int length) {
                        var most = pos < count ? atOnce.applyAsInt(pos) : 1;
                        return super.read(into, offset, Math.min(length, most));
                    }
                };
        var reader = new LineReader(in, LIMITS, Set.of("PASS"));
        var frames = new ArrayList<String>();
        while (true) {
            var frame = reader.next();
            switch (frame) {
                case Frame.Line(var text) -> assertTrue(text.length() <= 128);
                case Frame.Sensitive secret -> assertTrue(secret.params().length() <= 64);
                case Frame.Oversized _, Frame.NotUtf8 _ -> {}
                case Frame.Endless _, Frame.End _ -> {
                    frames.add(frame.toString());
                    return frames;
                }
            }
            frames.add(frame instanceof Frame.Sensitive s ? s.command() : frame.toString());
        }
    }

    @FuzzTest(maxDuration = "60s")
    void a_SASL_PLAIN_answer_is_credentials_or_nothing_and_is_wiped(byte[] data) {
        var given = new Secret(new String(data, StandardCharsets.ISO_8859_1).toCharArray());
        SaslPlain.decode(given).ifPresent(ParsersFuzzTest::comesBack);
        assertWiped(given);
    }

    private static void comesBack(Credentials credentials) {
        var parts = new ArrayList<Secret>();
        for (var chunk : SaslPlain.chunks(credentials.account(), credentials.password())) {
            var text = new String(chunk, StandardCharsets.US_ASCII);
            if (!text.equals("+")) {
                parts.add(new Secret(text.toCharArray()));
            }
        }
        var again = SaslPlain.decode(Secret.join(parts)).orElseThrow();
        assertEquals(credentials.account(), again.account());
        assertEquals(
                new String(credentials.password().reveal()), new String(again.password().reveal()));
    }

    @FuzzTest(maxDuration = "60s")
    void a_SASL_EXTERNAL_answer_is_an_identity_or_nothing_and_is_wiped(byte[] data) {
        var given = new Secret(new String(data, StandardCharsets.ISO_8859_1).toCharArray());
        SaslExternal.decode(given).ifPresent(who -> assertEquals(-1, who.indexOf('\0')));
        assertWiped(given);
    }

    @FuzzTest(maxDuration = "60s")
    void the_parameters_of_PASS_and_LOGIN_are_credentials_or_nothing_and_are_wiped(byte[] data) {
        var text = new String(data, StandardCharsets.UTF_8);
        for (var login : new boolean[] {true, false}) {
            var given = new Secret(text.toCharArray());
            var taken = login ? Credentials.ofLogin(given) : Credentials.ofPass(given);
            taken.ifPresent(credentials -> {
                assertTrue(!credentials.account().isEmpty());
                assertTrue(text.contains(credentials.account()));
                assertTrue(text.endsWith(new String(credentials.password().reveal())));
            });
            assertWiped(given);
        }
    }

    private static void assertWiped(Secret secret) {
        assertEquals("\0".repeat(secret.length()), new String(secret.reveal()));
    }

    @FuzzTest(maxDuration = "60s")
    void a_name_that_is_one_can_stand_in_a_line_and_is_the_same_again(byte[] data) {
        var text = new String(data, StandardCharsets.UTF_8);
        Name.Nick.of(text).ifPresent(nick -> staysWhole(nick, nick.text()));
        Name.Channel.of(text).ifPresent(channel -> staysWhole(channel, channel.text()));
    }

    private static void staysWhole(Name name, String text) {
        var line = MessagePrinter.line(Message.of("PRIVMSG", text, "milk?"));
        assertEquals(
                new Parsed.Good(Message.of("PRIVMSG", text, "milk?")), MessageParser.parse(line));
        assertEquals(-1, text.indexOf(','));
        assertEquals(
                name,
                (name instanceof Name.Nick ? Name.Nick.of(text) : Name.Channel.of(text))
                        .orElseThrow());
    }

    @FuzzTest(maxDuration = "60s")
    void a_metadata_key_that_is_one_can_stand_in_the_middle_of_a_line(byte[] data) {
        var text = new String(data, StandardCharsets.UTF_8);
        if (MetadataKey.isKey(text, new ByteSize(64))) {
            var message = Message.of("761", "ann", text, "*", "milk?");
            assertEquals(
                    new Parsed.Good(message), MessageParser.parse(MessagePrinter.line(message)));
            assertTrue(text.matches("[a-z0-9_./-]{1,64}"));
        } else {
            assertTrue(!text.matches("[a-z0-9_./-]{1,64}"));
        }
    }
}
