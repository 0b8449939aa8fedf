package chat.parley.daemon.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// How long a message takes to be heard while all is calm, and while wrong passwords come from many
/// networks as fast as they are answered; in turn, in one run. Prints a line of figures for each.
final class LoginStorm {

    private static final String CHANNEL = "#bench";
    private static final int A_SECOND = 100; // messages

    private LoginStorm() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 5) {
            System.err.println("LoginStorm PORT SESSIONS NETWORKS SECONDS ROUNDS");
            System.exit(2);
        }
        var n = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
        var members = new ArrayList<Crowd.Member>();
        var crowd = new Crowd(n[0], true, CHANNEL);
        for (var i = 0; i < n[1]; i++) {
            var member = crowd.member("bench" + i);
            member.join();
            members.add(member);
        }
        owner(n[0]); // is at home there from now on
        talk(members, "warm-up", n[3]);
        for (var round = 0; round < n[4]; round++) {
            System.out.println(talk(members, "calm", n[3]));
            System.out.println(stormy(members, n[0], n[2], n[3]));
        }
        System.exit(0);
    }

    private static String stormy(List<Crowd.Member> members, int port, int networks, int seconds)
            throws Exception {
        var over = new AtomicBoolean();
        var refused = new LongAdder();
        var putOff = new LongAdder();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var storm = new ArrayList<Future<Void>>();
            for (var i = 0; i < networks; i++) {
                var number = i;
                storm.add(threads.submit(() -> hammer(port, number, over, refused, putOff)));
            }
            while (refused.sum() < 10) {
                Thread.sleep(50);
            }
            var owner = threads.submit(() -> ownersLogins(port, over));
            var before = refused.sum();
            var beforePutOff = putOff.sum();
            var began = System.nanoTime();
            var line = talk(members, "storm", seconds);
            var took = (System.nanoTime() - began) / 1e9;
            var text =
                    String.format(
                            Locale.ROOT,
                            " hashes/s=%.1f put-off/s=%.1f",
                            (refused.sum() - before) / took,
                            (putOff.sum() - beforePutOff) / took);
            over.set(true);
            for (var network : storm) {
                network.get();
            }
            return line + text + owner.get();
        }
    }

    /// Another account each time, so that it is slowed down as late as can be; a new network when
    /// this one has been.
    private static Void hammer(
            int port, int number, AtomicBoolean over, LongAdder refused, LongAdder putOff)
            throws IOException, InterruptedException {
        for (var network = number; !over.get(); network += 1000) {
            try (var stranger = new Stranger(port, 200 + network / 50_000, network)) {
                for (var i = 0; i < 15 && !over.get(); i++) {
                    var name = "n" + network + "-" + i;
                    if (stranger.login(name, "not-the-password").equals("464")) {
                        refused.increment();
                    } else {
                        putOff.increment();
                        Thread.sleep(20);
                    }
                }
            }
        }
        return null;
    }

    /// Somebody who is known comes back again and again.
    private static String ownersLogins(int port, AtomicBoolean over) throws IOException {
        var took = new ArrayList<Long>();
        var later = 0;
        while (!over.get()) {
            var nanos = owner(port);
            later += nanos < 0 ? 1 : 0;
            took.addAll(nanos < 0 ? List.of() : List.of(nanos));
        }
        took.sort(null);
        return String.format(
                Locale.ROOT,
                " known-login-p50-ms=%.0f max-ms=%.0f put-off=%d of %d",
                took.isEmpty() ? 0 : took.get(took.size() / 2) / 1e6,
                took.isEmpty() ? 0 : took.getLast() / 1e6,
                later,
                took.size() + later);
    }

    /// @return how long it took; negative if the password was not looked at
    private static long owner(int port) throws IOException {
        try (var owner = new Stranger(port, 60, 1)) {
            var began = System.nanoTime();
            var answer = owner.login("bench0", "bench0-bench-secret");
            return answer.equals("900") ? System.nanoTime() - began : -1;
        }
    }

    private static String talk(List<Crowd.Member> members, String what, int seconds)
            throws Exception {
        var listener = members.getLast(); // does not speak
        var latency = listener.times();
        var before = listener.heard();
        var began = System.nanoTime();
        var messages = seconds * A_SECOND;
        for (var i = 0; i < messages; i++) {
            var due = began + i * 1_000_000_000L / A_SECOND;
            var early = due - System.nanoTime();
            if (early > 0) {
                Thread.sleep(early / 1_000_000, (int) (early % 1_000_000));
            }
            members.get(i % (members.size() - 1))
                    .say(
                            "PRIVMSG "
                                    + CHANNEL
                                    + " :"
                                    + Crowd.MARK
                                    + Stopwatch.now()
                                    + "x".repeat(180));
        }
        var patience = System.nanoTime() + 60_000_000_000L;
        while (listener.heard() - before < messages && System.nanoTime() < patience) {
            Thread.sleep(1);
        }
        return String.format(
                Locale.ROOT,
                "%-8s sessions=%d messages=%d heard=%d p50-ms=%.2f p99-ms=%.2f max-ms=%.2f",
                what,
                members.size(),
                messages,
                listener.heard() - before,
                latency.percentile(50),
                latency.percentile(99),
                latency.percentile(100));
    }
}
