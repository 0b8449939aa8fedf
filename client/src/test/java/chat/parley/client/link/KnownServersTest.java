package chat.parley.client.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.link.KnownServers.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownServersTest {

    private static final ServerAddress HERE = new ServerAddress("Chat.Example", 6697);
    private static final Fingerprint KEY = key("n");
    private static final Fingerprint OTHER = key("8");

    @TempDir private Path home;

    private static Fingerprint key(String first) {
        return Fingerprint.parse("sha256/" + first + "VKmzON0cYhv4/AnMFW2AhDpNW7UNCOvGjUsPftEeM8")
                .orElseThrow();
    }

    private static Optional<Fingerprint> found(KnownServers known, ServerAddress server)
            throws IOException {
        return known.find(server).map(KnownServers.Entry::key);
    }

    private Path file() {
        return home.resolve("parley").resolve("known_servers");
    }

    @Nested
    class A_key_that_was_accepted {

        @Test
        void is_found_again_for_its_host_and_port_only() throws IOException {
            new KnownServers(file()).remember(HERE, KEY);

            var again = new KnownServers(file());
            assertEquals(Optional.of(KEY), found(again, new ServerAddress("chat.example", 6697)));
            assertEquals(Optional.empty(), again.find(new ServerAddress("chat.example", 6698)));
            assertEquals(Optional.empty(), again.find(new ServerAddress("other.example", 6697)));
        }

        @Test
        void takes_the_place_of_an_older_one() throws IOException {
            var known = new KnownServers(file());
            known.remember(HERE, KEY);
            known.remember(HERE, OTHER);

            assertEquals(Optional.of(OTHER), found(known, HERE));
            assertEquals(2, Files.readAllLines(file()).size());
        }
    }

    @Nested
    class The_file {

        @Test
        void loses_nothing_when_many_write_at_once() throws Exception {
            var done = new ArrayList<Future<?>>();
            try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var port = 1; port <= 50; port++) {
                    var server = new ServerAddress("chat.example", port);
                    done.add(
                            all.submit(() -> {
                                new KnownServers(file()).remember(server, KEY);
                                return null;
                            }));
                }
            }
            for (var one : done) {
                one.get();
            }

            assertEquals(50, new KnownServers(file()).all().size());
        }

        /// The lock is one of the system's, which another program would wait for too.
        @Test
        void is_written_under_a_lock_that_another_program_can_hold() throws Exception {
            new KnownServers(file()).remember(HERE, KEY);
            var lock = file().resolveSibling("known_servers.lock");
            var holder =
                    new ProcessBuilder(
                                    "python3",
                                    "-c",
                                    "import fcntl,sys; f=open(sys.argv[1],'w'); fcntl.lockf(f,"
                                            + " fcntl.LOCK_EX); print('held', flush=True);"
                                            + " sys.stdin.read()",
                                    lock.toString())
                            .start();
            try {
                assertEquals("held", holder.inputReader().readLine());
                var waiting =
                        CompletableFuture.runAsync(() -> {
                            try {
                                new KnownServers(file()).remember(HERE, OTHER);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
                assertThrows(TimeoutException.class, () -> waiting.get(200, TimeUnit.MILLISECONDS));
                holder.getOutputStream().close();
                waiting.get(20, TimeUnit.SECONDS);
            } finally {
                holder.destroyForcibly();
            }
            assertEquals(Optional.of(OTHER), found(new KnownServers(file()), HERE));
        }

        @Test
        void keeps_what_a_person_wrote_into_it() throws IOException {
            var known = new KnownServers(file());
            known.remember(HERE, KEY);
            Files.writeString(file(), "# mine\n", StandardOpenOption.APPEND);
            known.remember(new ServerAddress("other.example", 6697), OTHER);
            assertEquals(List.of(KEY), known.forget(HERE).stream().map(Entry::key).toList());

            var lines = Files.readAllLines(file());
            assertEquals(List.of("# mine", "other.example:6697 " + OTHER), lines.subList(1, 3));
            assertEquals(List.of(), known.forget(HERE));
        }

        @Test
        void that_others_may_write_says_nothing() throws IOException {
            var known = new KnownServers(file());
            known.remember(HERE, KEY);
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-r--"));

            var e = assertThrows(IOException.class, () -> known.find(HERE));
            var said = String.valueOf(e.getMessage());
            assertTrue(said.endsWith("chmod 600 " + file()), said);
        }

        @Test
        void is_its_owner_s_alone_and_only_its_lock_is_left_beside_it() throws IOException {
            new KnownServers(file()).remember(HERE, KEY);

            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
            try (var all = Files.list(home.resolve("parley"))) {
                assertEquals(
                        List.of("known_servers", "known_servers.lock"),
                        all.map(one -> one.getFileName().toString()).sorted().toList());
            }
        }

        @Test
        void with_a_line_that_makes_no_sense_is_an_error_with_its_number() throws IOException {
            Files.createDirectories(file().getParent());
            Files.writeString(file(), "# mine\n\nchat.example:6697\n");

            var e = assertThrows(IOException.class, () -> new KnownServers(file()).find(HERE));
            assertEquals(
                    file() + ":3: expected `host:port sha256/...`; mend or remove the line",
                    e.getMessage());
        }
    }
}
