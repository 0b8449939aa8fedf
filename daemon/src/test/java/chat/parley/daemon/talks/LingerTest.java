package chat.parley.daemon.talks;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Connections that break, and people who are back, or are not. Bob's break, Ann looks on.
@Timeout(60)
class LingerTest {

    @Test
    void nobody_notices_who_is_back_within_the_grace_time(@TempDir Path dir) {
        try (var daemon = new TestDaemon(dir).account("ann").account("bob");
                var ann = daemon.login("ann")) {
            var bob = daemon.login("bob");
            ann.expect(":bob!* JOIN #lobby");
            bob.send("JOIN #tea");
            bob.settle();
            bob.cut();
            ann.send("PRIVMSG #lobby :still there?");
            ann.expectNothing();

            try (var back = daemon.connect()) {
                back.send("LOGIN bob bob-secret");
                back.expect(":bob!* JOIN #lobby");
                back.expect(":ann!* PRIVMSG #lobby :[* *] still there?");
                back.send("NAMES #tea"); // joined before or after #lobby: channels do not wait
                back.expect(":* 353 bob = #tea :@bob");
                ann.expectNothing();
            }
        }
    }

    @Test
    void who_is_not_back_is_told_to_have_gone_once(@TempDir Path dir) {
        try (var daemon =
                        new TestDaemon(dir, "parley.limits.linger = 300ms")
                                .account("ann")
                                .account("bob");
                var ann = daemon.login("ann")) {
            var bob = daemon.login("bob");
            ann.expect(":bob!* JOIN #lobby");
            bob.cut();

            ann.expectNext(":bob!* QUIT :Connection closed");
            ann.expectNothing();
        }
    }
}
