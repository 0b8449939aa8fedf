package chat.parley.daemon.observe;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Something that happened and is to be known later.
///
/// @param what a few fixed words
/// @param facts what is known of it, in the order in which it is told; a peer may have chosen any
/// @param cause whose doing it is, as far as that bounds how much is written of it
public record AuditEvent(String what, SequencedMap<String, String> facts, Cause cause) {

    /// Code points of one fact; what is longer is cut and shown to be.
    private static final int LONGEST = 512;

    /// Who makes events of this kind, and so could fill the disk with them.
    public sealed interface Cause {

        /// An admin, the daemon, or whoever has changed something: each one is written.
        record House() implements Cause {}

        /// Somebody who has logged in, and comes, goes, or tries.
        record Member(String account) implements Cause {}

        /// Anybody.
        ///
        /// @param network an address, or of IPv6 what one customer has
        record Stranger(String network) implements Cause {

            static Stranger at(InetAddress from) {
                var bytes = from.getAddress();
                return new Stranger(
                        bytes.length == 4
                                ? from.getHostAddress()
                                : HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)));
            }
        }
    }

    public AuditEvent {
        var copy = new LinkedHashMap<String, String>();
        facts.forEach((key, value) -> copy.put(key, bounded(value)));
        facts = Collections.unmodifiableSequencedMap(copy);
    }

    /// An event of the house, with no facts yet.
    public static AuditEvent of(String what) {
        return new AuditEvent(what, new LinkedHashMap<>(), new Cause.House());
    }

    /// The same with one fact more.
    public AuditEvent with(String key, String value) {
        var more = new LinkedHashMap<>(facts);
        more.put(key, value);
        return new AuditEvent(what, more, cause);
    }

    AuditEvent by(Cause other) {
        return new AuditEvent(what, facts, other);
    }

    private static String bounded(String value) {
        return value.codePointCount(0, value.length()) <= LONGEST
                ? value
                : value.substring(0, value.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
