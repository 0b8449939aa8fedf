package chat.parley.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// What the system knows of a process, as /proc has it (proc(5)). Linux only; any thread.
public final class ServerProcess {

    private static final double TICKS = 100; // a second; USER_HZ is that on every Linux there is

    /// Of `jcmd GC.heap_info`: what each part of the heap holds.
    private static final Pattern USED = Pattern.compile("total .*used (\\d+)K");

    private final long pid;

    public ServerProcess(long pid) {
        this.pid = pid;
    }

    public long pid() {
        return pid;
    }

    private Path file(String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }

    /// Processor time, of all its threads.
    public double cpuSeconds() throws IOException {
        return cpuSeconds(Files.readString(file("stat")));
    }

    static double cpuSeconds(String stat) {
        // The name stands in brackets and may have spaces and brackets in it.
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    /// Memory that it has, in KiB.
    public long rssKib() throws IOException {
        return number(Files.readAllLines(file("status")), "VmRSS:");
    }

    public long threads() throws IOException {
        return number(Files.readAllLines(file("status")), "Threads:");
    }

    static long number(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    /// The words it was started with, the program first.
    public List<String> command() throws IOException {
        return words(Files.readString(file("cmdline")));
    }

    /// Each word ends in a NUL; one may be empty.
    static List<String> words(String cmdline) {
        return List.of(cmdline.replaceFirst("\0$", "").split("\0", -1));
    }

    /// Open descriptors.
    public long descriptors() throws IOException {
        try (var all = Files.list(file("fd"))) {
            return all.count();
        }
    }

    /// What is left on the heap after a collection, in KiB; empty for what is no JVM.
    public Optional<Long> heapKib() throws IOException, InterruptedException {
        // To what is no JVM, asking is a SIGQUIT.
        if (!Files.readString(file("comm")).strip().equals("java")) {
            return Optional.empty();
        }
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd) || ask(jcmd, "GC.run").isEmpty()) {
            return Optional.empty();
        }
        return ask(jcmd, "GC.heap_info").map(ServerProcess::heapKib);
    }

    static long heapKib(String info) {
        var all = 0L;
        for (var used = USED.matcher(info.replaceAll("(?m)^.*(Metaspace|class space).*$", ""));
                used.find(); ) {
            all += Long.parseLong(used.group(1));
        }
        return all;
    }

    private Optional<String> ask(Path jcmd, String what) throws IOException, InterruptedException {
        var asked =
                new ProcessBuilder(jcmd.toString(), Long.toString(pid), what)
                        .redirectErrorStream(true)
                        .start();
        var answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return asked.waitFor(1, TimeUnit.MINUTES) && asked.exitValue() == 0
                ? Optional.of(answer)
                : Optional.empty();
    }
}
