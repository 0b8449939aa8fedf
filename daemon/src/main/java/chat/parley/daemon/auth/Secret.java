package chat.parley.daemon.auth;

import java.util.Arrays;

/// A password on its way to the hasher. It prints as `Secret[hidden]` and can be wiped.
///
/// Whoever makes one closes it. It belongs to one thread at a time: the session's reader, then, while
/// the reader waits, the hashing thread.
public final class Secret implements AutoCloseable {

    private final char[] chars;

    /// Takes the array over: the caller keeps no use of it.
    public Secret(char[] chars) {
        this.chars = chars;
    }

    /// The characters themselves, not a copy. Only the hasher calls this.
    char[] reveal() {
        return chars;
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
