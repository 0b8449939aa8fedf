package chat.parley.bench.scenario;

import chat.parley.bench.report.Result;
import chat.parley.bench.server.Parley;
import chat.parley.bench.visit.Visitor;
import chat.parley.daemon.config.ConfigProblem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What it costs to read and to search a channel with a long history: one session asks over TLS,
/// one request after the other, and waits for the whole answer. Then how long talking takes while
/// nobody reads, and while some sessions do nothing else. Parley only.
@Command(name = "reading", description = "Pages of a long history, and words in it.")
public final class Reading implements Callable<Integer> {

    private static final String CHANNEL = Stored.CHANNEL;
    private static final int WARM_UP = 50;
    private static final int READERS = 4;
    private static final Pattern MSGID = Pattern.compile("msgid=([0-9a-z]+)-([0-9a-z]+)");

    @Option(names = "--stored", description = "Messages. Default: ${DEFAULT-VALUE}.")
    private int messages = 1_000_000;

    @Option(names = "--requests", description = "Of each kind. Default: ${DEFAULT-VALUE}.")
    private int requests = 200;

    private final Random random = new Random(7);

    @Override
    public Integer call() throws IOException, InterruptedException, ConfigProblem {
        var stored = Stored.of(messages);
        var parley = new Parley(Target.ROOT, "commit");
        try (var place = Workplace.make()) {
            var data = Parley.data(place.folder());
            Files.createDirectory(
                    data,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            Files.copy(stored.resolve("parley.db"), data.resolve("parley.db"));
            Files.setPosixFilePermissions(
                    data.resolve("parley.db"), PosixFilePermissions.fromString("rw-------"));
            parley.prepare(place.folder(), READERS + 2);
            try (var server = parley.again(place.folder())) {
                all(server.address());
            }
        }
        return 0;
    }

    private void all(InetSocketAddress server) throws IOException, InterruptedException {
        try (var asking = new Asking(server, 0)) {
            asking.answer("CHATHISTORY LATEST " + CHANNEL + " * 1");
            var stream = asking.stream;
            measure(asking, "latest", () -> "CHATHISTORY LATEST " + CHANNEL + " * 100");
            measure(asking, "before", () -> page(random, "BEFORE", stream));
            measure(asking, "around", () -> page(random, "AROUND", stream));
            measure(asking, "one-word", () -> "SEARCH text=" + words(1));
            measure(asking, "two-words", () -> "SEARCH text=" + words(2));
            measure(asking, "from", this::from);
            measure(asking, "in-channel", () -> "SEARCH in=" + CHANNEL + ";text=" + words(1));
            talking(server, 0, stream);
            talking(server, READERS, stream);
        }
    }

    private int number(Random random) {
        return 1 + random.nextInt(messages);
    }

    private String page(Random random, String part, String stream) {
        return "CHATHISTORY %s %s msgid=%s-%s 100"
                .formatted(
                        part,
                        CHANNEL,
                        stream,
                        Integer.toString(number(random), Character.MAX_RADIX));
    }

    private String from() {
        var number = number(random);
        return "SEARCH from=%s;text=%s".formatted(Stored.nick(number), Stored.words(number)[0]);
    }

    /// Words that one message has.
    private String words(int count) {
        var all = Stored.words(number(random));
        return String.join("\\s", Arrays.asList(all).subList(0, count));
    }

    private void measure(Asking asking, String what, Supplier<String> request) throws IOException {
        for (var i = 0; i < WARM_UP; i++) {
            asking.answer(request.get());
        }
        var times = histogram();
        var lines = 0;
        for (var i = 0; i < requests; i++) {
            var asked = request.get();
            var began = System.nanoTime();
            lines += asking.answer(asked);
            times.recordValue((System.nanoTime() - began) / 1_000);
        }
        Scenario.print(
                new Result()
                        .with("scenario", "reading")
                        .with("what", what)
                        .with("stored", messages)
                        .with("requests", requests)
                        .with("lines", lines)
                        .withTimes("", times));
    }

    private static Histogram histogram() {
        return new Histogram(TimeUnit.MINUTES.toMicros(1), 3);
    }

    /// From saying to hearing oneself, which is after it is on the disk.
    private void talking(InetSocketAddress server, int readers, String stream)
            throws IOException, InterruptedException {
        var done = new CountDownLatch(1);
        var times = histogram();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var talker = new Asking(server, READERS + 1)) {
            var reading = new ArrayList<Future<?>>();
            for (var i = 1; i <= readers; i++) {
                var number = i;
                reading.add(threads.submit(() -> read(server, number, stream, done)));
            }
            for (var i = 0; i < 5 * requests; i++) {
                var began = System.nanoTime();
                talker.visitor.say("PRIVMSG #talk :" + i);
                talker.visitor.until(" PRIVMSG #talk :" + i);
                times.recordValue((System.nanoTime() - began) / 1_000);
                TimeUnit.MILLISECONDS.sleep(2);
            }
            done.countDown();
            for (var one : reading) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
        Scenario.print(
                new Result()
                        .with("scenario", "reading")
                        .with("what", "talking")
                        .with("readers", readers)
                        .with("messages", 5L * requests)
                        .withTimes("", times));
    }

    private Void read(InetSocketAddress server, int number, String stream, CountDownLatch done)
            throws IOException {
        var own = new Random(number);
        try (var reader = new Asking(server, number)) {
            while (done.getCount() > 0) {
                reader.answer(page(own, "BEFORE", stream));
            }
        }
        return null;
    }

    /// A session that asks and waits. For one thread.
    private static final class Asking implements AutoCloseable {

        private final Visitor visitor;
        private String stream = ""; // of the message heard last, as its msgid has it

        Asking(InetSocketAddress server, int number) throws IOException {
            visitor = new Visitor(server, 1, number);
            visitor.say(
                    "CAP REQ :batch message-tags server-time echo-message draft/chathistory"
                            + " soju.im/search");
            visitor.enter("bench" + number);
            visitor.say("JOIN " + CHANNEL + ",#talk");
            visitor.say("PING in");
            visitor.until(" PONG ");
        }

        /// How many lines there are in the answer's batch.
        int answer(String request) throws IOException {
            visitor.say(request);
            var lines = 0;
            visitor.until(" BATCH +");
            for (var line = visitor.next(); !line.contains(" BATCH -"); line = visitor.next()) {
                lines++;
                var id = MSGID.matcher(line);
                if (id.find()) {
                    stream = id.group(1);
                }
            }
            return lines;
        }

        @Override
        public void close() throws IOException {
            visitor.close();
        }
    }
}
