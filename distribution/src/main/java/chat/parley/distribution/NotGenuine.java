package chat.parley.distribution;

import java.io.Serial;

/// A jar is not, byte for byte, what its signer signed. The build ends here: there is nothing to
/// retry.
final class NotGenuine extends Exception {

    @Serial private static final long serialVersionUID = 1;

    NotGenuine(String jar, String what) {
        super(jar + ": " + what);
    }
}
