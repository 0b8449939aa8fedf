package chat.parley.daemon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.Channels.Create;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.ChannelSettings;
import chat.parley.daemon.store.InMemoryLog;
import chat.parley.daemon.store.InMemoryMemberships;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Name;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChannelTest {

    private static final Name.Channel TEA = Name.Channel.of("#tea").orElseThrow();

    private static final Server SERVER = new Server("parley.example", "Example");

    private final Channels channels =
            new Channels(
                    SERVER,
                    new Channels.Stores(
                            new InMemoryLog(),
                            new Unreadable(),
                            new DirectoryTest.NoNames(),
                            new InMemoryMemberships(),
                            new DirectoryTest.NoDeliveries(),
                            new AuditLog()),
                    new ReadMarkers(SERVER, new DirectoryTest.NoMarkers()),
                    DirectoryTest.descriptions(),
                    Clock.systemUTC(),
                    16,
                    () -> new Channels.Rules(List.of(), Create.MEMBERS, Duration.ZERO));

    /// It would own the channel, and bans and key would be gone.
    @Test
    void nobody_comes_in_while_it_cannot_be_read_how_it_was() throws InterruptedException {
        var heard = new Hears();
        var user = new User(new Person("ann", Instant.EPOCH), profile(), new Keys());
        var settled = new Request.Settled();
        var asker = new Request.Asker(user, heard, Answers.plainly(heard));

        channels.ask(TEA, new Request.Join(asker, TEA, "", Request.Join.Why.ASKED, settled));
        settled.await();
        channels.stop();

        assertEquals(List.of(), user.channels());
        assertEquals(1, heard.lines.size());
        assertTrue(heard.lines.getFirst().startsWith(":parley.example FAIL JOIN NOT_STORED #tea "));
    }

    private static User.Profile profile() {
        var nick = Name.Nick.of("ann").orElseThrow();
        return new User.Profile(nick, "~ann", "Ann", "parley.example", Optional.empty(), Set.of());
    }

    private record Unreadable() implements ChannelSettings.Store {

        @Override
        public Optional<ChannelSettings> load(String folded) throws IOException {
            throw new IOException("the disk is gone");
        }

        @Override
        public void save(String folded, ChannelSettings settings) {}
    }

    private static final class Hears implements Recipient {

        @Override
        public InetAddress address() {
            return InetAddress.getLoopbackAddress();
        }

        private final List<String> lines = new ArrayList<>();

        @Override
        public Capabilities capabilities() {
            return Capabilities.NONE;
        }

        @Override
        public boolean deliver(byte[] bytes) {
            lines.add(new String(bytes, StandardCharsets.UTF_8));
            return true;
        }

        @Override
        public String device() {
            return "";
        }

        @Override
        public Optional<Instant> sureUntil() {
            return Optional.empty();
        }
    }
}
