package chat.parley.daemon.listen;

import chat.parley.daemon.tls.ApplicationProtocol;
import chat.parley.daemon.tls.ServerTls;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// A server socket that puts a [RecordSocket] under each TLS connection.
///
/// Bouncy Castle's own server socket makes one object of both layers, and then nothing can stand
/// between the TLS layer and the wire. So this one accepts, and Bouncy Castle's socket factory
/// wraps. All that an `SSLServerSocket` can be told or asked is passed on to Bouncy Castle's, which
/// is never bound, and holds for the connections accepted from then on.
public final class TlsServerSocket extends SSLServerSocket {

    private final ServerTls tls;
    private final ApplicationProtocol protocol;
    private final SSLServerSocket settings;

    /// An unbound server socket with the policy of [ServerTls], for IRC.
    public TlsServerSocket(ServerTls tls) throws IOException {
        this(tls, ApplicationProtocol.IRC);
    }

    /// @param protocol what is spoken inside
    public TlsServerSocket(ServerTls tls, ApplicationProtocol protocol) throws IOException {
        this.tls = tls;
        this.protocol = protocol;
        settings = (SSLServerSocket) tls.context().getServerSocketFactory().createServerSocket();
        settings.setSSLParameters(tls.parameters());
    }

    /// The next peer, before its handshake. Waits.
    TlsConnection next() throws IOException {
        var wire = new RecordSocket();
        implAccept(wire);
        try {
            wire.setTcpNoDelay(true); // the writer fills its records itself
            return new TlsConnection(wire, wrap(wire), tls);
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    /// Without `autoClose`: the TLS layer says goodbye, [TlsConnection] closes the wire.
    private SSLSocket wrap(RecordSocket wire) throws IOException {
        var factory = tls.context().getSocketFactory();
        var socket = (SSLSocket) factory.createSocket(wire, null, false);
        socket.setUseClientMode(settings.getUseClientMode());
        socket.setEnableSessionCreation(settings.getEnableSessionCreation());
        socket.setSSLParameters(settings.getSSLParameters());
        tls.finish(socket, protocol);
        return socket;
    }

    @Override
    public Socket accept() throws IOException {
        return next().tls();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return settings.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        settings.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return settings.getSupportedCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return settings.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return settings.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        settings.setEnabledProtocols(protocols);
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        settings.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return settings.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        settings.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return settings.getWantClientAuth();
    }

    @Override
    public void setUseClientMode(boolean client) {
        settings.setUseClientMode(client);
    }

    @Override
    public boolean getUseClientMode() {
        return settings.getUseClientMode();
    }

    @Override
    public void setEnableSessionCreation(boolean enable) {
        settings.setEnableSessionCreation(enable);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return settings.getEnableSessionCreation();
    }
}
