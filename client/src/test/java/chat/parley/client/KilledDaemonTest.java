package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The daemon dies by `kill -9` in the middle of what its clients do, and comes back.
@Timeout(120)
class KilledDaemonTest {

    private static final Pattern SAID = Pattern.compile("\\d\\d:\\d\\d (ann|bob)  (.*)");

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

    /// What a client shows that somebody said, up to and with so many.
    private static List<String> heard(Running client, List<String> before, int all)
            throws Exception {
        var heard = new ArrayList<>(before);
        while (heard.size() < all) {
            var said = SAID.matcher(client.line());
            if (said.matches()) {
                heard.add(said.group(2));
            }
        }
        return heard;
    }

    private static List<String> of(String who, List<String> lines) {
        return lines.stream().filter(line -> line.startsWith(who)).toList();
    }

    @Test
    void two_people_miss_nothing_and_see_nothing_twice() throws Exception {
        var ann = daemon.running("ann");
        type(ann, lines("ann", 0, 1));
        var annHeard = heard(ann, List.of(), 1);
        var bob = daemon.running("bob");
        type(bob, lines("bob", 0, 1));
        annHeard = heard(ann, annHeard, 2);
        // More than is on its way at once: some of it is kept when the daemon dies, some is not.
        type(ann, lines("ann", 1, 30));
        annHeard = heard(ann, annHeard, 5);

        daemon.kill();
        type(ann, lines("ann", 30, 33));
        type(bob, lines("bob", 1, 4));
        daemon.startAgain();
        type(bob, lines("bob", 4, 6));
        type(ann, lines("ann", 33, 35));

        annHeard = heard(ann, annHeard, 41);
        var all = daemon.said("ann", "#lobby");
        assertEquals(lines("ann", 0, 35), of("ann", all));
        assertEquals(lines("bob", 0, 6), of("bob", all));
        assertEquals(all, annHeard);
        assertEquals(all, heard(bob, List.of(), 41));
        for (var client : List.of(ann, bob)) {
            client.type("/quit\n");
            assertEquals(0, client.code());
        }
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
