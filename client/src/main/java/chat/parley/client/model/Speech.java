package chat.parley.client.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a person typed, as texts that fit into lines.
public final class Speech {

    private Speech() {}

    /// Without what would break the line or do something to another's terminal.
    public static String sayable(String typed) {
        var words = new StringBuilder(typed.length());
        typed.codePoints()
                .map(c -> c == '\t' ? ' ' : c)
                .filter(c -> !Character.isISOControl(c))
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .forEach(words::appendCodePoint);
        return words.toString().stripTrailing();
    }

    /// The lines of a text, each [#sayable], without blank ones at either end.
    public static List<String> sayableLines(String typed) {
        var lines = new ArrayList<>(typed.lines().map(Speech::sayable).toList());
        while (!lines.isEmpty() && lines.getFirst().isBlank()) {
            lines.removeFirst();
        }
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
        return List.copyOf(lines);
    }

    /// A text in pieces that are the text again when put together (IRCv3 multiline-concat).
    static List<String> exactPieces(String text, int bytes) {
        var pieces = new ArrayList<String>();
        var rest = text;
        while (length(rest) > bytes) {
            var cut = cut(rest, bytes);
            pieces.add(rest.substring(0, cut));
            rest = rest.substring(cut);
        }
        pieces.add(rest);
        return List.copyOf(pieces);
    }

    /// A text in pieces: cut between words where that is possible, never inside a character.
    ///
    /// @param bytes the longest piece, in bytes of UTF-8; at least 4, the longest character
    public static List<String> pieces(String text, int bytes) {
        if (bytes < 4) {
            throw new IllegalArgumentException("no room for a character: " + bytes);
        }
        var pieces = new ArrayList<String>();
        var rest = text;
        while (length(rest) > bytes) {
            var cut = cut(rest, bytes);
            pieces.add(rest.substring(0, cut).stripTrailing());
            rest = rest.substring(cut).stripLeading();
        }
        if (!rest.isEmpty() || pieces.isEmpty()) {
            pieces.add(rest);
        }
        pieces.removeIf(piece -> piece.isEmpty() && !text.isEmpty());
        return List.copyOf(pieces);
    }

    /// How much of the text goes into one piece.
    private static int cut(String text, int bytes) {
        var at = 0;
        var space = 0;
        var used = 0;
        while (at < text.length()) {
            var c = text.codePointAt(at);
            used += length(c);
            if (used > bytes) {
                break;
            }
            at += Character.charCount(c);
            if (c == ' ') {
                space = at;
            }
        }
        // A word longer than half a line is cut: better than lines that are nearly empty.
        return space > at / 2 ? space : at;
    }

    private static int length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
