package chat.parley.daemon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Deliveries a second in one channel: some sessions speak, with so many messages in flight, and
/// every session listens. Prints a line of figures.
final class FanOut {

    private static final String CHANNEL = "#bench";

    private FanOut() {}

    /// What is measured.
    ///
    /// @param pid the server's process, for its CPU time and memory
    /// @param window messages of one speaker that are said and not heard yet
    private record Plan(
            String server,
            int port,
            long pid,
            int sessions,
            int speakers,
            int window,
            int messages,
            int bytes) {

        static Plan of(List<String> args) {
            var n = args.stream().skip(1).map(Integer::parseInt).toList();
            return new Plan(
                    args.getFirst(),
                    n.get(0),
                    n.get(1),
                    n.get(2),
                    n.get(3),
                    n.get(4),
                    n.get(5),
                    n.get(6));
        }
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 8) {
            System.err.println(
                    "FanOut parley|other PORT PID SESSIONS SPEAKERS WINDOW MESSAGES BYTES");
            System.exit(2);
        }
        var plan = Plan.of(List.of(args));
        var crowd = new Crowd(plan.port(), plan.server().equals("parley"), CHANNEL);
        var members = gather(crowd, plan);
        measure(crowd, members, plan, plan.messages() / 4); // the JIT's share
        System.out.println(measure(crowd, members, plan, plan.messages()));
        System.exit(0);
    }

    private static List<Crowd.Member> gather(Crowd crowd, Plan plan) throws Exception {
        var began = System.nanoTime();
        var members = new ArrayList<Crowd.Member>();
        var atOnce = new Semaphore(8);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var coming = new ArrayList<Future<Crowd.Member>>();
            for (var i = 0; i < plan.sessions(); i++) {
                var name = "bench" + i;
                coming.add(
                        threads.submit(() -> {
                            atOnce.acquire();
                            try {
                                var member = crowd.member(name);
                                if (member == null) {
                                    throw new IOException(name + " cannot come in");
                                }
                                member.join();
                                return member;
                            } finally {
                                atOnce.release();
                            }
                        }));
            }
            for (var member : coming) {
                members.add(member.get());
            }
        }
        System.err.printf(
                Locale.ROOT,
                "%d sessions in %.1f s%n",
                members.size(),
                (System.nanoTime() - began) / 1e9);
        return members;
    }

    private static String measure(Crowd crowd, List<Crowd.Member> members, Plan plan, int messages)
            throws Exception {
        var begin = "PRIVMSG " + CHANNEL + " :" + Crowd.MARK;
        var rest = "x".repeat(Math.max(0, plan.bytes() - 18)); // 200 with mark and time
        var listener = members.getLast(); // does not speak
        var latency = listener.times();
        var heardBefore = crowd.heard();
        var listenerBefore = listener.heard();
        var cpuBefore = cpuSeconds(plan.pid());
        var began = System.nanoTime();
        var said = 0;
        while (said < messages) {
            if (said - (listener.heard() - listenerBefore)
                    >= (long) plan.window() * plan.speakers()) {
                Thread.sleep(0, 200_000);
                continue;
            }
            members.get(said % plan.speakers()).say(begin + Stopwatch.now() + rest);
            said++;
        }
        // A speaker hears itself only where the server echoes without being asked.
        var expected = (long) messages * (plan.sessions() - 1);
        var patience = System.nanoTime() + 60_000_000_000L;
        while (crowd.heard() - heardBefore < expected && System.nanoTime() < patience) {
            Thread.sleep(1);
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        var heard = crowd.heard() - heardBefore;
        var cpu = cpuSeconds(plan.pid()) - cpuBefore;
        return String.format(
                Locale.ROOT,
                "%-10s sessions=%d speakers=%d window=%d messages=%d heard=%d of %d seconds=%.2f"
                        + " deliveries/s=%,.0f p50-ms=%.1f p99-ms=%.1f server-cpu-us/delivery=%.2f"
                        + " rss-mb=%d",
                plan.server(),
                plan.sessions(),
                plan.speakers(),
                plan.window(),
                messages,
                heard,
                expected,
                seconds,
                heard / seconds,
                latency.percentile(50),
                latency.percentile(99),
                cpu * 1e6 / Math.max(1, heard),
                rssMegabytes(plan.pid()));
    }

    private static double cpuSeconds(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    private static long rssMegabytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
