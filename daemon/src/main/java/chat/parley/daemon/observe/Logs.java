package chat.parley.daemon.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Sets logging up; called once, first thing in a program's `main`.
public final class Logs {

    private Logs() {}

    /// For the daemon: what libraries say through `java.util.logging`, Bouncy Castle above all,
    /// goes where everything goes and is filtered by `conf/logback.xml`.
    public static void install() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /// For a tool that says on its own what there is to say: nothing but errors is logged.
    public static void quiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
        }
        install();
    }
}
