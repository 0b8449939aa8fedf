package chat.parley.client;

import chat.parley.client.ui.Lines;
import chat.parley.protocol.Secret;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// A program that keeps or prints secrets, run by us. It gets none by its arguments or its
/// environment, and not our standard input; and it is ended when it takes too long, with all that
/// it has started.
final class OtherProgram {

    private static final int LONGEST = 1024;

    /// @param line the first that it printed; whoever gets it wipes it
    record Result(int code, Optional<Secret> line) {}

    private final List<String> words;
    private final Duration patience;
    private final Redirect errors;

    private OtherProgram(List<String> words, Duration patience, Redirect errors) {
        this.words = words;
        this.patience = patience;
        this.errors = errors;
    }

    /// A line of the shell, which may ask the person something.
    static OtherProgram shell(String line, Duration patience) {
        return new OtherProgram(List.of("sh", "-c", line), patience, Redirect.INHERIT);
    }

    /// A program that says nothing to the person.
    static OtherProgram quiet(Duration patience, String... words) {
        return new OtherProgram(List.of(words), patience, Redirect.DISCARD);
    }

    /// Where a program of that name is, if it is in the `PATH`.
    static Optional<Path> find(String name, Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst();
    }

    /// @param input wiped here; empty for none
    /// @return empty if it took too long
    Optional<Result> run(byte[] input) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words).redirectError(errors);
        builder.environment().remove("PARLEY_PASSWORD");
        if (input.length == 0) {
            builder.redirectInput(Redirect.from(new File("/dev/null"))); // ours may be what is sent
        }
        var process = builder.start();
        try {
            return attend(process, input);
        } finally {
            Arrays.fill(input, (byte) 0);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Optional<Result> attend(Process process, byte[] input)
            throws IOException, InterruptedException {
        var read = new AtomicReference<Optional<Secret>>(Optional.empty());
        var broken = new AtomicReference<Optional<IOException>>(Optional.empty());
        // A thread of its own: what a program's children keep open would be waited for.
        var reader =
                Thread.ofPlatform()
                        .daemon()
                        .name("other program")
                        .start(() -> {
                            try (var out = process.getInputStream()) {
                                read.set(Lines.firstOf(out, LONGEST).map(Secret::new));
                                out.transferTo(OutputStream.nullOutputStream());
                            } catch (IOException e) {
                                broken.set(Optional.of(e));
                            }
                        });
        if (input.length > 0) {
            try (var in = process.getOutputStream()) {
                in.write(input); // less than a pipe holds: never waits
            } catch (IOException _) {
                // it has ended without it; its code says the rest
            }
        }
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        reader.join(patience);
        if (reader.isAlive()) {
            return Optional.empty();
        }
        if (broken.get().isPresent()) {
            throw broken.get().get();
        }
        return Optional.of(new Result(process.exitValue(), read.get()));
    }
}
