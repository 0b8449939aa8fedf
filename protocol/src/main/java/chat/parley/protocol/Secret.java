package chat.parley.protocol;

import java.util.Arrays;
import java.util.List;

/// A password on its way. It prints as `Secret[hidden]` and can be wiped.
///
/// Whoever gets one closes it. It belongs to one thread at a time; in the daemon to the session's
/// reader, then, while the reader waits, to the hashing thread.
public final class Secret implements AutoCloseable {

    private final char[] chars;

    /// Takes the array over: the caller keeps no use of it.
    public Secret(char[] chars) {
        this.chars = chars;
    }

    /// The characters themselves, not a copy. Who may call this is a rule of the daemon's
    /// `ArchitectureTest`: the hasher, and in this package what takes lines apart.
    public char[] reveal() {
        return chars;
    }

    /// The same characters in an array of their own, so that each is wiped by its taker.
    public Secret copy() {
        return slice(0, chars.length);
    }

    /// Takes a part out as a secret of its own.
    Secret slice(int from, int to) {
        return new Secret(Arrays.copyOfRange(chars, from, to));
    }

    /// The parts as one secret; the parts are wiped.
    public static Secret join(List<Secret> parts) {
        var joined = new char[parts.stream().mapToInt(Secret::length).sum()];
        var at = 0;
        for (var part : parts) {
            System.arraycopy(part.chars, 0, joined, at, part.chars.length);
            at += part.chars.length;
            part.close();
        }
        return new Secret(joined);
    }

    public boolean startsWith(char first) {
        return chars.length > 0 && chars[0] == first;
    }

    /// Whether it is this word, in any case; for words that make a bad password, and words that
    /// stand where a secret could.
    public boolean isWord(String word) {
        if (word.length() != chars.length) {
            return false;
        }
        for (var i = 0; i < chars.length; i++) {
            if (Character.toLowerCase(chars[i]) != Character.toLowerCase(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Whether it has the same characters, found out in the same time wherever they differ.
    public boolean isSameAs(Secret other) {
        var difference = chars.length ^ other.chars.length;
        for (var i = 0; i < Math.min(chars.length, other.chars.length); i++) {
            difference |= chars[i] ^ other.chars[i];
        }
        return difference == 0;
    }

    /// Sixteen bits that depend on every character and on a key of the caller's: enough to see that
    /// the same was said again, too few to find out what it was.
    public int trace(long key) {
        var mixed = key;
        for (var c : chars) {
            mixed = (mixed ^ c) * (key | 1);
            mixed ^= mixed >>> 32;
        }
        return (int) (mixed >>> 48);
    }

    /// Whether it can stand in a line of the protocol: what begins another line, and NUL, cannot
    /// (RFC 2812, 2.3.1).
    public boolean isOneLine() {
        for (var c : chars) {
            if (c == '\r' || c == '\n' || c == '\0') {
                return false;
            }
        }
        return true;
    }

    public boolean isEmpty() {
        return chars.length == 0;
    }

    /// How many code points there are: what a person would count.
    public int codePoints() {
        return Character.codePointCount(chars, 0, chars.length);
    }

    /// How many characters there are, of 16 bits each.
    public int length() {
        return chars.length;
    }

    /// Overwrites the characters.
    @Override
    public void close() {
        Arrays.fill(chars, '\0');
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
