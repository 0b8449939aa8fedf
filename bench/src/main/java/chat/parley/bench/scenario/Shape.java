package chat.parley.bench.scenario;

import chat.parley.bench.crowd.Crowd;
import chat.parley.bench.server.Server;
import picocli.CommandLine.Option;

/// Who is there, and for how long.
public final class Shape {

    @Option(names = "--sessions", description = "Default: ${DEFAULT-VALUE}.")
    int sessions = 1000;

    @Option(names = "--channels", description = "Default: ${DEFAULT-VALUE}.")
    int channels = 1;

    @Option(names = "--speakers", description = "In all channels. Default: ${DEFAULT-VALUE}.")
    int speakers = 10;

    @Option(names = "--bytes", description = "Of a text. Default: ${DEFAULT-VALUE}.")
    int bytes = 128;

    @Option(names = "--warm-up", description = "Seconds. Default: ${DEFAULT-VALUE}.")
    double warmUp = 10;

    @Option(names = "--seconds", description = "Measured. Default: ${DEFAULT-VALUE}.")
    double seconds = 10;

    @Option(
            names = "--threads",
            description = "Of the generator, for decrypting. Default: ${DEFAULT-VALUE}.")
    int threads = 1;

    @Option(
            names = "--at-once",
            description = "How many log in at the same time. Default: ${DEFAULT-VALUE}.")
    int atOnce = 16;

    public Shape() {}

    /// The same with other numbers.
    public static Shape of(
            int sessions, int channels, int speakers, double warmUp, double seconds) {
        var shape = new Shape();
        shape.sessions = sessions;
        shape.channels = channels;
        shape.speakers = speakers;
        shape.warmUp = warmUp;
        shape.seconds = seconds;
        return shape;
    }

    public int sessions() {
        return sessions;
    }

    /// @param timedOneIn one in so many listeners notes how long each message took
    Crowd.Plan plan(Server server, int timedOneIn) {
        return new Crowd.Plan(
                server.way(),
                "bench",
                sessions,
                channels,
                channels == 0 ? 0 : Math.clamp(speakers, channels, sessions),
                bytes,
                Math.clamp(timedOneIn, 1, sessions),
                atOnce,
                threads);
    }
}
