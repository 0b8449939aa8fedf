package chat.parley.bench.scenario;

import chat.parley.bench.report.Result;
import chat.parley.bench.server.Server;
import java.io.IOException;

/// Something to measure at one server, whichever it is.
public interface Scenario {

    /// How many sessions there will be; the server is to have an account for each.
    int sessions();

    /// Measures it. What was found says nothing of the server itself yet.
    Result measure(Server server) throws IOException, InterruptedException;

    /// The same at a server of one's own, with its name and version, printed.
    ///
    /// @return the exit code
    default int run(Target target) throws IOException, InterruptedException {
        try (var place = Workplace.make();
                var server = target.start(place.folder(), sessions())) {
            return print(at(server));
        }
    }

    /// What was found, and at which server.
    default Result at(Server server) throws IOException, InterruptedException {
        var found = measure(server);
        return new Result()
                .with("server", server.name())
                .with("version", server.version())
                .withAll(found);
    }

    /// For programs on the one stream, for people on the other.
    static int print(Result result) {
        System.out.println(result.json());
        System.err.println(result.human());
        return result.isSound() ? 0 : 1;
    }
}
