package chat.parley.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// The EXTERNAL mechanism (RFC 4422, appendix A): who one is was shown below, by TLS; all that is
/// said here is who one wants to be.
public final class SaslExternal {

    private SaslExternal() {}

    /// The authorization identity in the joined chunks, empty if there is none; nothing at all if
    /// they are malformed.
    ///
    /// @param joined base64; wiped here
    public static Optional<String> decode(Secret joined) {
        try (joined) {
            var encoded = joined.reveal();
            var ascii = new byte[encoded.length];
            for (var i = 0; i < encoded.length; i++) {
                ascii[i] = encoded[i] < 128 ? (byte) encoded[i] : (byte) '!';
            }
            var plain = Base64.getDecoder().decode(ascii);
            Arrays.fill(ascii, (byte) 0);
            var decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain));
            // RFC 4422: "any Unicode character except NUL"
            return decoded.chars().anyMatch(c -> c == 0)
                    ? Optional.empty()
                    : Optional.of(decoded.toString());
        } catch (IllegalArgumentException | CharacterCodingException _) { // the peer's mistake
            return Optional.empty();
        }
    }
}
