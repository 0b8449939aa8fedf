package chat.parley.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.daemon.auth.Argon2Hasher;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.protocol.ByteSize;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// A line of an export is an account, or told as a value, and what is told shows nothing of it. See
/// CONTRIBUTING.
class AccountLineFuzzTest {

    private static final Argon2Hasher HASHER =
            new Argon2Hasher(new DaemonConfig.Argon2(ByteSize.ofKiB(64), 1, 1));

    @FuzzTest(maxDuration = "60s")
    void each_line_is_an_account_or_a_mistake(byte[] data) {
        var line = "{" + new String(data, StandardCharsets.UTF_8);
        switch (AccountLine.read(line)) {
            case AccountLine.Read.Whole(var newcomer) -> HASHER.objection(newcomer.hash());
            case AccountLine.Read.Mistake(var why) -> assertFalse(why.contains("$"), why);
        }
    }
}
