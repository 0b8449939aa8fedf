package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import java.io.IOException;
import java.util.List;

/// What channels are called. Any thread may ask; it waits for the log's own thread.
public interface ChannelNames {

    /// Whether a channel of this name was ever set up, or has anything in the log.
    boolean isTaken(String folded) throws IOException, InterruptedException;

    /// Gives a channel another name, with all that is kept of it: how it is set up, what was said,
    /// who is in it while away, how far everybody has read and every device was told. The numbers
    /// of its entries and their msgids stay. All of it or nothing, together with the entries, which
    /// are appended under the new name; returns once it is durable.
    ///
    /// @param folded how it was called
    /// @param name how it is called from now on; nothing else may be called so
    List<Kept> rename(String folded, String name, List<Entry> entries)
            throws IOException, InterruptedException;
}
