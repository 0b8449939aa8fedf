package chat.parley.client;

import java.io.IOException;

/// The daemon ended the session, or says nothing any more.
final class Ended extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean isSilence;

    private Ended(String why, boolean isSilence) {
        super(why);
        this.isSilence = isSilence;
    }

    Ended(String why) {
        this(why, false);
    }

    static Ended silent(String why) {
        return new Ended(why, true);
    }

    /// Whether it said nothing, not even that it ends.
    boolean isSilence() {
        return isSilence;
    }
}
