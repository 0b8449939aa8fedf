package chat.parley.daemon.listen;

import chat.parley.daemon.session.Connection;
import chat.parley.daemon.session.Ending;
import chat.parley.daemon.tls.ClientCertificate;
import chat.parley.daemon.tls.ServerTls;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/// One peer over TLS: Bouncy Castle's socket on top, our own [RecordSocket] underneath.
///
/// Each write and the goodbye take the turn to encrypt; each read gives back the turn it was given
/// by [RecordInput]. So the reader and the writer never send at the same time.
final class TlsConnection implements Connection {

    private final RecordSocket wire;
    private final SSLSocket tls;
    private final ServerTls policy;
    private final Input input;
    private final OutputStream output;
    private String security = "";
    private Optional<ClientCertificate> certificate = Optional.empty();

    TlsConnection(RecordSocket wire, SSLSocket tls, ServerTls policy) throws IOException {
        this.wire = wire;
        this.tls = tls;
        this.policy = policy;
        input = new Input(tls.getInputStream());
        output = new Output(tls.getOutputStream());
    }

    SSLSocket tls() {
        return tls;
    }

    /// The whole handshake; on the connection's thread, before anybody else knows the connection.
    /// May take for ever: [Handshake] holds the clock. The turn is given back, whatever became of
    /// it.
    void handshake(HandshakeTurn computing) throws IOException {
        var records = wire.records();
        var flights = wire.flights();
        flights.gather();
        records.during(computing, flights);
        try (Closeable _ = flights::end) { // sends the alert, if it failed
            try {
                tls.startHandshake();
                records.gaveData(0);
                describe(tls.getSession());
            } finally {
                computing.giveBack();
                records.afterHandshake();
                wire.turn().giveBack();
            }
        }
    }

    private void describe(SSLSession session) {
        security = session.getProtocol() + " " + session.getCipherSuite();
        certificate = certificateOf(session);
        session.invalidate(); // no resumption: no secret outlives its connection
    }

    /// One that nobody can read is none: it opens nothing, and is no reason to send the peer away.
    private Optional<ClientCertificate> certificateOf(SSLSession session) {
        try {
            var chain = session.getPeerCertificates();
            return Optional.of(
                    policy.shown(Arrays.copyOf(chain, chain.length, X509Certificate[].class)));
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty(); // it sent none, which is usual
        } catch (CertificateEncodingException | IllegalArgumentException | ArrayStoreException _) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public void awaitInput() throws IOException {
        if (input.decrypted() == 0) {
            wire.records().awaitRecord();
        }
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public InetAddress address() {
        return wire.getInetAddress();
    }

    @Override
    public String security() {
        return security;
    }

    @Override
    public Optional<ClientCertificate> certificate() {
        return certificate;
    }

    @Override
    public boolean close(Ending why) throws IOException {
        try {
            wire.turn().take();
            try {
                tls.close();
            } finally {
                wire.turn().giveBack();
            }
            return wire.goodbye(why.isAnswered());
        } finally {
            abort();
        }
    }

    @Override
    public void abort() {
        try {
            wire.close();
        } catch (IOException _) {
            // closed all the same, and there is nobody left to tell
        }
    }

    private final class Input extends FilterInputStream {

        Input(InputStream plain) {
            super(plain);
        }

        @Override
        public int available() throws IOException {
            var decrypted = decrypted();
            return decrypted > 0 ? decrypted : wire.records().available();
        }

        int decrypted() throws IOException {
            return in.available();
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                var count = in.read(into, offset, length);
                if (count > 0) {
                    wire.records().gaveData(count);
                }
                return count;
            } finally {
                wire.turn().giveBack();
            }
        }
    }

    private final class Output extends FilterOutputStream {

        Output(OutputStream plain) {
            super(plain);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            wire.turn().take();
            try {
                out.write(from, offset, length);
            } finally {
                wire.turn().giveBack();
            }
        }
    }
}
