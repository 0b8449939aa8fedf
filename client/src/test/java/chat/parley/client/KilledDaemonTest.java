package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The daemon dies by `kill -9` in the middle of what its clients do, and comes back.
@Timeout(120)
class KilledDaemonTest {

    private Mortal daemon;

    @BeforeEach
    void start(@TempDir Path dir, @TempDir Path home) throws Exception {
        daemon = new Mortal(dir, home, "ann", "bob");
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private static List<String> lines(String who, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> who + " " + i).toList();
    }

    private static void type(Running client, List<String> lines) throws Exception {
        client.type(String.join("\n", lines) + "\n");
    }

    @Test
    void send_and_tail_go_on_where_they_were() throws Exception {
        var tail = daemon.running("ann", "tail", "#log", "--follow", "--json", "-n", "60");
        var send = daemon.running("bob", "send", "#log");
        var heard = new ArrayList<String>();
        type(send, lines("bob", 0, 1));
        heard.add(Piped.text(tail.line()));
        type(send, lines("bob", 1, 60));
        send.typesNoMore();
        for (var i = 0; i < 10; i++) {
            heard.add(Piped.text(tail.line()));
        }

        daemon.kill();
        tail.says("parley: the link broke");
        daemon.startAgain();

        while (heard.size() < 60) {
            heard.add(Piped.text(tail.line()));
        }
        assertEquals(lines("bob", 0, 60), heard);
        assertEquals(0, tail.code());
        assertEquals(0, send.code());
        assertEquals(lines("bob", 0, 60), daemon.said("ann", "#log"));
    }
}
