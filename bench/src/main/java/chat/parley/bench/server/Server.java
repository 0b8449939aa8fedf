package chat.parley.bench.server;

import chat.parley.bench.crowd.LoginWay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A server that runs, started by us or by somebody else.
public final class Server implements AutoCloseable {

    private static final int START_SECONDS = 30;
    private static final int STOP_SECONDS = 30;

    private final String name;
    private final String version;
    private final InetSocketAddress address;
    private final LoginWay way;
    private final @Nullable Process started;
    private final ServerProcess process;
    private final double startMillis;

    private Server(
            String name,
            String version,
            InetSocketAddress address,
            LoginWay way,
            @Nullable Process started,
            ServerProcess process,
            double startMillis) {
        this.name = name;
        this.version = version;
        this.address = address;
        this.way = way;
        this.started = started;
        this.process = process;
        this.startMillis = startMillis;
    }

    /// One that runs already.
    public static Server elsewhere(String name, InetSocketAddress address, LoginWay way, long pid) {
        return new Server(name, "", address, way, null, new ServerProcess(pid), 0);
    }

    /// What to start.
    ///
    /// @param work where it runs
    /// @param log where what it prints goes
    record Launch(
            String name,
            String version,
            int port,
            LoginWay way,
            List<String> command,
            Path work,
            Path log) {}

    /// Starts one and waits until it accepts connections.
    static Server start(Launch launch) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(launch.command())
                        .directory(launch.work().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        var began = System.nanoTime();
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-" + launch.name()));
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), launch.port());
        awaitListening(launch, process, address);
        return new Server(
                launch.name(),
                launch.version(),
                address,
                launch.way(),
                process,
                new ServerProcess(process.pid()),
                (System.nanoTime() - began) / 1e6);
    }

    private static void awaitListening(Launch launch, Process process, InetSocketAddress address)
            throws IOException, InterruptedException {
        var patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            if (!process.isAlive()) {
                throw new IOException(launch.name() + " did not start; see " + launch.log());
            }
            try (var probe = new Socket()) {
                probe.connect(address, 1_000);
                return;
            } catch (IOException e) {
                if (System.nanoTime() - patience > 0) {
                    process.destroy();
                    throw new IOException(launch.name() + " does not listen; see " + launch.log());
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// A port that nobody listens on.
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public String name() {
        return name;
    }

    public String version() {
        return version;
    }

    public InetSocketAddress address() {
        return address;
    }

    public LoginWay way() {
        return way;
    }

    public ServerProcess process() {
        return process;
    }

    /// From being started to accepting connections; zero for one that ran already.
    public double startMillis() {
        return startMillis;
    }

    /// Stops it, if it was started by us.
    @Override
    public void close() {
        if (started != null) {
            started.destroy();
            try {
                if (!started.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    started.destroyForcibly();
                }
            } catch (InterruptedException _) {
                started.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
