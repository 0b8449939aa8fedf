package chat.parley.daemon.auth;

import java.util.Optional;
import java.util.regex.Pattern;

/// The parameters in an Argon2 hash as it is stored, the PHC string format:
/// `$argon2id$v=19$m=65536,t=3,p=1$salt$hash`.
///
/// @param kibibytes the memory
record Phc(String variant, int version, int kibibytes, int passes, int lanes) {

    private static final Pattern SHAPE =
            Pattern.compile(
                    "\\$(argon2i?d?)\\$v=(\\d{1,3})\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,3})"
                            + "\\$[A-Za-z0-9+/]+\\$[A-Za-z0-9+/]+");

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

    /// With this salt and hash, both in base64 without padding.
    String with(String salt, String hash) {
        return "$%s$v=%d$m=%d,t=%d,p=%d$%s$%s"
                .formatted(variant, version, kibibytes, passes, lanes, salt, hash);
    }
}
