package chat.parley.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The rest of the README is compared in `DocumentsTest`.
class ReadmeTest {

    @Test
    void has_the_help_of_parley_user() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var streams =
                new UserTool.Streams(
                        InputStream.nullInputStream(), out, out, _ -> Optional.empty());
        assertEquals(0, UserTool.run(streams, "--help"));
        assertTrue(
                Files.readString(Path.of("..", "README.md"))
                        .contains(
                                "<!-- help: parley-user -->\n```\n"
                                        + bytes.toString(StandardCharsets.UTF_8)
                                        + "```\n"));
    }
}
