package chat.parley.bench.compare;

import chat.parley.bench.report.Result;
import chat.parley.bench.scenario.Target;
import chat.parley.bench.scenario.Workplace;
import chat.parley.bench.server.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Every workload at every server, in turn, round after round, each at a fresh process.
@Command(
        name = "compare",
        description = "All servers in turn; a table, a picture and JSON of what came of it.")
public final class Compare implements Callable<Integer> {

    @Option(names = "--short", description = "A fifth as large and one round: does it work?")
    private boolean brief;

    @Option(names = "--rounds", description = "Default: 3, with --short 1.")
    private int rounds;

    @Option(
            names = "--servers",
            split = ",",
            description = "Some of parley-commit, parley-process, inspircd, ngircd, ergo, limit.")
    private List<String> servers = List.of();

    @Option(
            names = "--workloads",
            split = ",",
            description =
                    "Some of fan-out-many, fan-out-few, channels, latency, slow-readers, idle.")
    private List<String> names = List.of();

    @Option(names = "--out", description = "A folder. Default: bench/target/compare.")
    private Path out = Target.ROOT.resolve("bench/target/compare");

    private final Findings findings = new Findings();
    private boolean failed;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var launchers = launchers();
        var workloads =
                Workload.all(brief).stream()
                        .filter(one -> names.isEmpty() || names.contains(one.name()))
                        .toList();
        if (launchers.isEmpty() || workloads.isEmpty()) {
            throw new IOException("nothing of that name is there to be compared");
        }
        var machine = Machine.here();
        var times = rounds > 0 ? rounds : brief ? 1 : 3;
        Files.createDirectories(out);
        var lines = Files.writeString(out.resolve("compare.jsonl"), "");
        for (var round = 1; round <= times; round++) {
            for (var workload : workloads) {
                for (var launcher : launchers) {
                    if (workload.suits(launcher)) {
                        measure(workload, launcher, round, lines);
                    }
                }
            }
        }
        var table = new Table(findings).of(machine, times, workloads);
        Files.writeString(out.resolve("compare.md"), table);
        Files.writeString(out.resolve("compare.svg"), new Picture(findings).of(machine, workloads));
        System.out.print(table);
        System.err.println("bench: written to " + out.toAbsolutePath().normalize());
        return failed ? 1 : 0;
    }

    private List<Launcher> launchers() {
        return Target.launchers().stream()
                .filter(one -> servers.isEmpty() || servers.contains(one.name()))
                .filter(Compare::isThere)
                .toList();
    }

    private static boolean isThere(Launcher launcher) {
        if (!launcher.missing().isEmpty()) {
            System.err.println(
                    "bench: without " + launcher.name() + "; to have it: " + launcher.missing());
        }
        return launcher.missing().isEmpty();
    }

    private void measure(Workload workload, Launcher launcher, int round, Path lines)
            throws IOException, InterruptedException {
        var scenario = workload.scenario().get();
        try (var place = Workplace.make();
                var server = launcher.start(place.folder(), scenario.sessions())) {
            var result =
                    new Result()
                            .with("workload", workload.name())
                            .with("round", round)
                            .withAll(scenario.at(server));
            findings.add(workload.name(), round, result);
            System.err.println(result.human());
            Files.writeString(lines, result.json() + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) { // the others can be measured all the same
            failed = true;
            System.err.println(
                    "bench: " + workload.name() + " at " + launcher.name() + " failed: " + e);
        }
    }
}
