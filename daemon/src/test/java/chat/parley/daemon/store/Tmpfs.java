package chat.parley.daemon.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small disk in memory, to be filled; for root.
record Tmpfs(Path path) implements AutoCloseable {

    static boolean isPossible() {
        return "root".equals(System.getProperty("user.name"))
                && Files.exists(Path.of("/bin/mount"));
    }

    static Tmpfs of(Path path, String size) throws IOException, InterruptedException {
        Files.createDirectories(path);
        run("mount", "-t", "tmpfs", "-o", "mode=700,size=" + size, "tmpfs", path.toString());
        return new Tmpfs(path);
    }

    void makeReadOnly() throws IOException, InterruptedException {
        run("mount", "-o", "remount,ro", path.toString());
    }

    private static void run(String... line) throws IOException, InterruptedException {
        var process = new ProcessBuilder(line).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new org.opentest4j.TestAbortedException(said);
        }
    }

    @Override
    public void close() {
        try {
            run("umount", path.toString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
