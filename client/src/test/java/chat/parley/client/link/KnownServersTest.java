package chat.parley.client.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
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
