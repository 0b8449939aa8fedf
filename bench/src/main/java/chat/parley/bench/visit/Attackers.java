package chat.parley.bench.visit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/// An [Attack] that is going on, in another process. For one thread.
public final class Attackers implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;

    private Attackers(Process process) {
        this.process = process;
        answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// @param clients how many at once
    public static Attackers start(InetSocketAddress server, Attack.Kind kind, int clients)
            throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(
                                "nice",
                                "-n",
                                "19",
                                java,
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "chat.parley.bench.Main",
                                "attack",
                                Integer.toString(server.getPort()),
                                "--kind",
                                kind.name().toLowerCase(Locale.ROOT),
                                "--clients",
                                Integer.toString(clients))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-of-attack"));
        return new Attackers(process);
    }

    /// How many logins were answered so far.
    public long logins() throws IOException {
        return count("logins");
    }

    /// How many were put off so far.
    public long putOff() throws IOException {
        return count("put-off");
    }

    private long count(String what) throws IOException {
        var ask = process.getOutputStream();
        ask.write('\n');
        ask.flush();
        var answer = answers.readLine();
        return answer == null ? 0 : count(answer, what);
    }

    static long count(String answer, String what) {
        var found = Pattern.compile('"' + what + "\":(\\d+)").matcher(answer);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroy();
    }
}
