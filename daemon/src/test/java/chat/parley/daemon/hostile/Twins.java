package chat.parley.daemon.hostile;

import chat.parley.daemon.hostile.LoginWall.Names;
import chat.parley.daemon.talks.TestDaemon;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Two strangers in the same state: both have come there, or there are none.
record Twins(Peer first, Peer second) implements AutoCloseable {

    /// @param name of the state
    /// @param lines what is said to come there
    /// @param told what stands in some line that is told on the way; empty if nothing needs to
    record State(String name, List<String> lines, String told) {}

    /// What the two are told, apart.
    record Told(List<String> first, List<String> second) {

        boolean isEnd() {
            return first.contains(Peer.CLOSED);
        }
    }

    static Twins in(State state, TestDaemon daemon, Peer.Way way, Names some, Names none) {
        var first = way.connect(daemon);
        try {
            enter(first, state, some);
            var second = way.connect(daemon);
            try {
                enter(second, state, none);
                return new Twins(first, second);
            } catch (AssertionError e) {
                second.close();
                throw e;
            }
        } catch (AssertionError e) {
            first.close();
            throw e;
        }
    }

    private static void enter(Peer peer, State state, Names names) {
        var lines =
                state.lines.stream()
                        .flatMap(l -> l.equals("{all}") ? everything(peer) : Stream.of(l))
                        .map(names::in)
                        .toList();
        var told = peer.answers(lines);
        if (told.contains(Peer.CLOSED)) {
            throw new AssertionError("sent away on the way to " + state.name);
        }
        if (told.stream().noneMatch(line -> line.contains(state.told)) && !state.told.isEmpty()) {
            throw new AssertionError("has not come to " + state.name + ", but was told " + told);
        }
    }

    /// Lines that ask for whatever is offered, a few capabilities at a time.
    private static Stream<String> everything(Peer peer) {
        var offered = new ArrayList<String>();
        for (var line : peer.answers(List.of("CAP LS 302"))) {
            if (line.contains(" CAP * LS ")) {
                for (var one : line.substring(line.lastIndexOf(" :") + 2).split(" ", -1)) {
                    offered.add("CAP REQ :" + one.split("=", 2)[0]);
                }
            }
        }
        return offered.stream();
    }

    /// Each says the lines, about its own names; neither waits for the other.
    Told say(List<String> lines, Names some, Names none) {
        var asked = first.ask(lines.stream().map(some::in).toList());
        var too = second.ask(lines.stream().map(none::in).toList());
        return new Told(first.heard(asked), second.heard(too));
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
