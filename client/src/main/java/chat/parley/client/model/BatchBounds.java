package chat.parley.client.model;

/// What is too much of a batch (IRCv3 batch): how many, how long and how deep is the daemon's
/// choice. Of the conversation and of the modes for pipes alike.
public final class BatchBounds {

    /// Open at the same time.
    public static final int OPEN = 16;

    /// Messages of one.
    public static final int LONGEST = 1000;

    /// Their characters.
    public static final int HEAVIEST = 500_000;

    /// What each weighs besides: a part may only go on where the one before ended, and makes no
    /// line then.
    public static final int MESSAGE = 64;

    private BatchBounds() {}
}
