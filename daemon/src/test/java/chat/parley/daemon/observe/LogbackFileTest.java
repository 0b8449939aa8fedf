package chat.parley.daemon.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.status.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `conf/logback.xml`, read by logback into a context of its own.
class LogbackFileTest {

    private static final Path FILE =
            Stream.of("../conf/logback.xml", "conf/logback.xml")
                    .map(Path::of)
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();

    @Test
    void logs_our_lines_to_the_console_and_keeps_libraries_quiet() throws Exception {
        var context = new LoggerContext();
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(FILE.toFile());
        try {
            var complaints =
                    context.getStatusManager().getCopyOfStatusList().stream()
                            .filter(status -> status.getLevel() >= Status.WARN)
                            .map(Status::getMessage)
                            .toList();
            assertEquals(List.of(), complaints);

            var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            assertEquals(Level.INFO, root.getLevel());
            assertEquals(
                    Level.ERROR, context.getLogger("org.bouncycastle.jsse.x").getEffectiveLevel());
            var console = assertInstanceOf(ConsoleAppender.class, root.getAppender("console"));
            var encoder = assertInstanceOf(LayoutWrappingEncoder.class, console.getEncoder());
            assertInstanceOf(LogLine.class, encoder.getLayout());
        } finally {
            context.stop();
        }
    }
}
