package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.Deliveries.Device;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// What accounts say to each other, and how far each device of an account was told of it: one
/// position for all its conversations, as a device does not know who will write to it next.
///
/// A position is a number that grows over all that is said, wherever that is: what was kept later
/// has a higher one, also after a restart. Any thread.
public interface DirectLog {

    /// @param newest the position behind all that was kept so far
    record Appended(List<Kept> kept, long newest) {}

    /// @param until the position behind all that the device was told
    record Told(Device device, long until) {}

    /// As [ChannelLog#append].
    Appended append(List<Entry> entries) throws IOException, InterruptedException;

    /// The position behind all that was kept so far.
    long newest() throws IOException, InterruptedException;

    /// Notes it some time soon, before anything that is asked later. A device never goes back.
    void told(List<Told> all) throws IOException, InterruptedException;

    /// What the device was not told of its account's conversations up to a position, one for each
    /// of them, the one that began to be missed first at the front. All of it for an account that
    /// was never here; none for a device that was not, while others of the account were.
    ///
    /// Of each conversation it is the newest; together they are what may wait for a peer at once,
    /// of which each conversation has its share, so that nobody's messages push out another's.
    ///
    /// @param since when the account was made
    /// @param limit how many at most for each conversation
    List<Missed> missed(Device device, Instant since, long until, int limit)
            throws IOException, InterruptedException;
}
