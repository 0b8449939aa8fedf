package chat.parley.protocol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The PLAIN mechanism (RFC 4616) and its chunks (IRCv3 sasl-3.1, "The AUTHENTICATE Command").
///
/// Nothing here is ever a `String` that holds the password; every array that did is wiped, but for
/// the one that is handed out.
public final class SaslPlain {

    /// The base64 text is sent in pieces of this length; a shorter piece is the last.
    public static final int CHUNK = 400;

    private SaslPlain() {}

    /// The parameters of the AUTHENTICATE commands that say this, as ASCII; the caller wipes them.
    @SuppressWarnings("ByteBufferBackingArray") // encode() makes a buffer of its own array, at 0
    public static List<byte[]> chunks(String account, Secret password) {
        var secret = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password.reveal()));
        var name = account.getBytes(StandardCharsets.UTF_8);
        var plain = ByteBuffer.allocate(name.length + secret.remaining() + 2);
        plain.put((byte) 0).put(name).put((byte) 0).put(secret);
        var encoded = Base64.getEncoder().encode(plain.array());
        var chunks = new ArrayList<byte[]>();
        for (var from = 0; from < encoded.length; from += CHUNK) {
            chunks.add(Arrays.copyOfRange(encoded, from, Math.min(encoded.length, from + CHUNK)));
        }
        if (encoded.length % CHUNK == 0) {
            chunks.add(new byte[] {'+'});
        }
        wipe(secret.array(), plain.array(), encoded);
        return chunks;
    }

    /// The credentials in the joined chunks, unless they are malformed or ask to act as somebody
    /// else.
    ///
    /// @param joined base64; wiped here
    public static Optional<Credentials> decode(Secret joined) {
        var encoded = joined.reveal();
        var ascii = new byte[encoded.length];
        for (var i = 0; i < encoded.length; i++) {
            ascii[i] = encoded[i] < 128 ? (byte) encoded[i] : (byte) '!';
        }
        joined.close();
        byte[] plain;
        try {
            plain = Base64.getDecoder().decode(ascii);
        } catch (IllegalArgumentException _) { // not base64: the peer's mistake, told as a value
            return Optional.empty();
        } finally {
            wipe(ascii);
        }
        try {
            return credentials(plain);
        } catch (CharacterCodingException _) { // not UTF-8: the same
            return Optional.empty();
        } finally {
            wipe(plain);
        }
    }

    /// RFC 4616 2: `[authzid] NUL authcid NUL passwd`.
    private static Optional<Credentials> credentials(byte[] plain) throws CharacterCodingException {
        var first = indexOfNul(plain, 0);
        var second = first < 0 ? -1 : indexOfNul(plain, first + 1);
        if (second < 0 || indexOfNul(plain, second + 1) >= 0) {
            return Optional.empty();
        }
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var authorization = decoder.decode(ByteBuffer.wrap(plain, 0, first)).toString();
        var authentication =
                decoder.decode(ByteBuffer.wrap(plain, first + 1, second - first - 1)).toString();
        var secret = decoder.decode(ByteBuffer.wrap(plain, second + 1, plain.length - second - 1));
        var password = new char[secret.remaining()];
        secret.get(password);
        Arrays.fill(secret.array(), '\0');
        var credentials = new Credentials(authentication, new Secret(password));
        if (!authorization.isEmpty() && !CaseMapping.same(authorization, authentication)) {
            credentials.close();
            return Optional.empty();
        }
        return Optional.of(credentials);
    }

    private static int indexOfNul(byte[] bytes, int from) {
        for (var i = from; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static void wipe(byte[]... arrays) {
        for (var array : arrays) {
            Arrays.fill(array, (byte) 0);
        }
    }
}
