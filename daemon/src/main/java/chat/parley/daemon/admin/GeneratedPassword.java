package chat.parley.daemon.admin;

import java.util.random.RandomGenerator;

/// Passwords for people to copy from paper: four groups of five, without characters that look alike
/// (0 o, 1 i l). 20 of 31 characters are 99 bits.
final class GeneratedPassword {

    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP = 5;

    private GeneratedPassword() {}

    /// The caller wipes it.
    static char[] make(RandomGenerator random) {
        var chars = new char[GROUPS * (GROUP + 1) - 1];
        for (var i = 0; i < chars.length; i++) {
            chars[i] =
                    i % (GROUP + 1) == GROUP
                            ? '-'
                            : ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return chars;
    }
}
