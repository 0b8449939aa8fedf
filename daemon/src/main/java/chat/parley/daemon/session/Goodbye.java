package chat.parley.daemon.session;

import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Why a session ends, and its last line. Any thread.
final class Goodbye {

    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final Connection connection;
    private final Outbound outbound;
    private final Pulse pulse;
    private volatile @Nullable Thread reader;

    Goodbye(Connection connection, Outbound outbound, Pulse pulse) {
        this.connection = connection;
        this.outbound = outbound;
        this.pulse = pulse;
    }

    /// From now on.
    void readBy(Thread thread) {
        reader = thread;
    }

    /// The first reason counts. The reader itself says goodbye when it is done; for anybody else
    /// the writer says it at once, closes the connection, and so frees the reader.
    void because(Ending why) {
        if (ending.compareAndSet(null, why)) {
            pulse.ending(System.nanoTime());
            if (!Thread.currentThread().equals(reader)) {
                say(why);
            }
        }
    }

    /// Why it ends, if it does.
    Optional<Ending> reason() {
        return Optional.ofNullable(ending.get());
    }

    boolean isDue() {
        return ending.get() != null;
    }

    void say(Ending why) {
        var text =
                "Closing link: "
                        + connection.address().getHostAddress()
                        + " ("
                        + why.forPeer()
                        + ")";
        outbound.close(MessagePrinter.bytes(Message.of("ERROR", text)), why.sendsWhatWaits());
    }
}
