package chat.parley.daemon.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// `/metrics` for Prometheus and `/healthz` for whoever restarts what does not work, on loopback
/// addresses only: there is no login here, and the numbers tell who talks how much.
///
/// The JDK's HTTP server on a few platform threads of its own, with bounds on connections, headers
/// and time, so that a local program that does not behave harms this page and nothing else.
public final class MetricsServer implements AutoCloseable {

    /// A browser that was told that evil.example is 127.0.0.1 says so here.
    private static final Pattern LOCAL =
            Pattern.compile("(localhost|127\\.[0-9.]{5,11}|\\[::1])(:[0-9]{1,5})?");

    private static final int THREADS = 4;
    private static final int BACKLOG = 16;

    /// Read by the JDK once, when the first server is made. Times are in seconds.
    private static final Map<String, String> BOUNDS =
            Map.of(
                    "sun.net.httpserver.maxReqTime", "3",
                    "sun.net.httpserver.maxRspTime", "5",
                    "sun.net.httpserver.idleInterval", "10",
                    "sun.net.httpserver.maxIdleConnections", "4",
                    "sun.net.httpserver.maxReqHeaders", "32",
                    "sun.net.httpserver.maxReqHeaderSize", "8192",
                    "jdk.httpserver.maxConnections", "32");

    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    THREADS, Thread.ofPlatform().daemon().name("metrics-", 1).factory());
    private final Metrics metrics;
    private final Supplier<List<String>> troubles;

    private record Answer(int status, String type, String text) {}

    private MetricsServer(Metrics metrics, Supplier<List<String>> troubles) {
        this.metrics = metrics;
        this.troubles = troubles;
        JvmMetrics.in(metrics);
        metrics.gauge(Metric.HEALTHY, () -> troubles.get().isEmpty() ? 1 : 0);
    }

    /// @param listen loopback addresses
    /// @param troubles why the daemon does not do what it is there for; none if it does
    /// @throws IOException if an address cannot be had; then none is
    public static MetricsServer start(
            List<InetSocketAddress> listen, Metrics metrics, Supplier<List<String>> troubles)
            throws IOException {
        BOUNDS.forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                System.setProperty(key, value);
            }
        });
        var server = new MetricsServer(metrics, troubles);
        try {
            for (var address : listen) {
                server.open(address);
            }
            return server;
        } catch (IOException problem) {
            server.close();
            throw problem;
        }
    }

    private void open(InetSocketAddress address) throws IOException {
        if (!isLoopback(address)) {
            throw new IOException(address + " is no loopback address");
        }
        var server = HttpServer.create(address, BACKLOG);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        servers.add(server);
    }

    /// Whether only programs of this machine reach it.
    public static boolean isLoopback(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        return ip != null && ip.isLoopbackAddress();
    }

    /// The ports listened on, also those the system chose.
    public List<Integer> ports() {
        return servers.stream().map(server -> server.getAddress().getPort()).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answerTo(exchange);
            var bytes = answer.text.getBytes(StandardCharsets.UTF_8);
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", answer.type);
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            if (exchange.getRequestMethod().equals("HEAD")) {
                headers.set("Content-Length", Integer.toString(bytes.length));
                exchange.sendResponseHeaders(answer.status, -1);
            } else {
                exchange.sendResponseHeaders(answer.status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private Answer answerTo(HttpExchange exchange) {
        var method = exchange.getRequestMethod();
        var host = exchange.getRequestHeaders().getFirst("Host");
        if (host != null && !LOCAL.matcher(host).matches()) {
            return plain(403, "ask for 127.0.0.1 or localhost");
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return plain(405, "GET or HEAD");
        }
        return switch (exchange.getRequestURI().getPath()) {
            case "/metrics" -> new Answer(200, PrometheusText.TYPE, PrometheusText.of(metrics));
            case "/healthz" -> health();
            default -> plain(404, "/metrics or /healthz");
        };
    }

    private Answer health() {
        var found = troubles.get();
        return found.isEmpty() ? plain(200, "ok") : plain(503, String.join("\n", found));
    }

    private static Answer plain(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", text + "\n");
    }

    /// Answers nobody from now on.
    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
