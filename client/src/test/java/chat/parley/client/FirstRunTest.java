package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.link.ServerAddress;
import chat.parley.client.ui.Taste;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstRunTest {

    private static final Request.Connection CONNECTION =
            new Request.Connection(
                    new ServerAddress("localhost", 6697),
                    "ann",
                    new Request.PasswordFrom.Usual(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Taste.unsaid());

    @Test
    void a_profile_that_cannot_be_written_is_told_of_and_ends_nothing(@TempDir Path home)
            throws IOException {
        var noFolder = Files.writeString(home.resolve("parley"), "");
        var said = new ByteArrayOutputStream();

        FirstRun.write(
                CONNECTION,
                noFolder.resolve("client.conf"),
                new PrintStream(said, true, StandardCharsets.UTF_8));

        assertTrue(
                said.toString(StandardCharsets.UTF_8).startsWith("parley: no profile was written"),
                said::toString);
    }
}
