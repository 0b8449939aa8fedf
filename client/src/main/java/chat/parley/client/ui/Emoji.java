package chat.parley.client.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The names of emoji: `:tea:` is said as the character. What no name is stays as it was typed.
///
/// Read from `emoji.txt` when the first is asked for.
public final class Emoji {

    /// A name begins and ends outside of words, so that a time or an address has none.
    private static final Pattern NAME =
            Pattern.compile("(?<![\\p{L}\\p{N}/]):([a-z0-9_+-]{1,40}):(?![\\p{L}\\p{N}/])");

    /// Read once: a holder's fields are set when it is first touched.
    private static final class Known {
        static final SortedMap<String, String> NAMES = read();
    }

    private Emoji() {}

    /// The text with each known name as its character.
    public static String said(String text) {
        return text.indexOf(':') < 0 ? text : NAME.matcher(text).replaceAll(Emoji::character);
    }

    /// By name, without colons.
    static SortedMap<String, String> named() {
        return Known.NAMES;
    }

    private static String character(MatchResult found) {
        return named().getOrDefault(found.group(1), found.group());
    }

    private static SortedMap<String, String> read() {
        var names = new TreeMap<String, String>();
        try (var in =
                Objects.requireNonNull(
                        Emoji.class.getResourceAsStream("emoji.txt"), "emoji.txt is missing")) {
            text(in).lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .forEach(parts -> names.put(parts[0], parts[1]));
        } catch (IOException e) { // of our own jar
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableSortedMap(names);
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
