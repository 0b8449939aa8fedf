package chat.parley.bench.scenario;

import chat.parley.bench.visit.Visitor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/// What goes on around a talk in a long time: some come, listen a little and go, with a word or
/// without; some read history; one floods a channel of its own; one is deaf there.
final class Disturbance implements AutoCloseable {

    /// How many accounts it uses, from the first on.
    static final int ACCOUNTS = 8;

    private static final int CHURNERS = 4;
    private static final int HISTORIANS = 2;
    private static final String FLOOD = "#flood";
    private static final int FLOOD_LINES = 2_000;

    /// What one of them does, from the connection on.
    private interface Visit {
        void by(Visitor visitor, int turn) throws IOException, InterruptedException;
    }

    private final InetSocketAddress server;
    private final int firstAccount;
    private final int channels;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> going = new ArrayList<>();
    private final LongAdder visits = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile boolean over;

    /// @param firstAccount the number of an account from which on nobody else uses them
    Disturbance(InetSocketAddress server, int firstAccount, int channels) {
        this.server = server;
        this.firstAccount = firstAccount;
        this.channels = channels;
    }

    void start() {
        var number = 0;
        for (var i = 0; i < CHURNERS; i++) {
            begin(number++, this::churn);
        }
        for (var i = 0; i < HISTORIANS; i++) {
            begin(number++, this::read);
        }
        begin(number++, this::flood);
        begin(number, this::beDeaf);
    }

    private void begin(int number, Visit visit) {
        going.add(
                threads.submit(() -> {
                    for (var turn = 0; !over; turn++) {
                        once(firstAccount + number, turn, visit);
                    }
                    return number;
                }));
    }

    private void once(int account, int turn, Visit visit) throws InterruptedException {
        try (var visitor = new Visitor(server, 1, account)) {
            visitor.say("CAP REQ :batch draft/chathistory");
            visitor.enter("bench" + account);
            visit.by(visitor, turn);
            visits.increment();
        } catch (IOException _) {
            failed.increment();
        }
        TimeUnit.MILLISECONDS.sleep(50);
    }

    private void churn(Visitor visitor, int turn) throws IOException {
        var channel = "#bench" + turn % channels;
        visitor.say("JOIN " + channel);
        visitor.until(" 366 ");
        for (var i = 0; i < 20; i++) {
            visitor.next();
        }
        switch (turn % 3) {
            case 0 -> visitor.say("PART " + channel + " :enough");
            case 1 -> visitor.say("QUIT :enough");
            default -> {
                // without a word
            }
        }
    }

    private void read(Visitor visitor, int turn) throws IOException, InterruptedException {
        var channel = "#bench" + turn % channels;
        visitor.say("JOIN " + channel);
        visitor.until(" 366 ");
        for (var i = 0; i < 50 && !over; i++) {
            visitor.say("CHATHISTORY LATEST " + channel + " * 100");
            visitor.until(" BATCH -");
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void flood(Visitor visitor, int turn) throws IOException {
        visitor.say("JOIN " + FLOOD);
        for (var i = 0; i < FLOOD_LINES && !over; i++) {
            visitor.say("PRIVMSG " + FLOOD + " :" + turn + " " + "x".repeat(300));
        }
        visitor.say("PING done");
        visitor.until(" PONG ");
    }

    /// Until it is ended, or for a while.
    private void beDeaf(Visitor visitor, int turn) throws IOException, InterruptedException {
        visitor.say("JOIN " + FLOOD);
        for (var i = 0; i < 200 && !over; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    long visits() {
        return visits.sum();
    }

    long failed() {
        return failed.sum();
    }

    /// Nobody comes any more, and who is there goes.
    @Override
    public void close() {
        over = true;
        try {
            for (var one : going) {
                one.get(1, TimeUnit.MINUTES);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a visitor does not end", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }
}
