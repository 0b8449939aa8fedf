package chat.parley.daemon.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;

/// What it costs to read and to search the channel that [Stored] made: one session asks over TLS,
/// one request after the other, and waits for the whole answer. Then how long talking takes while
/// nobody reads, and while some sessions do nothing else. Prints a line of figures for each.
final class Reading {

    private static final String CHANNEL = Stored.CHANNEL;
    private static final int WARM_UP = 50;
    private static final int READERS = 4;
    private static final Pattern MSGID = Pattern.compile("msgid=([0-9a-z]+)-([0-9a-z]+)");

    private final int port;
    private final int messages;
    private final int requests;
    private final Random random = new Random(7);

    private Reading(int port, int messages, int requests) {
        this.port = port;
        this.messages = messages;
        this.requests = requests;
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println("Reading PORT MESSAGES REQUESTS");
            System.exit(2);
        }
        var n = Arrays.stream(args).map(Integer::parseInt).toList();
        new Reading(n.get(0), n.get(1), n.get(2)).all();
        System.exit(0);
    }

    private void all() throws Exception {
        var asking = new Asking("bench0", port);
        asking.answer("CHATHISTORY LATEST " + CHANNEL + " * 1");
        var stream = asking.stream;
        measure(asking, "history", "latest", () -> "CHATHISTORY LATEST " + CHANNEL + " * 100");
        measure(asking, "history", "before", () -> page("BEFORE", stream));
        measure(asking, "history", "around", () -> page("AROUND", stream));
        measure(asking, "search", "one-word", () -> "SEARCH text=" + words(1));
        measure(asking, "search", "two-words", () -> "SEARCH text=" + words(2));
        measure(
                asking,
                "search",
                "from",
                () -> {
                    var number = number();
                    return "SEARCH from=%s;text=%s"
                            .formatted(Stored.nick(number), Stored.words(number)[0]);
                });
        measure(asking, "search", "in-channel", () -> "SEARCH in=" + CHANNEL + ";text=" + words(1));
        talking("calm", 0, stream);
        talking("while-read", READERS, stream);
    }

    private int number() {
        return 1 + random.nextInt(messages);
    }

    private String page(String part, String stream) {
        return "CHATHISTORY %s %s msgid=%s-%s 100"
                .formatted(part, CHANNEL, stream, Integer.toString(number(), Character.MAX_RADIX));
    }

    /// Words that one message has.
    private String words(int count) {
        var all = Stored.words(number());
        return String.join("\\s", Arrays.asList(all).subList(0, count));
    }

    private void measure(Asking asking, String kind, String what, Supplier<String> request)
            throws IOException {
        for (var i = 0; i < WARM_UP; i++) {
            asking.answer(request.get());
        }
        var nanos = new long[requests];
        var lines = 0;
        for (var i = 0; i < requests; i++) {
            var asked = request.get();
            var began = System.nanoTime();
            lines += asking.answer(asked);
            nanos[i] = System.nanoTime() - began;
        }
        System.out.printf(
                Locale.ROOT,
                "%-10s what=%s stored=%d requests=%d lines=%d %s%n",
                kind,
                what,
                messages,
                requests,
                lines,
                figures(nanos));
    }

    private static String figures(long[] nanos) {
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT,
                "median-ms=%.1f p95-ms=%.1f p99-ms=%.1f",
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 95 / 100] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6);
    }

    /// From saying to hearing oneself, which is after it is on the disk.
    private void talking(String what, int readers, String stream) throws Exception {
        var done = new CountDownLatch(1);
        var reading = new ArrayList<Thread>();
        for (var i = 1; i <= readers; i++) {
            var reader = new Asking("bench" + i, port);
            reading.add(Thread.ofVirtual().start(() -> read(reader, stream, done)));
        }
        var talker = new Asking("bench9", port);
        var nanos = new long[5 * requests];
        for (var i = 0; i < nanos.length; i++) {
            var began = System.nanoTime();
            talker.send("PRIVMSG #talk :" + i);
            talker.until(" PRIVMSG #talk :" + i);
            nanos[i] = System.nanoTime() - began;
            Thread.sleep(2);
        }
        done.countDown();
        for (var one : reading) {
            one.join();
        }
        System.out.printf(
                Locale.ROOT,
                "%-10s what=%s readers=%d messages=%d %s%n",
                "talking",
                what,
                readers,
                nanos.length,
                figures(nanos));
    }

    private void read(Asking reader, String stream, CountDownLatch done) {
        try {
            while (done.getCount() > 0) {
                reader.answer(page("BEFORE", stream));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A session that asks and waits. For one thread.
    private static final class Asking {

        private final OutputStream out;
        private final BufferedReader in;
        private String stream = ""; // of the message heard last, as its msgid has it

        Asking(String name, int port) throws IOException {
            var socket =
                    (SSLSocket)
                            Crowd.Trusting.CONTEXT
                                    .getSocketFactory()
                                    .createSocket("localhost", port);
            socket.setTcpNoDelay(true);
            out = socket.getOutputStream();
            in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            send(
                    "CAP REQ :batch message-tags server-time echo-message draft/chathistory"
                            + " soju.im/search");
            send("LOGIN " + name + " " + name + "-bench-secret");
            send("JOIN " + CHANNEL + ",#talk");
            send("PING in");
            until(" PONG ");
        }

        void send(String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        /// How many lines there are in the answer's batch.
        int answer(String request) throws IOException {
            send(request);
            var lines = 0;
            until(" BATCH +");
            for (var line = next(); !line.contains(" BATCH -"); line = next()) {
                lines++;
                var id = MSGID.matcher(line);
                if (id.find()) {
                    stream = id.group(1);
                }
            }
            return lines;
        }

        void until(String part) throws IOException {
            for (var line = next(); !line.contains(part); line = next()) {
                if (line.contains(" FAIL ")) {
                    throw new IOException(line);
                }
            }
        }

        private String next() throws IOException {
            var line = in.readLine();
            if (line == null) {
                throw new IOException("closed");
            }
            return line;
        }
    }
}
