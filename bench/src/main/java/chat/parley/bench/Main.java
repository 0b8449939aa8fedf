package chat.parley.bench;

import chat.parley.bench.compare.Compare;
import chat.parley.bench.scenario.Endurance;
import chat.parley.bench.scenario.FanOut;
import chat.parley.bench.scenario.Idle;
import chat.parley.bench.scenario.Latency;
import chat.parley.bench.scenario.LoginCost;
import chat.parley.bench.scenario.LoginStorm;
import chat.parley.bench.scenario.LoginTimes;
import chat.parley.bench.scenario.Reading;
import chat.parley.bench.scenario.Reconnect;
import chat.parley.bench.scenario.SlowReaders;
import chat.parley.bench.visit.Attack;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Which scenario, and its options. Each prints one line of JSON for each result, and the same for
/// people on the other stream.
@Command(
        name = "bench/run",
        description = "Measures Parley or another IRC server.",
        mixinStandardHelpOptions = true,
        subcommands = {
            FanOut.class,
            Latency.class,
            SlowReaders.class,
            Idle.class,
            LoginCost.class,
            LoginStorm.class,
            LoginTimes.class,
            Reading.class,
            Endurance.class,
            Reconnect.class,
            Compare.class,
            Attack.class
        })
public final class Main implements Callable<Integer> {

    private Main() {}

    /// Without a scenario there is nothing to do.
    @Override
    public Integer call() {
        CommandLine.usage(this, System.err);
        return CommandLine.ExitCode.USAGE;
    }

    public static void main(String[] args) {
        var commands = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
        commands.getSubcommands()
                .values()
                .forEach(one -> one.getCommandSpec().mixinStandardHelpOptions(true));
        commands.setExecutionExceptionHandler((e, _, _) -> {
            System.err.println("bench: " + e.getMessage());
            if (System.getenv("BENCH_TRACE") != null) {
                e.printStackTrace();
            }
            return 1;
        });
        System.exit(commands.execute(args));
    }
}
