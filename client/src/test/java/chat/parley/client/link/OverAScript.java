package chat.parley.client.link;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.ScriptedDaemon;
import chat.parley.client.ScriptedDaemon.Script;
import chat.parley.client.model.Event;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A daemon that follows a script, over real TLS, and what dials it.
abstract class OverAScript {

    static final Duration LONG = Duration.ofSeconds(20);
    static final Dialer.Patience PATIENCE = new Dialer.Patience(LONG, LONG, LONG);

    private final BlockingQueue<Event> inbox = new ArrayBlockingQueue<>(64);

    private Dialer dialer(ScriptedDaemon daemon, Dialer.Patience patience, Fingerprint key) {
        return new Dialer(
                daemon.address(),
                new Trust.Pin(key),
                Who.by(new Credentials("ann", new Secret("secret".toCharArray()))),
                patience);
    }

    interface Story {
        void of(Link link, ScriptedDaemon daemon) throws Exception;
    }

    void linked(Story story, Script... scripts) throws Exception {
        linked(_ -> {}, story, scripts);
    }

    void linked(Consumer<Dialer> before, Story story, Script... scripts) throws Exception {
        var identity = Certificates.selfSigned(Certificates.key(), 1);
        try (var daemon = new ScriptedDaemon(identity.key(), identity.certificate(), scripts)) {
            var dialer = dialer(daemon, PATIENCE, Fingerprint.of(identity.certificate()));
            before.accept(dialer);
            var session = assertInstanceOf(Outcome.LoggedIn.class, dialer.dial()).session();
            var quick = new Backoff(Duration.ofMillis(2), Duration.ofMillis(8), new Random(3));
            try (var link = new Link(session, dialer, inbox, quick, Clock.systemUTC())) {
                link.start();
                story.of(link, daemon);
            }
        }
    }

    /// The next event of this kind; others before it are passed over.
    final <E extends Event> E next(Class<E> kind) throws InterruptedException {
        while (true) {
            var event = inbox.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            assertTrue(event != null, () -> "no " + kind.getSimpleName() + " came");
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    Outcome dial(Dialer.Patience patience, Script... script)
            throws GeneralSecurityException, IOException {
        var identity = Certificates.selfSigned(Certificates.key(), 1);
        try (var daemon = new ScriptedDaemon(identity.key(), identity.certificate(), script)) {
            return dialer(daemon, patience, Fingerprint.of(identity.certificate())).dial();
        }
    }
}
