package chat.parley.daemon.talks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The message of the day: a file, which a talk cannot have.
class MotdTest {

    @Test
    void is_shown_after_login_and_when_it_is_asked_for(@TempDir Path dir) throws IOException {
        var file = Files.writeString(dir.resolve("motd.txt"), "Tea is at four.\nBring milk.\n");
        try (var daemon = new TestDaemon(dir, "parley.motd-file = \"" + file + "\"");
                var ann = daemon.account("ann").connect()) {
            ann.send("LOGIN ann " + TestDaemon.passwordOf("ann"));
            expectMotd(ann);
            ann.settle();
            ann.send("MOTD");
            expectMotd(ann);
        }
    }

    private static void expectMotd(Wire ann) {
        ann.expect(":parley.example 375 ann …");
        ann.expectNext(":parley.example 372 ann :- Tea is at four.");
        ann.expectNext(":parley.example 372 ann :- Bring milk.");
        ann.expectNext(":parley.example 376 ann …");
    }
}
