package chat.parley.daemon.listen;

import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Vector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;

/// A client that says exactly what a test wants it to: Bouncy Castle's low-level TLS.
///
/// One handshake each. It believes every server.
@SuppressWarnings("JdkObsolete") // Bouncy Castle speaks in vectors
final class ChoosyPeer extends DefaultTlsClient {

    private ProtocolVersion[] versions = ProtocolVersion.TLSv13.downTo(ProtocolVersion.TLSv12);
    private int @Nullable [] suites;
    private int @Nullable [] groups;
    private int @Nullable [] shares;
    private int @Nullable [] schemes;
    private String name = "";
    private String[] protocols = {};

    private Certificate shown = Certificate.EMPTY_CHAIN;
    private int authorities;
    private boolean asked;

    ChoosyPeer() {
        super(
                new JcaTlsCryptoProvider()
                        .setProvider(new BouncyCastleProvider())
                        .create(new SecureRandom()));
    }

    ChoosyPeer speaks(ProtocolVersion... only) {
        versions = only;
        return this;
    }

    ChoosyPeer suites(int... inThisOrder) {
        suites = inThisOrder;
        return this;
    }

    /// @param inThisOrder for the first of them it brings its share along
    ChoosyPeer groups(int... inThisOrder) {
        groups = inThisOrder;
        shares = Arrays.copyOf(inThisOrder, 1);
        return this;
    }

    /// Which signatures it understands, as numbers of [SignatureScheme].
    ChoosyPeer signatures(int... inThisOrder) {
        schemes = inThisOrder;
        return this;
    }

    ChoosyPeer asksFor(String host) {
        name = host;
        return this;
    }

    ChoosyPeer offers(String... applicationProtocols) {
        protocols = applicationProtocols;
        return this;
    }

    /// The whole handshake.
    ChoosyPeer meet(Socket plain) throws IOException {
        var protocol = new TlsClientProtocol(plain.getInputStream(), plain.getOutputStream());
        protocol.connect(this);
        return this;
    }

    /// What was agreed.
    SecurityParameters agreed() {
        return context.getSecurityParametersConnection();
    }

    /// The name of the first certificate that the server showed.
    String shownName() throws IOException {
        var encoded = shown.getCertificateAt(0).getEncoded();
        return org.bouncycastle.asn1.x509.Certificate.getInstance(encoded).getSubject().toString();
    }

    /// The kind of its key, as Java calls it.
    String shownKey() throws IOException {
        var key =
                org.bouncycastle.asn1.x509.Certificate.getInstance(
                                shown.getCertificateAt(0).getEncoded())
                        .getSubjectPublicKeyInfo();
        return new JcaPEMKeyConverter().getPublicKey(key).getAlgorithm();
    }

    /// Whether the server asked for a certificate.
    boolean wasAsked() {
        return asked;
    }

    /// How many authorities it named then.
    int authorities() {
        return authorities;
    }

    @Override
    public ProtocolVersion[] getProtocolVersions() {
        return versions.clone();
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return versions.clone();
    }

    @Override
    public int[] getCipherSuites() {
        return suites == null ? super.getCipherSuites() : suites.clone();
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected Vector getSupportedGroups(Vector namedGroupRoles) {
        return groups == null ? super.getSupportedGroups(namedGroupRoles) : vector(groups);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Vector getEarlyKeyShareGroups() {
        return shares == null ? super.getEarlyKeyShareGroups() : vector(shares);
    }

    private static Vector<Integer> vector(int... values) {
        return IntStream.of(values).boxed().collect(Collectors.toCollection(Vector::new));
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected Vector getSupportedSignatureAlgorithms() {
        return schemes == null
                ? super.getSupportedSignatureAlgorithms()
                : IntStream.of(schemes)
                        .mapToObj(SignatureScheme::getSignatureAndHashAlgorithm)
                        .collect(
                                Collectors
                                        .<SignatureAndHashAlgorithm,
                                                Vector<SignatureAndHashAlgorithm>>
                                                toCollection(Vector::new));
    }

    /// In a certificate it understands them all.
    @Override
    @SuppressWarnings("rawtypes")
    protected Vector getSupportedSignatureAlgorithmsCert() {
        return super.getSupportedSignatureAlgorithms();
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected @Nullable Vector getSNIServerNames() {
        return name.isEmpty()
                ? null
                : new Vector<>(
                        java.util.List.of(
                                new ServerName(
                                        (short) 0,
                                        name.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected @Nullable Vector getProtocolNames() {
        return protocols.length == 0
                ? null
                : Stream.of(protocols)
                        .map(ProtocolName::asUtf8Encoding)
                        .collect(Collectors.toCollection(Vector::new));
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) {
                shown = certificate.getCertificate();
            }

            @Override
            public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) {
                asked = true;
                var named = request.getCertificateAuthorities();
                authorities = named == null ? 0 : named.size();
                return null;
            }
        };
    }
}
