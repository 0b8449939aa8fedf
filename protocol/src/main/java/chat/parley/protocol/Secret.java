package chat.parley.protocol;

import java.util.Arrays;

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

    /// Takes a part out as a secret of its own.
    Secret slice(int from, int to) {
        return new Secret(Arrays.copyOfRange(chars, from, to));
    }

    /// Another of the same characters, for somebody else to wipe.
    public Secret copy() {
        return new Secret(chars.clone());
    }

    /// Whether it is this word, in any case; for words that make a bad password.
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

    /// Whether it is one character over and over.
    public boolean isOneCharacterRepeated() {
        for (var c : chars) {
            if (c != chars[0]) {
                return false;
            }
        }
        return true;
    }

    public boolean isEmpty() {
        return chars.length == 0;
    }

    /// How many characters there are.
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
