package chat.parley.daemon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Name;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PresencesTest {

    private final Presences presences = new Presences();

    private static User user(String account) {
        var nick = Name.Nick.of("tea").orElseThrow();
        var profile =
                new User.Profile(nick, "~tea", "Tea", "parley.example", Optional.empty(), Set.of());
        return new User(new Person(account, Instant.EPOCH), profile, new Keys());
    }

    /// Its sessions end a moment later, and may say NICK until then.
    @Test
    void who_was_made_to_go_cannot_rename_who_has_the_nick_now() {
        var expelled = user("ann");
        var other = user("bob");
        presences.arrive(expelled, new Nobody());
        presences.expel(expelled);
        presences.remove(expelled);
        presences.arrive(other, new Nobody());

        var renamed = presences.rename(expelled, Name.Nick.of("zoe").orElseThrow());

        assertTrue(renamed.isEmpty());
        assertEquals(Optional.of(other), presences.find("tea"));
        assertEquals(Optional.empty(), presences.find("zoe"));
    }

    private static final class Nobody implements Recipient {

        @Override
        public InetAddress address() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public Capabilities capabilities() {
            return Capabilities.NONE;
        }

        @Override
        public boolean deliver(byte[] lines) {
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
