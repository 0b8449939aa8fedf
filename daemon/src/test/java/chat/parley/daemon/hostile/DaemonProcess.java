package chat.parley.daemon.hostile;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A daemon in a process of its own, to be killed.
public final class DaemonProcess implements AutoCloseable {

    /// For [#limitFiles]: no limit.
    static final long UNLIMITED = -1;

    private static final Pattern PORTS = Pattern.compile("listening .*ports=\"?\\[?(\\d+).*");

    private static final Pattern GENERATION = Pattern.compile("total \\d+K, used (\\d+)K");

    private final Process process;
    private final ConcurrentLinkedDeque<String> said = new ConcurrentLinkedDeque<>();
    private final int port;

    /// Returns once it listens.
    ///
    /// @param flags more for the virtual machine
    public DaemonProcess(Path conf, String... flags) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmn24m",
                        "-XX:MarkSweepDeadRatio=0",
                        "-Djdk.virtualThreadScheduler.parallelism="
                                + Math.max(2, Runtime.getRuntime().availableProcessors()),
                        "-Dlogback.configurationFile="
                                + Path.of("..", "conf", "logback.xml").toAbsolutePath()));
        command.addAll(List.of(flags));
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "chat.parley.daemon.Main",
                        "--config",
                        conf.toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var lines = process.inputReader(StandardCharsets.UTF_8);
        port = portIn(lines);
        Thread.startVirtualThread(() -> lines.lines().forEach(said::add));
    }

    private int portIn(BufferedReader lines) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            var listening = PORTS.matcher(line);
            if (listening.find()) {
                return Integer.parseInt(listening.group(1));
            }
        }
        throw new AssertionError("it did not start:\n" + String.join("\n", said));
    }

    /// Logged in and past the burst.
    Wire login(String account, String capabilities) {
        return login(account, account, capabilities);
    }

    /// The same as one device of the account.
    ///
    /// @param name the account, or `account@device`
    Wire login(String name, String account, String capabilities) {
        var wire = Wire.connect(port, InetAddress.getLoopbackAddress());
        if (!capabilities.isEmpty()) {
            wire.send("CAP REQ :" + capabilities);
        }
        wire.send("LOGIN " + name + " " + TestDaemon.passwordOf(account));
        wire.settle();
        return wire;
    }

    /// Over TLS, nothing said yet.
    ///
    /// @param address in digits: any of 127.0.0.0/8
    Wire connectFrom(String address) {
        return Wire.connect(port, InetAddress.ofLiteral(address));
    }

    /// Tells it to stop in good order, and waits for that.
    public void stop() {
        process.toHandle().destroy(); // Process.destroy() would close its output under its reader
        process.onExit().join();
    }

    /// `kill -9`.
    void kill() {
        process.destroyForcibly();
    }

    /// `kill -STOP`: it does nothing any more, and holds all it has.
    void freeze() throws IOException {
        run("kill", "-STOP", Long.toString(process.pid()));
    }

    /// No file of it grows beyond this many bytes from now on; writing more fails.
    void limitFiles(long bytes) throws IOException {
        var most = bytes == UNLIMITED ? "unlimited" : Long.toString(bytes);
        run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + most + ":unlimited");
    }

    public int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// How many files and sockets it has open.
    int descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return (int) open.count();
        }
    }

    /// It may have no more than this many open at once.
    void limitDescriptors(int most) throws IOException {
        run("prlimit", "--pid", Long.toString(process.pid()), "--nofile=" + most + ":" + most);
    }

    /// What it has used of the processors so far.
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /// What lives in its heap, in bytes, with the garbage taken away.
    long heapInUse() throws IOException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var pid = Long.toString(process.pid());
        run(tool, pid, "GC.run");
        return GENERATION
                        .matcher(run(tool, pid, "GC.heap_info"))
                        .results()
                        .mapToLong(one -> Long.parseLong(one.group(1)))
                        .sum()
                * 1024;
    }

    /// What it has in the machine's memory, in bytes.
    long rss() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                * 1024;
    }

    long timesSaid(String words) {
        return said.stream().filter(line -> line.contains(words)).count();
    }

    /// Returns once a line with these words is in its log.
    void awaitSaid(String words) throws InterruptedException {
        for (var tries = 0; timesSaid(words) == 0; tries++) {
            if (tries == 2_000) {
                throw new AssertionError("it did not say " + words + ":\n" + said());
            }
            TimeUnit.MILLISECONDS.sleep(10); // its log is all there is to look at
        }
    }

    private static String run(String... command) throws IOException {
        var done = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(done.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (done.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    /// All it printed.
    String said() {
        return String.join("\n", said);
    }

    @Override
    public void close() {
        kill();
        process.onExit().join();
    }
}
