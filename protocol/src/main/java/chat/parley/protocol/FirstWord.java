package chat.parley.protocol;

/// The first word of parameters that are secret, and what follows it. Which word it is, is found
/// out by comparing it: a password that somebody put in its place never becomes text.
///
/// Whoever gets one closes it.
///
/// @param rest without the wire's mark of a last parameter
public record FirstWord(Secret word, Secret rest) implements AutoCloseable {

    /// Takes copies: what was given stays the caller's.
    public static FirstWord of(Secret params) {
        var chars = params.reveal();
        var end = 0;
        while (end < chars.length && chars[end] != ' ') {
            end++;
        }
        var rest = end;
        while (rest < chars.length && chars[rest] == ' ') {
            rest++;
        }
        if (rest < chars.length && chars[rest] == ':') {
            rest++;
        }
        return new FirstWord(params.slice(0, end), params.slice(rest, chars.length));
    }

    @Override
    public void close() {
        word.close();
        rest.close();
    }

    @Override
    public String toString() {
        return "FirstWord[hidden]";
    }
}
