package chat.parley.daemon.store;

/// Hears how far something long is. Called on the thread that does it, often.
public interface Progress {

    /// @param what what is being done now, as one or two words: `copying`
    /// @param done how much of it is done
    /// @param all how much it is in all; 0 if that is not known
    void at(String what, long done, long all);
}
