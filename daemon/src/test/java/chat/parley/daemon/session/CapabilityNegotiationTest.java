package chat.parley.daemon.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.chat.Server;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.protocol.ByteSize;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilityNegotiationTest {

    private static final List<String> ALL =
            Arrays.stream(Capability.values()).map(Capability::wire).toList();

    private final CapabilityNegotiation negotiation =
            new CapabilityNegotiation(
                    new Server("s".repeat(63), "Example"),
                    new DaemonConfig.Multiline(ByteSize.ofKiB(4), 32, Duration.ofSeconds(30)),
                    new DaemonConfig.Metadata(
                            30, ByteSize.ofBytes(64), ByteSize.ofBytes(300), 100));

    private List<Message> ask(String... params) {
        return negotiation.answer("n".repeat(32), Message.of("CAP", params));
    }

    private static List<String> names(List<Message> lines) {
        return lines.stream()
                .flatMap(line -> Arrays.stream(line.params().getLast().split(" ", -1)))
                .map(word -> word.split("=", -1)[0])
                .toList();
    }

    @Test
    void lists_what_does_not_fit_into_a_line_in_several_for_who_names_302() {
        var lines = ask("LS", "302");

        assertTrue(lines.size() > 1);
        lines.forEach(line -> assertTrue(MessagePrinter.bytes(line).length <= 512));
        lines.subList(0, lines.size() - 1).forEach(line -> assertEquals("*", line.param(2)));
        assertEquals(3, lines.getLast().params().size());
        assertEquals(ALL, names(lines));
    }

    @Test
    void lists_all_in_one_line_for_others_and_without_values() {
        var lines = ask("LS");

        assertEquals(1, lines.size());
        assertEquals(String.join(" ", ALL), lines.getFirst().params().getLast());
    }

    @Test
    void lists_what_is_on_even_if_it_is_nothing() {
        assertEquals(List.of(""), ask("LIST").stream().map(m -> m.param(2)).toList());
        ask("LS", "302");
        ALL.forEach(name -> ask("REQ", name));
        assertEquals(ALL, names(ask("LIST")));
    }
}
