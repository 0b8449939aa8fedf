package chat.parley.daemon.session;

import chat.parley.daemon.tls.ClientCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.Optional;

/// One peer's connection as a session sees it: two streams, an address and two ways to end it.
///
/// It is made in `listen` after the TLS handshake. Tests make it of two byte arrays.
public interface Connection {

    /// What the peer sends. Used by the reader's thread only. `available()` is above 0 if and only
    /// if something has arrived.
    InputStream input();

    /// Waits until something has arrived or the end has, with as little in hand as can be: this is
    /// where an idle session is. The reader's thread only. May return early; reading waits, too.
    void awaitInput() throws IOException;

    /// What the peer is told. Used by the writer's thread only.
    OutputStream output();

    /// Where the peer connects from.
    InetAddress address();

    /// Protocol and cipher suite, such as `TLSv1.3 TLS_AES_256_GCM_SHA384`.
    String security();

    /// The certificate that the client has shown to hold the key of, if it sent one.
    Optional<ClientCertificate> certificate();

    /// Ends the connection in good order (flush, close_notify, close). The writer's thread only, as
    /// its last act; may wait for the peer, so it stands inside a deadline.
    ///
    /// @return whether the peer has closed its side too, and so got all it was told; where nobody
    ///   asks that ([Ending#isAnswered]) it may be false although it has
    boolean close(Ending why) throws IOException;

    /// The same for a peer that is no session's.
    default void close() throws IOException {
        close(new Ending.PeerLeft());
    }

    /// Ends the connection now. Any thread; never blocks; may be called again.
    void abort();
}
