package chat.parley.daemon.limit;

/// A task that [Deadlines] will run later, unless it is called off first.
public interface Alarm {

    /// Calls it off. A task that has begun is not stopped. Any thread; may be called again.
    void cancel();
}
