package chat.parley.protocol;

import java.lang.Character.UnicodeScript;
import java.nio.CharBuffer;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Passwords as they are compared: PRECIS OpaqueString (RFC 8265, 4.2). One password is the same
/// however a keyboard, a system or a paste has composed its characters.
///
/// Spaces of other scripts become U+0020, the whole becomes Unicode NFC, and what is left must be
/// of the FreeformClass (RFC 8264, 4.3 and 9): no controls, nothing that is not assigned in this
/// JDK's Unicode, nothing invisible. Stricter than that in one point: the joiners U+200C and U+200D
/// are refused everywhere, as the JDK does not know where they may stand.
///
/// Pure and for any thread. Each array that held a part of the password is wiped, but for the one
/// that is handed out. What is beyond U+02FF passes through the JDK's `Normalizer` as a string of
/// one character with its marks at a time, never of more.
public final class OpaqueString {

    /// Below it NFC changes nothing, and nothing composes with what stands before (Unicode
    /// `NFC_Quick_Check`).
    private static final int FIRST_THAT_MAY_CHANGE = 0x300;

    /// Of a character in UTF-16 under NFC (UAX #15, "Maximum Expansion Factors").
    private static final int LONGEST_EXPANSION = 3;

    private OpaqueString() {}

    /// The same password as it is compared; the caller's own stays the caller's. Empty if it can be
    /// no password: nothing at all, or a character that none may have.
    public static Optional<Secret> of(Secret password) {
        var given = password.reveal();
        var room = new char[LONGEST_EXPANSION * given.length];
        try {
            var length = normalize(given, room);
            var prepared = new Secret(Arrays.copyOf(room, length));
            if (length == 0 || !isFreeform(prepared.reveal())) {
                prepared.close();
                return Optional.empty();
            }
            return Optional.of(prepared);
        } finally {
            Arrays.fill(room, '\0');
        }
    }

    /// @return how many characters there are in `into`
    private static int normalize(char[] from, char[] into) {
        var length = 0;
        for (var at = 0; at < from.length; ) {
            var end = at + Character.charCount(Character.codePointAt(from, at));
            while (end < from.length && belongsToWhatIsBefore(Character.codePointAt(from, end))) {
                end += Character.charCount(Character.codePointAt(from, end));
            }
            length = normalize(from, at, end, into, length);
            at = end;
        }
        return length;
    }

    private static int normalize(char[] from, int at, int end, char[] into, int length) {
        if (end - at == 1 && from[at] < FIRST_THAT_MAY_CHANGE) {
            into[length] = spaceOr(from[at]);
            return length + 1;
        }
        var one = Normalizer.normalize(CharBuffer.wrap(from, at, end - at), Normalizer.Form.NFC);
        for (var i = 0; i < one.length(); i++) {
            into[length + i] = spaceOr(one.charAt(i));
        }
        return length + one.length();
    }

    /// RFC 8265, 4.2.1: "non-ASCII spaces … mapped to SPACE". All of them are in the first plane.
    private static char spaceOr(char c) {
        return Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c;
    }

    /// Whether NFC could compose it with what stands before it, or change their order: marks, the
    /// later parts of Hangul syllables, and the vowels of Kirat Rai, which are letters.
    private static boolean belongsToWhatIsBefore(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK ->
                    true;
            default -> (c >= 0x1160 && c <= 0x11FF) || (c >= 0x16D40 && c <= 0x16D7F);
        };
    }

    private static boolean isFreeform(char[] chars) {
        for (var at = 0; at < chars.length; ) {
            var c = Character.codePointAt(chars, at);
            if (!isFreeform(c, chars, at)) {
                return false;
            }
            at += Character.charCount(c);
        }
        return true;
    }

    /// RFC 8264, 8, in its order; with the exceptions of 9.6 and the rules of RFC 5892, A.
    private static boolean isFreeform(int c, char[] chars, int at) {
        if (c >= 0x21 && c <= 0x7E) { // 9.11, ASCII7
            return true;
        }
        if (isException(c)) {
            return mayStand(c, chars, at);
        }
        if (isHangulJamo(c) || isIgnorable(c)) { // 9.9, 9.13
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.UNASSIGNED,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true; // letters, digits, marks, spaces, symbols, punctuation
        };
    }

    /// RFC 5892, 2.6: characters with a rule of their own.
    private static boolean isException(int c) {
        return switch (c) {
            case 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB -> true;
            case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B ->
                    true;
            default -> isArabicDigit(c) || isExtendedArabicDigit(c);
        };
    }

    private static boolean mayStand(int c, char[] chars, int at) {
        var before = at == 0 ? -1 : Character.codePointBefore(chars, at);
        var after = at + 1 == chars.length ? -1 : Character.codePointAt(chars, at + 1);
        return switch (c) {
            case 0xB7 -> before == 'l' && after == 'l'; // A.3, Catalan
            case 0x375 -> isOf(UnicodeScript.GREEK, after); // A.4
            case 0x5F3, 0x5F4 -> isOf(UnicodeScript.HEBREW, before); // A.5, A.6
            case 0x30FB -> hasKana(chars); // A.7
            default -> { // A.8, A.9; the others never
                if (isArabicDigit(c)) {
                    yield none(chars, OpaqueString::isExtendedArabicDigit);
                }
                yield isExtendedArabicDigit(c) && none(chars, OpaqueString::isArabicDigit);
            }
        };
    }

    private static boolean isOf(UnicodeScript script, int c) {
        return c >= 0 && UnicodeScript.of(c) == script;
    }

    private static boolean hasKana(char[] chars) {
        return !none(
                chars,
                c ->
                        switch (UnicodeScript.of(c)) {
                            case HIRAGANA, KATAKANA, HAN -> true;
                            default -> false;
                        });
    }

    private static boolean isArabicDigit(int c) {
        return c >= 0x660 && c <= 0x669;
    }

    private static boolean isExtendedArabicDigit(int c) {
        return c >= 0x6F0 && c <= 0x6F9;
    }

    private static boolean none(char[] chars, IntPredicate what) {
        for (var at = 0; at < chars.length; at++) {
            if (what.test(Character.codePointAt(chars, at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHangulJamo(int c) {
        return (c >= 0x1100 && c <= 0x11FF)
                || (c >= 0xA960 && c <= 0xA97C)
                || (c >= 0xD7B0 && c <= 0xD7FB);
    }

    /// `Default_Ignorable_Code_Point` that is not of the types refused anyway.
    private static boolean isIgnorable(int c) {
        return c == 0x34F
                || c == 0x17B4
                || c == 0x17B5
                || (c >= 0x180B && c <= 0x180F)
                || c == 0x3164
                || (c >= 0xFE00 && c <= 0xFE0F)
                || c == 0xFFA0
                || (c >= 0xE0100 && c <= 0xE01EF);
    }
}
