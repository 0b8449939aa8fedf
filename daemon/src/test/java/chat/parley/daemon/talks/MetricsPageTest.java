package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.ConfigLoader;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.observe.Metric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The numbers of a whole daemon, as Prometheus gets them.
@Timeout(120)
class MetricsPageTest {

    private static final String LISTEN = "parley.metrics.listen = [\"127.0.0.1:0\"]";

    @TempDir Path dir;

    private static String ask(TestDaemon daemon, String request) {
        try (var socket = socket(daemon)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Socket socket(TestDaemon daemon) throws IOException {
        var socket =
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        daemon.daemon().metricsPorts().getFirst());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static String get(TestDaemon daemon, String path) {
        return ask(
                daemon,
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    private static double number(String page, String sample) {
        return page.lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(sample + " in\n" + page));
    }

    @Test
    void tells_what_happens_by_numbers_that_fit() {
        try (var daemon = new TestDaemon(dir, LISTEN).account("ann").account("bob");
                var ann = daemon.login("ann", "echo-message");
                var bob = daemon.login("bob")) {
            ann.send("PRIVMSG #lobby :hello");
            bob.expect(":ann!* PRIVMSG #lobby :hello");
            ann.settle();
            try (var wire = daemon.connect()) {
                wire.send("LOGIN ann wrong-horse");
                wire.settle();
                var page = get(daemon, "/metrics");
                assertTrue(page.startsWith("HTTP/1.1 200 OK"), page);
                assertEquals(2, number(page, "parley_connections{state=\"logged_in\"}"));
                assertEquals(1, number(page, "parley_connections{state=\"before_login\"}"));
                assertEquals(2, number(page, "parley_users"));
                assertEquals(1, number(page, "parley_channels"));
                assertEquals(2, number(page, "parley_logins_total{result=\"accepted\"}"));
                assertEquals(1, number(page, "parley_logins_total{result=\"refused\"}"));
                assertTrue(number(page, "parley_messages_stored_total") >= 1, page);
                assertTrue(number(page, "parley_commit_seconds_count") >= 1, page);
                assertTrue(number(page, "parley_deliveries_total") >= 2, page);
                assertTrue(number(page, "parley_sent_bytes_total") >= 100, page);
                assertTrue(number(page, "parley_database_bytes") > 4_096, page);
                assertTrue(number(page, "parley_hash_price_seconds") > 0, page);
                assertTrue(number(page, "parley_audit_lines_total") >= 1, page);
                assertTrue(number(page, "parley_jvm_memory_bytes{of=\"heap_used\"}") > 1e6, page);
                assertTrue(number(page, "parley_process_max_fds") > 10, page);
                assertEquals(1, number(page, "parley_healthy"));
                assertFalse(page.contains("bob") || page.contains("127.0.0.1"), page);
            }
            ann.send("QUIT");
            ann.expectClosed();
        }
    }

    /// The grammar of https://prometheus.io/docs/instrumenting/exposition_formats/
    @Test
    void is_in_the_form_that_Prometheus_reads() {
        try (var daemon = new TestDaemon(dir, LISTEN)) {
            var page = get(daemon, "/metrics");
            var text = page.substring(page.indexOf("\r\n\r\n") + 4);
            var sample =
                    Pattern.compile(
                            "[a-z_]+(\\{[a-z_]+=\"([^\"\\\\\n]|\\\\.)*\"\\})?"
                                    + " (-?[0-9.]+(E-?[0-9]+)?|NaN)");
            var wrong =
                    text.lines()
                            .filter(line -> !line.matches("# (HELP|TYPE) parley_[a-z_]+ .+"))
                            .filter(line -> !sample.matcher(line).matches())
                            .toList();
            assertEquals(List.of(), wrong);
            assertTrue(text.endsWith("\n"));
            assertTrue(page.contains("Content-type: text/plain; version=0.0.4"), page);
        }
    }

    @Test
    void says_whether_it_is_well() {
        try (var daemon = new TestDaemon(dir, LISTEN)) {
            assertTrue(get(daemon, "/healthz").endsWith("\r\n\r\nok\n"));
        }
    }

    @Test
    void says_that_the_audit_log_cannot_be_written_and_when_it_can_again() throws Exception {
        try (var daemon = new TestDaemon(dir, LISTEN).account("ann")) {
            var inTheWay = Files.createDirectory(dir.resolve("data/audit/000002.jsonl"));
            daemon.login("ann").close();
            untilHealth(daemon, "the audit log cannot be written\n");
            assertEquals(0, number(get(daemon, "/metrics"), "parley_healthy"));

            Files.delete(inTheWay);
            untilHealth(daemon, "ok\n");
        }
    }

    private static void untilHealth(TestDaemon daemon, String end) {
        while (!get(daemon, "/healthz").endsWith("\r\n\r\n" + end)) {
            Thread.onSpinWait(); // the timeout of the test ends it
        }
    }

    @Test
    void answers_nothing_else() {
        try (var daemon = new TestDaemon(dir, LISTEN)) {
            var end = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            assertTrue(ask(daemon, "GET /" + end).startsWith("HTTP/1.1 404 "));
            assertTrue(ask(daemon, "GET /metrics/../etc" + end).startsWith("HTTP/1.1 404 "));
            assertTrue(ask(daemon, "POST /metrics" + end).startsWith("HTTP/1.1 405 "));
            assertTrue(ask(daemon, "DELETE /healthz" + end).startsWith("HTTP/1.1 405 "));
            var head = ask(daemon, "HEAD /metrics" + end);
            assertTrue(head.startsWith("HTTP/1.1 200 ") && head.endsWith("\r\n\r\n"), head);
        }
    }

    /// A page in the admin's browser, whose name leads to 127.0.0.1.
    @Test
    void answers_no_name_but_that_of_this_machine() {
        try (var daemon = new TestDaemon(dir, LISTEN)) {
            for (var host : List.of("evil.example", "127.0.0.1.evil.example", "localhost.evil")) {
                var answer =
                        ask(
                                daemon,
                                "GET /metrics HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                        .formatted(host));
                assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
                assertFalse(answer.contains("parley_"), answer);
            }
        }
    }

    @Test
    void is_not_there_unless_it_is_asked_for() {
        try (var daemon = new TestDaemon(dir)) {
            assertEquals(List.of(), daemon.daemon().metricsPorts());
        }
    }

    @Test
    void is_never_where_others_reach_it() throws IOException {
        for (var address : List.of("0.0.0.0:0", "*:9667", "192.0.2.1:9667", "[::]:9667")) {
            var conf =
                    Files.writeString(
                            dir.resolve("parley.conf"),
                            "parley.metrics.listen = [\"%s\"]".formatted(address));
            var problem = assertThrows(ConfigProblem.class, () -> ConfigLoader.load(conf));
            assertTrue(
                    String.valueOf(problem.getMessage()).contains("there is no login"),
                    problem.getMessage());
        }
    }

    /// Who sends a byte now and then is cut off, and others are answered meanwhile.
    @Test
    void a_peer_that_drips_is_cut_off_and_holds_up_nobody_for_long() throws Exception {
        try (var daemon = new TestDaemon(dir, LISTEN)) {
            var drips = new ArrayList<Socket>();
            for (var i = 0; i < 3; i++) {
                var drip = socket(daemon);
                drip.getOutputStream()
                        .write("GET /metrics HTT".getBytes(StandardCharsets.US_ASCII));
                drips.add(drip);
            }
            assertTrue(get(daemon, "/healthz").endsWith("ok\n"));
            var begun = System.nanoTime();
            for (var drip : drips) {
                assertTrue(isClosed(drip));
                drip.close();
            }
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(40).toNanos());
        }
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException _) {
            return true;
        }
    }

    @Test
    void a_line_without_end_is_cut_off() {
        try (var daemon = new TestDaemon(dir, LISTEN)) {
            try {
                var answer =
                        ask(
                                daemon,
                                "GET /metrics HTTP/1.1\r\nX: " + "x".repeat(1 << 20) + "\r\n\r\n");
                assertFalse(answer.contains("parley_"), answer);
            } catch (AssertionError reset) {
                assertTrue(reset.getCause() instanceof SocketException, reset.toString());
            }
            assertTrue(get(daemon, "/healthz").endsWith("ok\n"));
        }
    }

    /// Every one has a row in OPERATING, and every row is of one.
    @Test
    void every_number_is_in_the_manual() throws IOException {
        var manual = Files.readString(Path.of("..", "docs", "OPERATING.md"));
        var rows =
                Pattern.compile("^\\| `(parley_[a-z_]+)`", Pattern.MULTILINE)
                        .matcher(manual)
                        .results()
                        .map(row -> row.group(1))
                        .toList();
        var known = Arrays.stream(Metric.values()).map(Metric::wire).toList();
        assertEquals(new TreeSet<>(known), new TreeSet<>(rows));
        assertEquals(rows.size(), new TreeSet<>(rows).size());
    }
}
