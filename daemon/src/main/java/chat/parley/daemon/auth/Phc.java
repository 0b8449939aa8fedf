package chat.parley.daemon.auth;

import java.util.Optional;
import java.util.regex.Pattern;

/// The parameters in an Argon2 hash as it is stored, the PHC string format:
/// `$argon2id$v=19$m=65536,t=3,p=1$salt$hash`.
///
/// @param kibibytes the memory
record Phc(String variant, int version, int kibibytes, int passes, int lanes) {

    /// A salt of 8 to 64 bytes and a hash of 16 to 64, in base64: shorter ones are no protection.
    private static final Pattern SHAPE =
            Pattern.compile(
                    "\\$(argon2(?:id|i|d))\\$v=(\\d{1,3})\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,3})"
                            + "\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");

    /// A second and a half on a machine of today; who wants it dearer says so with `auth.argon2`.
    private static final int MOST_KIBIBYTES = 1 << 20;

    private static final long MOST_KIBIBYTES_TIMES_PASSES = 4L << 20;
    private static final int MOST_LANES = 64; // each is a thread

    static Optional<Phc> parse(String stored) {
        var found = SHAPE.matcher(stored);
        return found.matches()
                ? Optional.of(
                        new Phc(
                                found.group(1),
                                Integer.parseInt(found.group(2)),
                                Integer.parseInt(found.group(3)),
                                Integer.parseInt(found.group(4)),
                                Integer.parseInt(found.group(5))))
                : Optional.empty();
    }

    /// Whether nobody should be let in at this price: who could have such a hash stored would have
    /// the daemon work for them.
    ///
    /// @param today what the admin has chosen, which is never too much
    boolean isTooMuchBeside(Phc today) {
        return kibibytes > Math.max(MOST_KIBIBYTES, today.kibibytes)
                || price() > Math.max(MOST_KIBIBYTES_TIMES_PASSES, today.price())
                || lanes > Math.max(MOST_LANES, today.lanes);
    }

    private long price() {
        return (long) kibibytes * passes;
    }

    /// Whether it is one that Argon2 can compute (RFC 9106, 3.1).
    boolean isPossible() {
        return (version == 16 || version == 19)
                && passes >= 1
                && lanes >= 1
                && kibibytes >= 8L * lanes;
    }

    /// With this salt and hash, both in base64 without padding.
    String with(String salt, String hash) {
        return "$%s$v=%d$m=%d,t=%d,p=%d$%s$%s"
                .formatted(variant, version, kibibytes, passes, lanes, salt, hash);
    }
}
