package chat.parley.protocol;

import java.util.Optional;

/// The parameters of `PASSWD <old password> :<new password>`. Whoever gets one closes it.
///
/// What stands before the first space and colon is the old one, so that either may have spaces;
/// without a colon the old one ends at the first space.
public record PasswordPair(Secret old, Secret wanted) implements AutoCloseable {

    /// Both; empty if one of them is missing. The parameters are wiped.
    public static Optional<PasswordPair> of(Secret params) {
        try (params) {
            var chars = params.reveal();
            var colon = spaceAndColon(chars);
            var space = colon > 0 ? colon : space(chars);
            var next = colon > 0 ? colon + 2 : space + 1;
            return space < 1 || next >= chars.length
                    ? Optional.empty()
                    : Optional.of(
                            new PasswordPair(
                                    params.slice(0, space), params.slice(next, chars.length)));
        }
    }

    /// The new one alone, where the old one was shown by logging in: all there is, but for an old
    /// one with a colon behind it. The parameters are wiped.
    public static Secret wantedIn(Secret params) {
        try (params) {
            var chars = params.reveal();
            if (params.startsWith(':')) {
                return params.slice(1, chars.length);
            }
            var colon = spaceAndColon(chars);
            return params.slice(colon < 1 ? 0 : colon + 2, chars.length);
        }
    }

    private static int spaceAndColon(char[] chars) {
        for (var i = 0; i + 1 < chars.length && chars[0] != ':'; i++) {
            if (chars[i] == ' ' && chars[i + 1] == ':') {
                return i;
            }
        }
        return -1;
    }

    private static int space(char[] chars) {
        for (var i = 0; i < chars.length && chars[0] != ':'; i++) {
            if (chars[i] == ' ') {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        old.close();
        wanted.close();
    }

    @Override
    public String toString() {
        return "PasswordPair[hidden]";
    }
}
