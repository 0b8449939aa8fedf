package chat.parley.client.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.parley.client.ScriptedDaemon;
import chat.parley.client.link.Certificates.Identity;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// What comes of dialing a daemon that shows a certificate, by whom one trusts.
abstract class OverATrust {

    private static final Dialer.Patience PATIENCE =
            new Dialer.Patience(
                    Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));

    @TempDir Path home;

    /// What comes of dialing a daemon that shows this. One that is not trusted must hear nothing.
    final Outcome dial(Identity identity, TrustOf trust)
            throws GeneralSecurityException, IOException, InterruptedException {
        return dial(identity, "localhost", trust);
    }

    interface TrustOf {
        Trust in(ServerAddress server) throws GeneralSecurityException, IOException;
    }

    final Outcome dial(Identity identity, String host, TrustOf trust)
            throws GeneralSecurityException, IOException, InterruptedException {
        try (var daemon =
                new ScriptedDaemon(
                        identity.key(), identity.certificate(), peer -> peer.logsIn("ann"))) {
            var server = new ServerAddress(host, daemon.address().port());
            var outcome =
                    new Dialer(
                                    server,
                                    trust.in(server),
                                    Who.by(
                                            new Credentials(
                                                    "ann", new Secret("secret".toCharArray()))),
                                    PATIENCE)
                            .dial();
            if (outcome instanceof Outcome.LoggedIn(var session)) {
                session.abort();
            }
            daemon.finish();
            if (outcome instanceof Outcome.NotTrusted) {
                assertEquals(List.of(), daemon.heard());
            }
            return outcome;
        }
    }

    final KnownServers known() {
        return new KnownServers(home.resolve("known_servers"));
    }

    final Trust.Only only(Identity authority) throws GeneralSecurityException, IOException {
        return new Trust.Only(
                ScriptedDaemon.pem(authority.certificate(), home.resolve("authority.pem")));
    }

    static final Verdict verdict(Outcome outcome) {
        return assertInstanceOf(Outcome.NotTrusted.class, outcome).verdict();
    }

    static final void assertTrusted(Outcome outcome) {
        assertInstanceOf(Outcome.LoggedIn.class, outcome);
    }
}
