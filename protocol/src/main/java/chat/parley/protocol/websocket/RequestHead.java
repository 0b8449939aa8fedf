package chat.parley.protocol.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The head of an HTTP request: its line and its header fields. RFC 9112 3 and 5.
///
/// @param target as it was sent: a path, perhaps with a query
/// @param fields in their order
public record RequestHead(String method, String target, List<Field> fields) {

    /// What came instead of nothing.
    public sealed interface Read {

        record Good(RequestHead head) implements Read {}

        record Bad(Refusal why) implements Read {}
    }

    /// @param name in lower case
    /// @param value without the spaces round it; a byte that is not ASCII is a character of its own
    public record Field(String name, String value) {}

    /// The request line, in bytes.
    static final int LONGEST_LINE = 2 * 1024;

    /// All of it, in bytes: browsers send the cookies of every port of a host.
    static final int LONGEST = 16 * 1024;

    static final int MOST_FIELDS = 100;

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /// RFC 9112 3; only what begins with a path is of use here.
    private static final Pattern REQUEST_LINE =
            Pattern.compile("(" + TOKEN + ") ([!-~]+) HTTP/(\\d\\.\\d)");

    /// Visible, a space, a tab, or not ASCII: RFC 9110 5.5.
    private static final Pattern VALUE = Pattern.compile("[\\t -~\\x80-\\xff]*");

    public RequestHead {
        fields = List.copyOf(fields);
    }

    /// Waits for a whole head, and reads no byte more.
    ///
    /// @throws EOFException if the stream ends before
    public static Read read(InputStream in) throws IOException {
        var lines = new Lines(in);
        var first = lines.next(LONGEST_LINE);
        if (first.isEmpty()) {
            return new Read.Bad(Refusal.TARGET_TOO_LONG);
        }
        var request = REQUEST_LINE.matcher(first.get());
        if (!request.matches()) {
            return new Read.Bad(Refusal.NOT_HTTP);
        }
        if (!request.group(3).equals("1.1")) {
            return new Read.Bad(Refusal.HTTP_VERSION);
        }
        var fields = new ArrayList<Field>();
        while (true) {
            var line = lines.next(LONGEST);
            if (line.isEmpty() || fields.size() > MOST_FIELDS) {
                return new Read.Bad(Refusal.TOO_LARGE);
            }
            if (line.get().isEmpty()) {
                return new Read.Good(new RequestHead(request.group(1), request.group(2), fields));
            }
            var field = field(line.get());
            if (field.isEmpty()) {
                return new Read.Bad(Refusal.BAD_REQUEST);
            }
            fields.add(field.get());
        }
    }

    /// A line that goes on with the one before it is none: RFC 9112 5.2 lets it be refused.
    private static Optional<Field> field(String line) {
        var colon = line.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        var name = line.substring(0, colon);
        var value = line.substring(colon + 1);
        return TOKEN.matcher(name).matches() && VALUE.matcher(value).matches()
                ? Optional.of(new Field(name.toLowerCase(Locale.ROOT), trimmed(value)))
                : Optional.empty();
    }

    private static String trimmed(String value) {
        var from = 0;
        var to = value.length();
        while (from < to && isSpace(value.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /// All values of a field.
    ///
    /// @param name in lower case
    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    /// All words of a field that is a list: RFC 9110 5.6.1.
    List<String> words(String name) {
        return values(name).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(RequestHead::trimmed)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /// The head line by line, with a bound on all of it.
    private static final class Lines {

        private final InputStream in;
        private int left = LONGEST;

        Lines(InputStream in) {
            this.in = in;
        }

        /// The next line without its CR LF; LF alone will do (RFC 9112 2.2). Empty if it is longer.
        Optional<String> next(int longest) throws IOException {
            var line = new StringBuilder();
            while (line.length() < longest && left > 0) {
                var one = in.read();
                if (one < 0) {
                    throw new EOFException("the stream ends inside a request");
                }
                left--;
                if (one == '\n') {
                    var end = line.length() - 1;
                    return Optional.of(
                            end >= 0 && line.charAt(end) == '\r'
                                    ? line.substring(0, end)
                                    : line.toString());
                }
                line.append((char) one);
            }
            return Optional.empty();
        }
    }
}
