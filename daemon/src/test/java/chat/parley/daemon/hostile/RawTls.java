package chat.parley.daemon.hostile;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

    /// Who does not read holds up its writer the sooner.
    private static final int SMALL_BUFFER = 4_096;

    private final Socket socket;

    private final Held out;

    private RawTls(Socket socket, Held out) throws IOException {
        super(socket.getInputStream(), out);
        this.socket = socket;
        this.out = out;
    }

    /// After its handshake.
    static RawTls connect(int port, ProtocolVersion version) throws IOException {
        return connect(port, version, "127.0.0.1");
    }

    /// @param from in digits: any of 127.0.0.0/8
    static RawTls connect(int port, ProtocolVersion version, String from) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        var raw = new RawTls(socket, new Held(socket.getOutputStream()));
        raw.connect(new Anybody(version));
        return raw;
    }

    /// How a handshake begins.
    static byte[] clientHello(ProtocolVersion version) throws IOException {
        var unconnected = new TlsClientProtocol();
        unconnected.connect(new Anybody(version));
        var hello = new byte[unconnected.getAvailableOutputBytes()];
        unconnected.readOutput(hello, 0, hello.length);
        return hello;
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

    /// Reads until it was told these words, in ASCII.
    void hear(String words) throws IOException {
        var tail = "";
        var pail = new byte[16_384];
        while (!tail.contains(words)) {
            var count = getInputStream().read(pail);
            if (count < 0) {
                throw new AssertionError("ended before it heard " + words);
            }
            var heard = new String(pail, 0, count, java.nio.charset.StandardCharsets.US_ASCII);
            tail = tail.substring(Math.max(0, tail.length() - words.length())) + heard;
        }
    }

    /// The records that say this, which are not sent.
    byte[] unsent(String text) throws IOException {
        out.hold();
        say(text);
        return out.taken();
    }

    /// Closes its side and goes on listening, as `shutdown(SHUT_WR)` does.
    void fin() throws IOException {
        socket.shutdownOutput();
    }

    /// Is gone at once: the other side gets a RST.
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
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

    /// What is written goes on, or is kept.
    private static final class Held extends FilterOutputStream {

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private boolean holds;

        Held(OutputStream out) {
            super(out);
        }

        void hold() {
            holds = true;
        }

        byte[] taken() {
            holds = false;
            var all = kept.toByteArray();
            kept.reset();
            return all;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            (holds ? kept : out).write(from, offset, length);
        }
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
