package chat.parley.distribution;

import java.io.Serial;

/// A jar is not packed: it is not, byte for byte, what its signer signed or what somebody once
/// looked at, or nobody knows its licence. The build ends here: there is nothing to retry.
final class Refused extends Exception {

    @Serial private static final long serialVersionUID = 1;

    Refused(String jar, String what) {
        super(jar + ": " + what);
    }
}
