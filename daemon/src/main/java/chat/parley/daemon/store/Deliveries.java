package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Stream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How far each device of an account has been told what was said in channels, for those that cannot
/// ask; what two say to each other is in [DirectLog]. Any thread.
public interface Deliveries {

    /// @param account folded
    /// @param name what the account calls it; empty if it does not tell its devices apart
    record Device(String account, String name) {}

    /// @param sequence the newest entry that was queued to the device
    /// @param sureUntil what was kept from this moment on may not have arrived; empty if all did
    record Delivered(Device device, Stream stream, long sequence, Optional<Instant> sureUntil) {}

    /// Notes it some time soon, before anything that is asked later. A device never goes back.
    void delivered(List<Delivered> all) throws IOException, InterruptedException;

    /// The newest messages that the device was not told, up to an entry; oldest first. None for a
    /// device that was never here before.
    ///
    /// @param until the number of the last entry to look at
    Missed missed(Device device, Stream stream, long until, int limit)
            throws IOException, InterruptedException;
}
