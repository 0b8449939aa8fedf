package chat.parley.daemon.tls;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jsse.BCSSLSocket;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/// The daemon's TLS: its certificates, and what it speaks. Any thread may use it.
///
/// What it speaks is pinned here rather than left to the JVM's security properties: TLS 1.3 and
/// 1.2, suites with forward secrecy and authenticated encryption only, and key exchange that also a
/// quantum computer cannot undo later for peers that know how. It never changes. The certificates
/// do: they are replaced as a whole, each handshake sees one moment of them, and a connection that
/// has had its handshake notices nothing.
///
/// Bouncy Castle speaks TLS; AES-GCM and the curves are the JDK's own ([BothProviders]), which is
/// 30 times as fast at the one thing that is done for every line. No provider is registered with
/// the JVM.
public final class ServerTls {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /// In the order of preference, which is ours and not the peer's.
    private static final List<String> SUITES =
            List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private static final List<String> GROUPS = List.of("X25519MLKEM768", "x25519", "secp256r1");

    private final Clock clock;
    private final SSLContext context;
    private final ReentrantLock reading = new ReentrantLock(); // one reads files at a time
    private final Set<TlsPart> refused = ConcurrentHashMap.newKeySet();
    private volatile Shown shown;

    /// What handshakes see at one moment.
    ///
    /// @param files where it comes from
    /// @param keys in the order of the files, the default first
    private record Shown(
            DaemonConfig.Tls files,
            List<ServerKey> keys,
            Optional<ClientAuthorities> authorities) {}

    private ServerTls(Shown shown, Clock clock) throws GeneralSecurityException {
        this.shown = shown;
        this.clock = clock;
        context =
                SSLContext.getInstance(
                        "TLS", new BouncyCastleJsseProvider(false, new BothProviders()));
        context.init(
                new KeyManager[] {new KeyChooser(() -> this.shown.keys)},
                new TrustManager[] {new AnyClient(this::authorities)},
                new SecureRandom());
    }

    /// Reads the admin's files. A certificate that has expired is shown all the same, because
    /// clients that pin the key come in; the log says it loudly.
    public static ServerTls of(DaemonConfig.Tls files) throws ConfigProblem {
        return of(files, Clock.systemUTC());
    }

    static ServerTls of(DaemonConfig.Tls files, Clock clock) throws ConfigProblem {
        try {
            return new ServerTls(read(files), clock);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot do TLS", e);
        }
    }

    private static Shown read(DaemonConfig.Tls files) throws ConfigProblem {
        var keys = new ArrayList<ServerKey>();
        keys.add(ServerKey.read(files.main()));
        for (var each : files.more()) {
            keys.add(ServerKey.read(each));
        }
        return new Shown(files, List.copyOf(keys), readAuthorities(files.clientAuthorities()));
    }

    private static Optional<ClientAuthorities> readAuthorities(Optional<Path> file)
            throws ConfigProblem {
        return file.isEmpty() ? Optional.empty() : Optional.of(ClientAuthorities.read(file.get()));
    }

    /// Reads all files again (REHASH, SIGHUP); the configuration may name others than before. From
    /// then on handshakes see what is in them.
    ///
    /// @return the settings whose files hold something else than before
    /// @throws ConfigProblem if anything is wrong with any of them; then all stays as it was
    public List<String> reread(DaemonConfig.Tls files) throws ConfigProblem {
        reading.lock();
        try {
            var before = shown;
            var read = read(files);
            var changed = new TreeSet<String>();
            for (var i = 0; i < read.keys.size(); i++) {
                var key = read.keys.get(i);
                if (before.keys.stream().noneMatch(key::sameAs)) {
                    new ServerKeyChecks(key).dates(clock.instant());
                    changed.add(setting(i, files));
                }
            }
            if (isOther(before.authorities, read.authorities)) {
                changed.add("tls.client-authorities");
            }
            shown = read;
            refused.clear();
            return List.copyOf(changed);
        } finally {
            reading.unlock();
        }
    }

    private static String setting(int i, DaemonConfig.Tls files) {
        if (i > 0) {
            return "tls.more";
        }
        return switch (files.main()) {
            case DaemonConfig.Tls.Pem _ -> "tls.certificate";
            case DaemonConfig.Tls.Pkcs12 _ -> "tls.keystore";
        };
    }

    private static boolean isOther(
            Optional<ClientAuthorities> one, Optional<ClientAuthorities> other) {
        return one.isPresent() != other.isPresent()
                || (one.isPresent() && !one.get().sameAs(other.get()));
    }

    /// All there are at the moment.
    List<TlsPart> parts() {
        var files = shown.files;
        return Stream.concat(
                        Stream.concat(Stream.of(files.main()), files.more().stream())
                                .map(TlsPart.Certificate::new),
                        files.clientAuthorities().stream().map(TlsPart.Authorities::new))
                .<TlsPart>map(part -> part)
                .toList();
    }

    /// Reads one part again. From then on handshakes see what is in it.
    ///
    /// @return whether it is something else than before
    /// @throws ConfigProblem if anything is wrong with it; then it stays as it was
    boolean renew(TlsPart part) throws ConfigProblem {
        reading.lock();
        try {
            if (!parts().contains(part)) {
                return false; // the configuration names other files by now
            }
            refused.add(part);
            var changed =
                    switch (part) {
                        case TlsPart.Certificate(var files) -> renew(files);
                        case TlsPart.Authorities(var file) -> renewAuthorities(file);
                    };
            refused.remove(part);
            return changed;
        } finally {
            reading.unlock();
        }
    }

    private boolean renew(DaemonConfig.Tls.Files files) throws ConfigProblem {
        var before = shown;
        var at = before.files.main().equals(files) ? 0 : 1 + before.files.more().indexOf(files);
        var read = ServerKey.read(files);
        if (read.sameAs(before.keys.get(at))) {
            return false;
        }
        new ServerKeyChecks(read).dates(clock.instant());
        var keys = new ArrayList<>(before.keys);
        keys.set(at, read);
        shown = new Shown(before.files, List.copyOf(keys), before.authorities);
        return true;
    }

    private boolean renewAuthorities(Path file) throws ConfigProblem {
        var before = shown;
        var read = readAuthorities(Optional.of(file));
        shown = new Shown(before.files, before.keys, read);
        return isOther(before.authorities, read);
    }

    /// Whether something is shown though its files hold something else, which is wrong.
    boolean keepsOld() {
        return !refused.isEmpty();
    }

    /// The certificates, the default first.
    List<ServerKey> keys() {
        return shown.keys;
    }

    /// For the admin, a line for each certificate: names, kind, until when.
    public List<String> summary() {
        var now = clock.instant();
        return shown.keys.stream().map(key -> Validity.summary(key, now)).toList();
    }

    private X509Certificate[] authorities() {
        return shown.authorities
                .map(ClientAuthorities::certificates)
                .orElseGet(() -> new X509Certificate[0]);
    }

    /// A certificate that a client has shown, and whether who signed it counts here.
    ///
    /// @param chain the client's own first
    public ClientCertificate shown(X509Certificate[] chain) throws CertificateEncodingException {
        var vouched = shown.authorities.map(any -> any.vouchFor(chain)).orElse(true);
        return ClientCertificate.of(chain[0], vouched);
    }

    public SSLContext context() {
        return context;
    }

    /// What each server socket speaks.
    public SSLParameters parameters() {
        var supported = List.of(context.getSupportedSSLParameters().getCipherSuites());
        var parameters = new SSLParameters();
        parameters.setProtocols(PROTOCOLS.clone());
        parameters.setCipherSuites(
                SUITES.stream().filter(supported::contains).toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(true);
        parameters.setNamedGroups(groups());
        parameters.setWantClientAuth(true);
        return parameters;
    }

    /// After ours come the curves of certificates that have others: Bouncy Castle signs by no curve
    /// that it may not agree on.
    private String[] groups() {
        return Stream.concat(
                        GROUPS.stream(), shown.keys.stream().flatMap(key -> key.curve().stream()))
                .distinct()
                .toArray(String[]::new);
    }

    /// Sets what the JDK has no parameter for: that the order of the groups is ours too, and what
    /// is answered to the protocols that a client names.
    public void finish(SSLSocket socket, ApplicationProtocol protocol) {
        if (socket instanceof BCSSLSocket ours) {
            var parameters = ours.getParameters();
            parameters.setNamedGroups(groups());
            parameters.setUseNamedGroupsOrder(true);
            ours.setParameters(parameters);
            ours.setBCHandshakeApplicationProtocolSelector(
                    (_, offered) -> protocol.answer(offered));
        }
    }
}
