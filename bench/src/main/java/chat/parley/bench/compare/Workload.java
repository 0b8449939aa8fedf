package chat.parley.bench.compare;

import chat.parley.bench.scenario.FanOut;
import chat.parley.bench.scenario.Idle;
import chat.parley.bench.scenario.Latency;
import chat.parley.bench.scenario.Scenario;
import chat.parley.bench.scenario.Shape;
import chat.parley.bench.scenario.SlowReaders;
import chat.parley.bench.server.Launcher;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// One thing that all servers are asked to do.
///
/// @param name as it is called in results
/// @param title as people read it
/// @param figure what is compared: a name in the results
/// @param unit of the figure
/// @param more whether more of it is better
/// @param limit whether the server that does nothing but fan out can do it
/// @param scenario a fresh one for each measurement
public record Workload(
        String name,
        String title,
        String figure,
        String unit,
        boolean more,
        boolean limit,
        Supplier<Scenario> scenario) {

    private static final int WINDOW = 64;
    private static final int DELIVERIES = 20_000;

    /// All of them; the short form is a fifth as large, to see that everything works.
    static List<Workload> all(boolean brief) {
        var many = brief ? 200 : 1_000;
        var few = brief ? 50 : 100;
        var channels = brief ? 10 : 20;
        var idle = brief ? 500 : 5_000;
        var warmUp = brief ? 2.0 : 10.0;
        // Few messages: a VM that compiles what is used much has little to go by for a while.
        var longWarmUp = 3 * warmUp;
        var seconds = brief ? 3.0 : 10.0;
        return List.of(
                fanOut("fan-out-many", many, 1, warmUp, seconds),
                fanOut("fan-out-few", few, 1, warmUp, seconds),
                fanOut("channels", many, channels, warmUp, seconds),
                new Workload(
                        "latency",
                        number(brief ? DELIVERIES / 5 : DELIVERIES)
                                + " deliveries a second to "
                                + number(many)
                                + " sessions: p99",
                        "p99-ms",
                        "ms",
                        false,
                        true,
                        () ->
                                new Latency(
                                        Shape.of(many, 1, 10, longWarmUp, seconds),
                                        brief ? DELIVERIES / 5 : DELIVERIES)),
                new Workload(
                        "slow-readers",
                        "With one reader in twenty of " + number(many) + " deaf",
                        "deliveries/s",
                        "deliveries/s",
                        true,
                        false,
                        () ->
                                new SlowReaders(
                                        Shape.of(many, 1, 10, warmUp, seconds), WINDOW, many / 20)),
                new Workload(
                        "idle",
                        number(idle) + " idle sessions: memory of one",
                        "rss-kib/session",
                        "KiB",
                        false,
                        false,
                        () -> new Idle(Shape.of(idle, 0, 0, 0, seconds))));
    }

    private static Workload fanOut(
            String name, int sessions, int channels, double warmUp, double seconds) {
        var title =
                channels == 1
                        ? number(sessions) + " sessions in one channel"
                        : channels + " channels of " + sessions / channels + " sessions";
        return new Workload(
                name,
                title,
                "deliveries/s",
                "deliveries/s",
                true,
                true,
                () -> new FanOut(Shape.of(sessions, channels, 10, warmUp, seconds), WINDOW));
    }

    boolean suits(Launcher launcher) {
        return limit || !launcher.name().equals("limit");
    }

    static String number(double number) {
        return number < 100
                ? String.format(Locale.ROOT, "%.1f", number)
                : String.format(Locale.ROOT, "%,.0f", number);
    }

    static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
