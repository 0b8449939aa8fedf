package chat.parley.protocol;

import java.util.Optional;

/// Who somebody says they are, and the password that shows it. Whoever gets one closes it.
public record Credentials(String account, Secret password) implements AutoCloseable {

    /// From the parameters of `PASS account:password`; wiped here.
    public static Optional<Credentials> ofPass(Secret params) {
        return split(params, ':');
    }

    /// From the parameters of `LOGIN account password`; wiped here. A password with spaces needs no
    /// colon before it: it is the rest of the line.
    public static Optional<Credentials> ofLogin(Secret params) {
        return split(params, ' ');
    }

    private static Optional<Credentials> split(Secret params, char separator) {
        try (params) {
            var chars = params.reveal();
            var from = chars.length > 0 && chars[0] == ':' ? 1 : 0;
            var middle = from;
            while (middle < chars.length && chars[middle] != separator) {
                middle++;
            }
            var password = middle + 1;
            while (separator == ' ' && password < chars.length && chars[password] == ' ') {
                password++;
            }
            if (separator == ' ' && password < chars.length && chars[password] == ':') {
                password++; // the wire's mark of a last parameter
            }
            if (middle == from || password >= chars.length) {
                return Optional.empty();
            }
            return Optional.of(
                    new Credentials(
                            new String(chars, from, middle - from),
                            params.slice(password, chars.length)));
        }
    }

    @Override
    public void close() {
        password.close();
    }

    @Override
    public String toString() {
        return "Credentials[" + account + "]";
    }
}
