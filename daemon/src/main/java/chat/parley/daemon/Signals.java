package chat.parley.daemon;

import java.lang.reflect.Proxy;

/// SIGTERM, SIGINT and SIGHUP as calls.
///
/// A shutdown hook would do for the first signal, but it could neither choose the exit code nor see
/// a second signal. `sun.misc.Signal` can; the compiler's warning about it cannot be turned off, so
/// this one file asks for it by name.
final class Signals {

    private Signals() {}

    /// @param onSignal called for each signal, on a thread of the JVM's; it must not wait
    static void onStop(Runnable onSignal) {
        on(onSignal, "TERM", "INT");
    }

    /// @param onSignal the same; until it is set the signal ends the process
    static void onHangup(Runnable onSignal) {
        on(onSignal, "HUP");
    }

    private static void on(Runnable onSignal, String... names) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (_, method, _) -> {
                                if (method.getName().equals("handle")) {
                                    onSignal.run();
                                }
                                return null;
                            });
            var handle = signal.getMethod("handle", signal, handler);
            for (var name : names) {
                handle.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM has no sun.misc.Signal", e);
        }
    }
}
