package chat.parley.client.link;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What the other end says first, as it comes over the wire: whether that is TLS at all, and which
/// group it has chosen, which Bouncy Castle 1.84 tells nobody.
///
/// Kept up to a bound; belongs to the thread that shakes hands. Whatever the bytes are, no more
/// comes of it than an empty answer: TLS itself is the library's.
final class FirstBytes {

    private static final int MOST = 32 * 1024;

    private static final int ALERT = 21; // RFC 8446, 5.1: ContentType
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int SERVER_HELLO = 2; // RFC 8446, 4: HandshakeType
    private static final int SERVER_KEY_EXCHANGE = 12;
    private static final int KEY_SHARE = 51; // RFC 8446, 4.2: ExtensionType
    private static final int NAMED_CURVE = 3; // RFC 8422, 5.4: ECCurveType
    private static final int CHANGE_CIPHER_SPEC = 20;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    void add(byte[] bytes, int offset, int length) {
        kept.write(bytes, offset, Math.min(length, MOST - kept.size()));
    }

    boolean isEmpty() {
        return kept.size() == 0;
    }

    /// Whether they begin as a record of TLS does.
    boolean isTls() {
        var bytes = kept.toByteArray();
        return bytes.length > 0
                && bytes[0] >= CHANGE_CIPHER_SPEC
                && bytes[0] <= APPLICATION_DATA
                && (bytes.length == 1 || bytes[1] == 3);
    }

    boolean beginWith(String text) {
        return kept.toString(StandardCharsets.ISO_8859_1).startsWith(text);
    }

    /// An alert that came before anything was encrypted (RFC 8446, 6.2).
    Optional<Integer> alert() {
        var bytes = kept.toByteArray();
        return bytes.length >= 7 && bytes[0] == ALERT
                ? Optional.of(bytes[6] & 0xff)
                : Optional.empty();
    }

    /// The name of the group that the keys are agreed in; empty if none was chosen, or if it cannot
    /// be found out.
    Optional<String> group() {
        try {
            return group(handshakes());
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException _) { // no such messages as TLS has
            return Optional.empty();
        }
    }

    /// The messages that are not encrypted, without the headers of their records.
    private ByteBuffer handshakes() {
        var records = ByteBuffer.wrap(kept.toByteArray());
        var messages = new ByteArrayOutputStream();
        while (records.remaining() > 5) {
            var type = records.get();
            records.getShort();
            var length = Math.min(records.getShort() & 0xffff, records.remaining());
            if (type == APPLICATION_DATA) {
                break;
            }
            if (type == HANDSHAKE) {
                messages.write(records.array(), records.position(), length);
            }
            records.position(records.position() + length);
        }
        return ByteBuffer.wrap(messages.toByteArray());
    }

    private static Optional<String> group(ByteBuffer messages) {
        var group = Optional.<String>empty();
        while (messages.remaining() >= 4) {
            var head = messages.getInt();
            var length = head & 0xffffff;
            if (length > messages.remaining()) {
                break; // encrypted: TLS 1.2 goes on in records of the same type
            }
            var body = messages.slice(messages.position(), length);
            messages.position(messages.position() + length);
            var found =
                    switch (head >>> 24) {
                        case SERVER_HELLO -> ofHello(body);
                        case SERVER_KEY_EXCHANGE -> ofKeyExchange(body);
                        default -> Optional.<String>empty();
                    };
            if (found.isPresent()) {
                group = found; // of two, where the first asked to begin again, the second
            }
        }
        return group;
    }

    /// RFC 8446, 4.1.3.
    private static Optional<String> ofHello(ByteBuffer hello) {
        hello.position(2 + 32);
        hello.position(hello.position() + 1 + (hello.get(hello.position()) & 0xff) + 2 + 1);
        if (!hello.hasRemaining()) {
            return Optional.empty();
        }
        hello.getShort();
        while (hello.remaining() >= 4) {
            var type = hello.getShort() & 0xffff;
            var length = hello.getShort() & 0xffff;
            if (type == KEY_SHARE) {
                return Optional.of(name(hello.getShort() & 0xffff));
            }
            hello.position(hello.position() + length);
        }
        return Optional.empty();
    }

    /// RFC 8422, 5.4.
    private static Optional<String> ofKeyExchange(ByteBuffer parameters) {
        return parameters.get() == NAMED_CURVE
                ? Optional.of(name(parameters.getShort() & 0xffff))
                : Optional.empty();
    }

    /// The TLS registry of IANA, "TLS Supported Groups".
    private static String name(int group) {
        return switch (group) {
            case 0x11EC -> "X25519MLKEM768";
            case 29 -> "x25519";
            case 23 -> "secp256r1";
            case 24 -> "secp384r1";
            default -> "group 0x%04X".formatted(group);
        };
    }
}
