package chat.parley.daemon.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;

/// Bob and Carol talk before, while and after others do their worst.
record Talking(Wire bob, Wire carol) implements AutoCloseable {

    /// With accounts for them and for Ann, who is up to something. Each has an address of their
    /// own.
    static Talking in(TestDaemon daemon) {
        daemon.account("ann");
        var bob = login(daemon, "bob", "127.0.0.2");
        return new Talking(bob, login(daemon, "carol", "127.0.0.3"));
    }

    private static Wire login(TestDaemon daemon, String account, String from) {
        var wire = daemon.account(account).connectFrom(from);
        wire.send("LOGIN " + account + " " + TestDaemon.passwordOf(account));
        wire.settle();
        return wire;
    }

    void goesOn() {
        bob.send("PRIVMSG #lobby :still here?");
        carol.expect(":bob!* PRIVMSG #lobby :still here?");
    }

    @Override
    public void close() {
        bob.close();
        carol.close();
    }

    static void assertNothingOfOurs(Recorded recorded) {
        assertEquals(
                0,
                recorded.lines().stream()
                        .filter(line -> line.contains(" ERROR ") || line.contains("session bug"))
                        .count(),
                recorded.text());
    }
}
