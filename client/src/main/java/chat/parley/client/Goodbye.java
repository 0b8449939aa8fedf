package chat.parley.client;

import chat.parley.client.link.Link;

/// Says goodbye to the daemon when the person interrupts, so that others see a leave and not a
/// loss.
///
/// Runs on the JVM's shutdown thread; closing it takes it back.
final class Goodbye implements AutoCloseable {

    private final Thread hook;

    private Goodbye(Thread hook) {
        this.hook = hook;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static Goodbye onInterrupt(Link link) {
        return new Goodbye(
                new Thread(
                        () -> {
                            try {
                                link.leave("");
                            } catch (InterruptedException _) {
                                link.close();
                            }
                        },
                        "goodbye"));
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // it is running already
        }
    }
}
