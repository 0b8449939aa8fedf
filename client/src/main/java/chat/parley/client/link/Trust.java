package chat.parley.client.link;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// Whom to believe: one way for each way of asking. Every judgement is made during the TLS
/// handshake, so not a byte of ours but the handshake's reaches somebody who is not trusted.
public sealed interface Trust {

    Verdict judge(ServerAddress server, X509Certificate[] chain) throws IOException;

    /// Exactly one key, whatever any authority says.
    record Pin(Fingerprint key) implements Trust {

        @Override
        public Verdict judge(ServerAddress server, X509Certificate[] chain) {
            var presented = Fingerprint.of(chain[0]);
            return presented.equals(key)
                    ? new Verdict.Trusted()
                    : new Verdict.Refused(presented, "it is not the key that was given: " + key);
        }
    }

    /// The authorities in one file, and no others.
    record Only(Path authorities) implements Trust {

        @Override
        public Verdict judge(ServerAddress server, X509Certificate[] chain) throws IOException {
            return doubt(Authorities.in(authorities), server, chain)
                    .<Verdict>map(why -> new Verdict.Refused(Fingerprint.of(chain[0]), why))
                    .orElseGet(Verdict.Trusted::new);
        }
    }

    /// The system's authorities, or a key that was accepted before.
    record SystemOrKnown(KnownServers known) implements Trust {

        @Override
        public Verdict judge(ServerAddress server, X509Certificate[] chain) throws IOException {
            var presented = Fingerprint.of(chain[0]);
            var accepted = known.find(server);
            if (accepted.isPresent() && accepted.get().equals(presented)) {
                return new Verdict.Trusted(); // spares reading some hundred authorities
            }
            var doubt = doubt(Authorities.ofTheSystem(), server, chain);
            if (doubt.isEmpty()) {
                return new Verdict.Trusted();
            }
            return accepted.isPresent()
                    ? new Verdict.Changed(accepted.get(), presented)
                    : new Verdict.Unknown(presented, doubt.get());
        }
    }

    private static Optional<String> doubt(
            Authorities authorities, ServerAddress server, X509Certificate[] chain) {
        var doubt = authorities.doubt(chain);
        if (doubt.isPresent()) {
            return doubt;
        }
        return ServerName.isIn(chain[0], server.host())
                ? Optional.empty()
                : Optional.of("its certificate is valid, but not for " + server.host());
    }
}
