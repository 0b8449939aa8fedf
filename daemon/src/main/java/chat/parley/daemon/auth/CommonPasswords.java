package chat.parley.daemon.auth;

import chat.parley.protocol.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/// What is guessed first: a list of words, and what people make of a word so that it looks like
/// none. Immutable, any thread.
///
/// A password is looked up in small letters, without the digits and signs at its ends, once if it
/// is something repeated, without what divides its words, and with letters for the digits and signs
/// that look like them. It is never a `String`, and each array that held some of it is wiped.
final class CommonPasswords {

    /// Of a file of the admin's own. 100,000 take some 10 MB.
    static final int MOST_LINES = 100_000;

    private static final String OURS = "common-passwords.txt";

    /// Rows that a finger or a mind walks along, in a circle.
    private static final String[] ROWS = {
        "0123456789",
        "9876543210",
        "1234567890",
        "0987654321",
        "abcdefghijklmnopqrstuvwxyz",
        "zyxwvutsrqponmlkjihgfedcba",
        "qwertyuiopasdfghjklzxcvbnm",
        "mnbvcxzlkjhgfdsapoiuytrewq",
        "qwertzuiopasdfghjklyxcvbnm",
        "azertyuiopqsdfghjklmwxcvbn",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
        "1q2w3e4r5t6y7u8i9o0p",
        "qazwsxedcrfvtgbyhnujmikolp"
    };

    /// What is repeated is no more than itself; of less than this it is nothing.
    private static final int SHORTEST_UNIT = 4;

    private final Set<CharBuffer> words;

    private CommonPasswords(Set<CharBuffer> words) {
        this.words = words;
    }

    /// These and no others.
    static CommonPasswords of(Collection<String> words) {
        return new CommonPasswords(Set.of()).with(words);
    }

    /// The list that comes with the program.
    static CommonPasswords ours() {
        var found = new HashSet<CharBuffer>();
        var resource = CommonPasswords.class.getResourceAsStream(OURS);
        try (var in =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(resource, OURS), StandardCharsets.UTF_8))) {
            in.lines().filter(line -> !line.startsWith("#")).forEach(line -> put(line, found));
        } catch (IOException broken) { // the program's own file
            throw new UncheckedIOException(broken);
        }
        return new CommonPasswords(found);
    }

    /// The same with a file of the admin's own: a password on each line.
    CommonPasswords and(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return with(lines.limit(MOST_LINES).toList());
        } catch (UncheckedIOException broken) {
            throw Objects.requireNonNullElse(broken.getCause(), new IOException(broken));
        }
    }

    /// The same with more words.
    CommonPasswords with(Collection<String> more) {
        var all = new HashSet<>(words);
        more.forEach(word -> put(word, all));
        return new CommonPasswords(all);
    }

    private static void put(String word, Set<CharBuffer> into) {
        var chars = word.strip().toCharArray();
        var length = folded(chars, chars.length);
        for (var bare : new boolean[] {false, true}) {
            var from = bare ? start(chars, 0, length) : 0;
            var to = bare ? end(chars, 0, length) : length;
            if (to > from) {
                into.add(CharBuffer.wrap(Arrays.copyOfRange(chars, from, to)));
            }
        }
    }

    int size() {
        return words.size();
    }

    /// Whether it is one of them, whatever was made of it.
    boolean contain(Secret password) {
        try (var copy = password.copy()) {
            var chars = copy.reveal();
            var to = folded(chars, chars.length);
            var bareFrom = start(chars, 0, to);
            var bareTo = Math.max(bareFrom, end(chars, 0, to));
            if (isCommon(chars, 0, to) || isCommonWord(chars, bareFrom, bareTo)) {
                return true;
            }
            undress(chars, to);
            return isCommon(chars, 0, to) || isCommonWord(chars, bareFrom, bareTo);
        }
    }

    private boolean isCommon(char[] chars, int from, int to) {
        var unit = unit(chars, from, to);
        return unit - from < Math.min(SHORTEST_UNIT, to - from)
                || isListed(chars, from, to)
                || isWalk(chars, from, unit)
                || isCommonWord(chars, start(chars, from, unit), end(chars, from, unit));
    }

    /// Whether it is a word of the list, perhaps repeated, or a walk.
    private boolean isCommonWord(char[] chars, int from, int to) {
        return isListed(chars, from, to)
                || isListed(chars, from, unit(chars, from, to))
                || (to - from >= SHORTEST_UNIT && isWalk(chars, from, to));
    }

    private boolean isListed(char[] chars, int from, int to) {
        return from < to && words.contains(CharBuffer.wrap(chars, from, to - from));
    }

    /// The end of what is repeated from the beginning, the last time perhaps in part; the end of
    /// all if nothing is.
    private static int unit(char[] chars, int from, int to) {
        for (var period = 1; 2 * period <= to - from; period++) {
            var at = from + period;
            while (at < to && chars[at] == chars[at - period]) {
                at++;
            }
            if (at == to) {
                return from + period;
            }
        }
        return to;
    }

    private static boolean isWalk(char[] chars, int from, int to) {
        for (var row : ROWS) {
            for (var begin = 0; begin < row.length(); begin++) {
                var steps = 0;
                while (steps < to - from
                        && chars[from + steps] == row.charAt((begin + steps) % row.length())) {
                    steps++;
                }
                if (steps > 0 && steps == to - from) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Where the first letter is; the end if there is none.
    private static int start(char[] chars, int from, int to) {
        var at = from;
        while (at < to && !Character.isLetter(chars[at])) {
            at++;
        }
        return at;
    }

    /// What comes after the last letter; the beginning if there is none.
    private static int end(char[] chars, int from, int to) {
        var at = to;
        while (at > from && !Character.isLetter(chars[at - 1])) {
            at--;
        }
        return at;
    }

    /// In small letters and without what divides words, in place.
    ///
    /// @return how many are left; the rest is wiped
    private static int folded(char[] chars, int length) {
        var kept = 0;
        for (var i = 0; i < length; i++) {
            switch (chars[i]) {
                case ' ', '-', '_', '.', ',', '\'' -> {}
                default -> chars[kept++] = Character.toLowerCase(chars[i]);
            }
        }
        Arrays.fill(chars, kept, length, '\0');
        return kept;
    }

    /// Letters for what looks like them, in place.
    private static void undress(char[] chars, int length) {
        for (var i = 0; i < length; i++) {
            chars[i] =
                    switch (chars[i]) {
                        case '0' -> 'o';
                        case '1', '!', '|' -> 'i';
                        case '3' -> 'e';
                        case '4', '@' -> 'a';
                        case '5', '$' -> 's';
                        case '7', '+' -> 't';
                        default -> chars[i];
                    };
        }
    }
}
