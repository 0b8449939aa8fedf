package chat.parley.client.link;

/// Whether the one who answered is the one who was meant.
public sealed interface Verdict {

    /// @param by who or what says so
    record Trusted(String by) implements Verdict {}

    /// Nobody vouches for this key and it was never seen.
    record Unknown(Fingerprint key, Doubt doubt) implements Verdict {}

    /// Another key was accepted for this server before.
    ///
    /// @param where file and line of the known one
    record Changed(Fingerprint known, Fingerprint presented, String where) implements Verdict {}

    /// What was asked for by `--ca` or `--fingerprint` does not hold; there is nothing to ask.
    record Refused(Fingerprint key, Doubt doubt) implements Verdict {}
}
