package chat.parley.protocol;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/// A name somebody or something is known by; valid once made, equal under [CaseMapping].
public sealed interface Name {

    /// As it is shown.
    String text();

    /// As it is compared.
    String folded();

    /// Whether a target of a message is meant as a channel.
    static boolean looksLikeChannel(String text) {
        return text.startsWith("#");
    }

    /// Somebody: ASCII letters, digits and `-_[]{}\|^` and the backtick, no digit or hyphen first.
    ///
    /// ASCII only, so that no two nicks look alike.
    record Nick(String text, String folded) implements Name {

        public static final int LONGEST = 32;

        public Nick {
            if (!isNick(text) || !folded.equals(CaseMapping.fold(text))) {
                throw new IllegalArgumentException("not a nick");
            }
        }

        public static Optional<Nick> of(String text) {
            return isNick(text)
                    ? Optional.of(new Nick(text, CaseMapping.fold(text)))
                    : Optional.empty();
        }

        private static boolean isNick(String text) {
            if (text.isEmpty() || text.length() > LONGEST) {
                return false;
            }
            for (var i = 0; i < text.length(); i++) {
                var c = text.charAt(i);
                var mayBegin = c >= 'A' && c <= '}'; // letters and [\]^_`{|}
                var mayFollow = (c >= '0' && c <= '9') || c == '-';
                if (!mayBegin && (i == 0 || !mayFollow)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Nick nick && nick.folded.equals(folded);
        }

        @Override
        public int hashCode() {
            return folded.hashCode();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// A channel: `#` and at least one more character, UTF-8 in normal form C, without spaces,
    /// commas, control characters, invisible characters or wildcards, and not to be taken for
    /// another one.
    record Channel(String text, String folded) implements Name {

        /// In bytes of UTF-8.
        public static final int LONGEST = 64;

        public Channel {
            if (!isChannel(text) || !folded.equals(CaseMapping.fold(text))) {
                throw new IllegalArgumentException("not a channel");
            }
        }

        public static Optional<Channel> of(String given) {
            if (given.length() > LONGEST) {
                return Optional.empty();
            }
            var text = Normalizer.normalize(given, Normalizer.Form.NFC);
            return isChannel(text)
                    ? Optional.of(new Channel(text, CaseMapping.fold(text)))
                    : Optional.empty();
        }

        private static boolean isChannel(String text) {
            return text.length() > 1
                    && text.charAt(0) == '#'
                    && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST
                    && text.codePoints().skip(1).allMatch(Channel::mayStand)
                    && Lookalikes.isPlain(text);
        }

        private static boolean mayStand(int c) {
            return switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.PRIVATE_USE,
                        Character.UNASSIGNED,
                        Character.SPACE_SEPARATOR,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR ->
                        false;
                default -> c != ',' && c != '*' && c != '?';
            };
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Channel channel && channel.folded.equals(folded);
        }

        @Override
        public int hashCode() {
            return folded.hashCode();
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
