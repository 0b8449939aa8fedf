package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.arguments.Help;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The rest of the README is compared in the daemon's `DocumentsTest`.
class ReadmeTest {

    @Test
    void has_the_help_of_parley() throws IOException {
        assertTrue(
                Files.readString(Path.of("..", "README.md"))
                        .contains(
                                "<!-- help: parley -->\n```\n"
                                        + Help.of(CommandLine.PROGRAM)
                                        + "```\n"));
    }
}
