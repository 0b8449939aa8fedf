package chat.parley.daemon.chat;

import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A channel's batch: made, encoded for each set of capabilities that somebody has, and handed to a
/// thousand sessions.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BatchBenchmark {

    private static final int SESSIONS = 1_000;
    private static final List<Capabilities> SETS =
            List.of(
                    Capabilities.NONE,
                    Capabilities.of(Capability.SERVER_TIME),
                    Capabilities.of(Capability.SERVER_TIME, Capability.MESSAGE_TAGS),
                    Capabilities.of(
                            Capability.SERVER_TIME,
                            Capability.MESSAGE_TAGS,
                            Capability.ACCOUNT_TAG));

    @Param({"1", "32"})
    private int messages = 1;

    @Param({"1", "4"})
    private int sets = 1;

    private final List<Seat> seats = new ArrayList<>();
    private final User speaker = user("ann");
    private final Message message =
            Message.from("ann!ann@bench.example", "PRIVMSG", "#tea", "x".repeat(128));
    private long delivered;

    @Setup
    public void prepare() {
        for (var i = 0; i < SESSIONS; i++) {
            seats.add(new Seat(user("n" + i), new Session(SETS.get(i % sets)), 0));
        }
    }

    private static User user(String nick) {
        var name = Name.Nick.of(nick).orElseThrow();
        var profile = new User.Profile(name, nick, nick, "host", Optional.empty(), Set.of());
        return new User(new Person(nick, Instant.EPOCH), profile, new Keys());
    }

    @Benchmark
    public long settle() {
        var batch = new Batch();
        var self = new Session(Capabilities.NONE);
        var asker = new Request.Asker(speaker, self, Answers.plainly(self));
        for (var i = 0; i < messages; i++) {
            var actor = new Event.Actor("ann", false, false);
            batch.pass(Event.of(message, actor, Instant.EPOCH).kept("a1-b2"), asker, null);
        }
        batch.deliver(seats);
        return delivered;
    }

    /// A session that takes everything.
    private final class Session implements Recipient {

        private final Capabilities capabilities;

        Session(Capabilities capabilities) {
            this.capabilities = capabilities;
        }

        @Override
        public Capabilities capabilities() {
            return capabilities;
        }

        @Override
        public boolean deliver(byte[] lines) {
            delivered += lines.length;
            return true;
        }

        @Override
        public String device() {
            return "";
        }

        @Override
        public InetAddress address() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public Optional<Instant> sureUntil() {
            return Optional.empty();
        }
    }
}
