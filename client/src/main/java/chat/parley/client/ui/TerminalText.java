package chat.parley.client.ui;

import java.util.function.IntPredicate;

/// Makes text from the network harmless: the only way from there to a terminal.
///
/// A terminal obeys what it is shown: a control sequence can set its title, fill the clipboard,
/// move the cursor over another's words. So of what comes nothing stays that a terminal or a
/// reader's eye could take for something else: control characters (C0, DEL, C1) are shown as signs,
/// what changes the direction of text or cannot be seen is dropped, and piles of accents are cut.
/// IRC's own formatting becomes SGR sequences written here, or nothing; colours of others become
/// nothing, as a colour can hide words.
public final class TerminalText {

    private static final int REPLACEMENT = 0xFFFD;
    private static final int PILE = 4; // accents on one letter; no language here needs more

    private static final char BOLD = '\u0002';
    private static final char COLOUR = '\u0003';
    private static final char HEX_COLOUR = '\u0004';
    private static final char PLAIN = '\u000F';
    private static final char MONOSPACE = '\u0011';
    private static final char REVERSE = '\u0016';
    private static final char ITALIC = '\u001D';
    private static final char STRIKE = '\u001E';
    private static final char UNDERLINE = '\u001F';

    private static final int ZWNJ = 0x200C;
    private static final int ZWJ = 0x200D;

    private final StringBuilder out = new StringBuilder();
    private final boolean isStyled;
    private final IntPredicate alsoDropped;
    private int pile;
    private boolean bold;
    private boolean italic;
    private boolean underline;
    private boolean strike;

    private TerminalText(boolean isStyled, IntPredicate alsoDropped) {
        this.isStyled = isStyled;
        this.alsoDropped = alsoDropped;
    }

    /// Text without any control sequence.
    public static String plain(String text) {
        return new TerminalText(false, _ -> false).harmless(text);
    }

    /// Text whose only control sequences are those that stand for IRC's bold, italic, underline and
    /// strike-through; it ends as plain as it began.
    public static String styled(String text) {
        return new TerminalText(true, _ -> false).harmless(text);
    }

    /// A nick or a channel: besides, no joiners, variants and accents of their own, so that two
    /// names that look the same are the same.
    public static String name(String name) {
        return new TerminalText(false, c -> c == ZWJ || c == ZWNJ || isAccent(c) || isVariation(c))
                .harmless(name);
    }

    private String harmless(String text) {
        var at = 0;
        while (at < text.length()) {
            var c = text.codePointAt(at);
            var next = at + Character.charCount(c);
            at = isFormatting(c) ? format(text, (char) c, next) : next;
            if (!isFormatting(c)) {
                put(c);
            }
        }
        if (bold || italic || underline || strike) {
            restyle(false, false, false, false);
        }
        return out.toString();
    }

    private void put(int c) {
        if (isAccent(c)) {
            pile++;
            if (pile > PILE || alsoDropped.test(c)) {
                return;
            }
        } else if (alsoDropped.test(c)) {
            return;
        }
        var before = out.length();
        show(c);
        if (!isAccent(c) && out.length() > before) {
            pile = 0; // not before what is dropped: it would let the pile grow on
        }
    }

    private void show(int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL -> control(c);
            case Character.SURROGATE -> out.appendCodePoint(REPLACEMENT);
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> out.append(' ');
            case Character.FORMAT -> {
                if (isSeenOrNeeded(c)) {
                    out.appendCodePoint(c);
                }
            }
            default -> {
                if (isBlank(c)) {
                    return;
                }
                out.appendCodePoint(isNoCharacter(c) ? REPLACEMENT : c);
            }
        }
    }

    /// C0 and DEL by the signs Unicode has for them; C1, which has none, by the replacement.
    private void control(int c) {
        if (c == '\t') {
            out.append("    ");
        } else if (c < 0x20) {
            out.appendCodePoint(0x2400 + c);
        } else {
            out.appendCodePoint(c == 0x7F ? 0x2421 : REPLACEMENT);
        }
    }

    /// Of the characters that only format, those a language or an emoji needs: the joiners, and
    /// signs of Arabic and Syriac that are seen. No mark, embedding, override or isolate, no tag.
    private static boolean isSeenOrNeeded(int c) {
        return c == ZWJ
                || c == ZWNJ
                || (c >= 0x600 && c <= 0x605)
                || c == 0x6DD
                || c == 0x70F
                || c == 0x8E2;
    }

    /// Letters and marks that are not seen though they are no format characters: fillers, the
    /// grapheme joiner, vowels without form, selectors of variants of no use outside a font.
    private static boolean isBlank(int c) {
        return c == 0x34F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c == 0x3164
                || c == 0xFFA0
                || (c >= 0x180B && c <= 0x180F)
                || (c >= 0xE0100 && c <= 0xE01EF);
    }

    private static boolean isNoCharacter(int c) {
        return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    }

    private static boolean isAccent(int c) {
        var type = Character.getType(c);
        return (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK)
                && !isVariation(c);
    }

    /// What only chooses between two pictures of the character before it.
    private static boolean isVariation(int c) {
        return c >= 0xFE00 && c <= 0xFE0F;
    }

    private static boolean isFormatting(int c) {
        return switch (c) {
            case BOLD, COLOUR, HEX_COLOUR, PLAIN, MONOSPACE, REVERSE, ITALIC, STRIKE, UNDERLINE ->
                    true;
            default -> false;
        };
    }

    /// Acts on a formatting character; returns where the text goes on.
    private int format(String text, char code, int at) {
        switch (code) {
            case BOLD -> restyle(!bold, italic, underline, strike);
            case ITALIC -> restyle(bold, !italic, underline, strike);
            case UNDERLINE -> restyle(bold, italic, !underline, strike);
            case STRIKE -> restyle(bold, italic, underline, !strike);
            case PLAIN -> restyle(false, false, false, false);
            case COLOUR -> {
                return afterColours(text, at, 2, TerminalText::isDecimal);
            }
            case HEX_COLOUR -> {
                return afterColours(text, at, 6, TerminalText::isHex);
            }
            default -> {} // monospace and reverse say nothing here
        }
        return at;
    }

    private void restyle(boolean b, boolean i, boolean u, boolean s) {
        var was = bold || italic || underline || strike;
        bold = b;
        italic = i;
        underline = u;
        strike = s;
        if (!isStyled) {
            return;
        }
        if (was) {
            out.append("\u001B[0m");
        }
        sgr(b, 1);
        sgr(i, 3);
        sgr(u, 4);
        sgr(s, 9);
    }

    private void sgr(boolean on, int number) {
        if (on) {
            out.append("\u001B[").append(number).append('m');
        }
    }

    /// Skips `FG` or `FG,BG`.
    private static int afterColours(String text, int from, int digits, IntPredicate isDigit) {
        var at = afterDigits(text, from, digits, isDigit);
        if (at > from && at + 1 < text.length() && text.charAt(at) == ',') {
            var second = afterDigits(text, at + 1, digits, isDigit);
            return second > at + 1 ? second : at;
        }
        return at;
    }

    private static int afterDigits(String text, int from, int digits, IntPredicate isDigit) {
        var at = from;
        while (at < text.length() && at < from + digits && isDigit.test(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDecimal(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(int c) {
        return isDecimal(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
