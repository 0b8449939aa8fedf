package chat.parley.bench.server;

import chat.parley.bench.crowd.LoginWay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The server of [chat.parley.bench.bare.Main], beside a daemon: the same certificate, the same
/// price of a password, the same JVM with the same flags.
public final class Bare {

    private static final String CLASS_PATH = "-cp";

    private Bare() {}

    /// @param work where the daemon was configured
    /// @param daemon that runs
    public static Server start(Path work, Server daemon) throws IOException, InterruptedException {
        var port = Server.freePort();
        var command = jvm(daemon.process().command());
        command.addAll(
                List.of(
                        CLASS_PATH,
                        System.getProperty("java.class.path"),
                        "chat.parley.bench.bare.Main",
                        Parley.file(work).toString(),
                        Integer.toString(port)));
        return Server.start(
                new Server.Launch(
                        "bare",
                        daemon.version(),
                        port,
                        LoginWay.NONE,
                        command,
                        work,
                        work.resolve("bare.log")));
    }

    /// A JVM and its flags, of a command that runs a class. What was kept for a faster start fits
    /// other jars only; a JVM that finds it unfit runs without.
    static List<String> jvm(List<String> command) throws IOException {
        var classPath = command.indexOf(CLASS_PATH);
        if (classPath < 1) {
            throw new IOException("no JVM with a class path: " + command);
        }
        return new ArrayList<>(command.subList(0, classPath));
    }
}
