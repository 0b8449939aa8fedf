package chat.parley.client.link;

/// Whether the one who answered is the one who was meant.
public sealed interface Verdict {

    record Trusted() implements Verdict {}

    /// Nobody vouches for this key and it was never seen.
    ///
    /// @param why why no authority vouches for it
    record Unknown(Fingerprint key, String why) implements Verdict {}

    /// Another key was accepted for this server before.
    record Changed(Fingerprint known, Fingerprint presented) implements Verdict {}

    /// What was asked for by `--ca` or `--pin` does not hold; there is nothing to ask.
    record Refused(Fingerprint key, String why) implements Verdict {}
}
