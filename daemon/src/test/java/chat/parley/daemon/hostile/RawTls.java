package chat.parley.daemon.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/// A TLS client that sends whatever record it likes after its handshake, correctly encrypted. It
/// trusts anybody.
final class RawTls extends TlsClientProtocol implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    private RawTls(Socket socket) throws IOException {
        super(socket.getInputStream(), socket.getOutputStream());
        this.socket = socket;
    }

    /// After its handshake.
    static RawTls connect(int port, ProtocolVersion version) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        var raw = new RawTls(socket);
        raw.connect(new Anybody(version));
        return raw;
    }

    /// One record, encrypted with the keys of now.
    void record(short type, byte... content) throws IOException {
        writeRecord(type, content, 0, content.length);
    }

    /// RFC 8446, 4.6.3; the other side is asked for the same.
    void keyUpdate() throws IOException {
        send13KeyUpdate(true);
    }

    /// Bytes that no TLS layer has seen.
    void plain(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void say(String text) throws IOException {
        var bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        writeApplicationData(bytes, 0, bytes.length);
    }

    /// Waits until the daemon has ended the connection, with whatever it says before that.
    void awaitEnd() throws IOException {
        try {
            var pail = new byte[4096];
            while (socket.getInputStream().read(pail) >= 0) {
                // an alert, an ERROR, what was on its way
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("it was not ended", e);
        } catch (java.net.SocketException _) {
            // reset: not all that was sent was read
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Anybody extends DefaultTlsClient {

        private final ProtocolVersion version;

        Anybody(ProtocolVersion version) {
            super(new BcTlsCrypto(new SecureRandom()));
            this.version = version;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return version.only();
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) {}

                @Override
                public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) {
                    return null;
                }
            };
        }
    }
}
