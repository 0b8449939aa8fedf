package chat.parley.client.link;

import java.io.IOException;
import java.security.cert.X509Certificate;

/// What there is to see of a server without trusting it.
public sealed interface Look {

    /// @param verdict what [Trust] thinks of it
    record Seen(Security security, Verdict verdict) implements Look {}

    record Failed(String reason) implements Look {}

    /// Lets everybody finish the handshake, as only that shows that they hold their key, and keeps
    /// what [Trust] thought of them. Nothing is said on such a connection.
    final class Onlooker implements Trust {

        private final Trust trust;
        private Verdict verdict = new Verdict.Trusted("nobody was asked");

        Onlooker(Trust trust) {
            this.trust = trust;
        }

        Verdict verdict() {
            return verdict;
        }

        @Override
        public Verdict judge(ServerAddress server, X509Certificate[] chain) throws IOException {
            verdict = trust.judge(server, chain);
            return new Verdict.Trusted("nothing is said");
        }
    }
}
