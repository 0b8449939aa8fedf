package chat.parley.daemon.tls;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.jsse.BCSNIServerName;
import org.bouncycastle.jsse.BCSSLSocket;
import org.bouncycastle.jsse.BCX509ExtendedKeyManager;
import org.bouncycastle.jsse.BCX509Key;
import org.jspecify.annotations.Nullable;

/// Which certificate a client is shown: one for the name it asks for (SNI, RFC 6066 section 3), of
/// a kind that it understands.
///
/// A certificate that has the name to the letter goes before one that has it by a star. Whoever
/// asks for no name, or for one that nobody here has, is shown what a client would be that asks for
/// the first certificate's own name. Of several for one name (ECDSA and RSA) the order is the
/// admin's. A name of somebody else is never shown because its kind fits better.
///
/// Each handshake asks once, on its own thread, and sees the certificates as they are at that
/// moment.
final class KeyChooser extends BCX509ExtendedKeyManager {

    private static final int HOST_NAME = 0; // RFC 6066, 3: NameType

    private final Supplier<List<ServerKey>> keys;

    /// @param keys the default first
    KeyChooser(Supplier<List<ServerKey>> keys) {
        this.keys = keys;
    }

    @Override
    public @Nullable BCX509Key chooseServerKeyBC(
            String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        // What the client says of issuers is advice (RFC 8446, 4.2.4), and it judges itself.
        for (var candidate : candidates(keys.get(), asked(socket))) {
            for (var type : keyTypes) {
                if (candidate.types().contains(type)) {
                    return new Chosen(type, candidate);
                }
            }
        }
        return null;
    }

    private record Chosen(String type, ServerKey key) implements BCX509Key {

        @Override
        public X509Certificate[] getCertificateChain() {
            return key.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public String getKeyType() {
            return type;
        }

        @Override
        public PrivateKey getPrivateKey() {
            return key.key();
        }
    }

    private static Optional<String> asked(Socket socket) {
        return socket instanceof BCSSLSocket ours
                ? ours.getBCHandshakeSession().getRequestedServerNames().stream()
                        .filter(name -> name.getType() == HOST_NAME)
                        .map(KeyChooser::text)
                        .findFirst()
                : Optional.empty();
    }

    /// Whatever a peer sent: compared, never shown.
    private static String text(BCSNIServerName name) {
        return new String(name.getEncoded(), StandardCharsets.ISO_8859_1);
    }

    /// @param all the default first
    static List<ServerKey> candidates(List<ServerKey> all, Optional<String> asked) {
        var first = all.getFirst();
        return asked.flatMap(name -> having(name, all))
                .or(() -> first.names().first().flatMap(own -> having(own, all)))
                .orElse(List.of(first));
    }

    private static Optional<List<ServerKey>> having(String name, List<ServerKey> all) {
        var exact = all.stream().filter(key -> key.names().name(name)).toList();
        if (!exact.isEmpty()) {
            return Optional.of(exact);
        }
        var covering = all.stream().filter(key -> key.names().cover(name)).toList();
        return covering.isEmpty() ? Optional.empty() : Optional.of(covering);
    }

    // Nothing of the rest is asked of a server with sockets.

    @Override
    protected BCX509Key getKeyBC(String keyType, String alias) {
        throw neverAsked();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        throw neverAsked();
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        throw neverAsked();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        throw neverAsked();
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        throw neverAsked();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        throw neverAsked();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        throw neverAsked();
    }

    private static UnsupportedOperationException neverAsked() {
        return new UnsupportedOperationException(
                "a server with sockets is asked for a key by type");
    }
}
