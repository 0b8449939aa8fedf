package chat.parley.bench.visit;

import chat.parley.bench.crowd.LoginWay;
import chat.parley.bench.report.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The storm alone, in a process of its own that is nice, so that what it takes of the processor is
/// no fault of the server: many who log in at once, until stdin ends. Then it says what it did.
@Command(
        name = "attack",
        description = "Logs in again and again until its input ends; for login-storm.")
public final class Attack implements Callable<Integer> {

    private static final int ATTEMPTS = 15; // on one connection
    private static final int A_NETWORK = 1_000; // numbers between one's networks

    /// What is tried.
    public enum Kind {
        /// Wrong passwords of many accounts, from networks that change.
        WRONG,
        /// The right passwords of those who are there.
        RIGHT
    }

    @Parameters(paramLabel = "PORT", description = "Of the server, on this machine.")
    private int port;

    @Option(names = "--kind", required = true, description = "wrong or right.")
    private Kind kind = Kind.WRONG;

    @Option(names = "--clients", description = "Default: ${DEFAULT-VALUE}.")
    private int clients = 64;

    private final LongAdder done = new LongAdder();
    private final LongAdder putOff = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile boolean over;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var storm = new ArrayList<Future<?>>();
            for (var i = 0; i < clients; i++) {
                var number = i;
                storm.add(threads.submit(() -> client(server, number)));
            }
            while (System.in.read() >= 0) {
                System.out.println(line(began)); // somebody asks how far it is
            }
            over = true;
            for (var one : storm) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
        System.out.println(line(began));
        return 0;
    }

    private String line(long began) {
        return new Result()
                .with("seconds", (System.nanoTime() - began) / 1e9)
                .with("logins", done.sum())
                .with("put-off", putOff.sum())
                .with("failed", failed.sum())
                .json();
    }

    private Void client(InetSocketAddress server, int number) throws InterruptedException {
        for (var i = number; !over; i += A_NETWORK) {
            try {
                switch (kind) {
                    case WRONG -> guess(server, i);
                    case RIGHT -> comeAndGo(server, number);
                }
            } catch (IOException _) { // the server has its reasons
                failed.increment();
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        return null;
    }

    /// Another account each time, so that it is slowed down as late as can be.
    private void guess(InetSocketAddress server, int network)
            throws IOException, InterruptedException {
        try (var stranger = new Visitor(server, 200 + network / 50_000 % 50, network % 50_000)) {
            for (var i = 0; i < ATTEMPTS && !over; i++) {
                count(stranger.login("n" + network + "-" + i, "not-the-password"));
            }
        }
    }

    private void comeAndGo(InetSocketAddress server, int number)
            throws IOException, InterruptedException {
        try (var one = new Visitor(server, 1, number)) {
            var account = "bench" + number;
            count(one.login(account, LoginWay.password(account)));
            one.say("QUIT");
        }
    }

    private void count(Visitor.Answer answer) throws InterruptedException {
        if (answer == Visitor.Answer.LATER) {
            putOff.increment();
            TimeUnit.MILLISECONDS.sleep(20);
        } else {
            done.increment();
        }
    }
}
