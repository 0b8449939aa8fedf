package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many pages `parley history` asks for, and what it takes of each.
@Timeout(60)
class HistoryPagesTest extends AtABouncer {

    private static final Instant NOON = Instant.parse("2026-10-21T12:00:00Z");

    /// One line each second, then people who come; no answer has more than was asked for.
    private static ScriptedDaemon.Script has(int said, int comings, AtomicInteger questions) {
        return peer -> {
            for (var asked = 0; ; asked++) {
                var words = peer.hears("CHATHISTORY ").split(" ", -1);
                questions.incrementAndGet();
                var size = Integer.parseInt(words[4].replace(":", ""));
                peer.says("BATCH +h chathistory #tea");
                for (var i : found(words[1], words[3], size, said + comings)) {
                    peer.says(
                            "@batch=h;time=%s :bob!b@h %s"
                                    .formatted(
                                            NOON.plusSeconds(i),
                                            i < said ? "PRIVMSG #tea :" + i : "JOIN #tea"));
                }
                peer.says("BATCH -h", "PONG d.test answered-" + asked);
            }
        };
    }

    private static ScriptedDaemon.Script keeps(int said) {
        return has(said, 0, new AtomicInteger());
    }

    private static List<Integer> found(String how, String bound, int size, int all) {
        var found = new ArrayList<>(IntStream.range(0, all).boxed().toList());
        if (!how.equals("LATEST")) {
            var at = Instant.parse(bound.replace("timestamp=", ""));
            var isAfter = how.equals("AFTER");
            found.removeIf(i ->
                    isAfter ? !NOON.plusSeconds(i).isAfter(at) : !NOON.plusSeconds(i).isBefore(at));
            if (isAfter) {
                return found.subList(0, Math.min(size, found.size()));
            }
        }
        return found.subList(Math.max(0, found.size() - size), found.size());
    }

    private List<String> history(ScriptedDaemon.Script script, String... options) throws Exception {
        var words = new ArrayList<>(List.of("history", "#tea", "--json"));
        words.addAll(List.of(options));
        var run = parley(script, words.toArray(String[]::new));
        assertEquals(0, run.code(), run::err);
        return run.lines().stream().map(Piped::text).toList();
    }

    /// By time a page begins with the last line of the one before.
    @ParameterizedTest
    @CsvSource({"100", "101", "102", "200"})
    void as_many_lines_as_were_asked_for_come_either_way(int limit) throws Exception {
        var size = Integer.toString(limit);

        assertEquals(
                Piped.numbers(0, limit),
                history(keeps(300), "--since", "2026-10-20", "--limit", size));
        assertEquals(Piped.numbers(300 - limit, 300), history(keeps(300), "--limit", size));
    }

    @Test
    void what_is_no_speech_takes_no_questions_of_its_own() throws Exception {
        var questions = new AtomicInteger();

        assertEquals(List.of("1", "2"), history(has(3, 90, questions), "--limit", "2"));
        assertEquals(1, questions.get());
    }
}
