package chat.parley.client.link;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// Whom to believe: one way for each way of asking. Every judgement is made during the TLS
/// handshake, so not a byte of ours but the handshake's reaches somebody who is not trusted.
public sealed interface Trust permits Trust.Pin, Trust.Only, Trust.SystemOrKnown, Look.Onlooker {

    Verdict judge(ServerAddress server, X509Certificate[] chain) throws IOException;

    /// Exactly one key, whatever any authority says.
    record Pin(Fingerprint key) implements Trust {

        @Override
        public Verdict judge(ServerAddress server, X509Certificate[] chain) {
            var presented = Fingerprint.of(chain[0]);
            return presented.equals(key)
                    ? new Verdict.Trusted("it has the key that was given")
                    : new Verdict.Refused(presented, Doubt.otherKey(key));
        }
    }

    /// The authorities in one file, and no others.
    record Only(Path authorities) implements Trust {

        @Override
        public Verdict judge(ServerAddress server, X509Certificate[] chain) throws IOException {
            return doubt(Authorities.in(authorities), server, chain)
                    .<Verdict>map(doubt -> new Verdict.Refused(Fingerprint.of(chain[0]), doubt))
                    .orElseGet(() -> new Verdict.Trusted("an authority in " + authorities));
        }
    }

    /// The system's authorities, or a key that was accepted before.
    record SystemOrKnown(KnownServers known) implements Trust {

        @Override
        public Verdict judge(ServerAddress server, X509Certificate[] chain) throws IOException {
            var presented = Fingerprint.of(chain[0]);
            var accepted = known.find(server);
            if (accepted.isPresent() && accepted.get().key().equals(presented)) {
                // spares reading some hundred authorities
                return new Verdict.Trusted(
                        "you accepted its key (" + known.where(accepted.get()) + ")");
            }
            var doubt = doubt(Authorities.ofTheSystem(), server, chain);
            if (doubt.isEmpty()) {
                return new Verdict.Trusted("an authority of the system");
            }
            return accepted.isPresent()
                    ? new Verdict.Changed(
                            accepted.get().key(), presented, known.where(accepted.get()))
                    : new Verdict.Unknown(presented, doubt.get());
        }
    }

    private static Optional<Doubt> doubt(
            Authorities authorities, ServerAddress server, X509Certificate[] chain) {
        var doubt = authorities.doubt(chain);
        if (doubt.isPresent()) {
            return doubt;
        }
        return ServerName.isIn(chain[0], server.host())
                ? Optional.empty()
                : Optional.of(Doubt.otherName(chain[0], server.host()));
    }
}
