package chat.parley.daemon.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Stream;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is looked for, it is words and no query. See CONTRIBUTING.
class SearchFuzzTest {

    private static final Search.Scope OF_ANN =
            new Search.Scope("ann", Instant.EPOCH, List.of("#tea"), Optional.empty());

    @TempDir private static Path dir;
    private static @Nullable SqliteLog log;

    @BeforeAll
    static void open() throws Exception {
        log = SqliteLog.open(Database.prepare(dir), Durability.PROCESS);
        log.append(List.of(said("#tea", "milk in tea"), said("#milk", "milk in secret")));
    }

    private static Entry said(String channel, String text) {
        var stream = new Stream.OfChannel(channel);
        return new Entry(stream, Instant.now(), "bob", "bob!u@h", "PRIVMSG", channel, text, "");
    }

    @AfterAll
    static void close() {
        if (log != null) {
            log.close();
        }
    }

    @FuzzTest(maxDuration = "60s")
    void words_find_what_may_be_read_or_nothing(byte[] data) throws Exception {
        var words = List.of(new String(data, StandardCharsets.UTF_8).split("\\s+", -1));
        var nick = words.getFirst().isEmpty() ? Optional.<String>empty() : Optional.of("bob");
        var wanted = new Search.Wanted(words, nick, Optional.empty(), Optional.empty(), 100);
        if (log != null) {
            for (var found : log.search().find(OF_ANN, wanted).orElseThrow()) {
                assertTrue(found.entry().text().equals("milk in tea"), found.toString());
            }
        }
    }
}
