package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import java.util.List;

/// What a device was not told of a stream.
///
/// @param newest the newest messages, oldest first
/// @param older how many there are before them that are too many; [#MANY] if they are more
public record Missed(Stream stream, List<Kept> newest, int older) {

    /// Nobody counts on: looking at them all would take its time.
    public static final int MANY = 10_000;

    public Missed {
        newest = List.copyOf(newest);
    }

    public static Missed none(Stream stream) {
        return new Missed(stream, List.of(), 0);
    }

    public boolean isEmpty() {
        return newest.isEmpty() && older == 0;
    }
}
