package chat.parley.bench.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/// One TLS connection that never blocks: what comes in is decrypted and handed on at once. TLS 1.3
/// only, without resumption, so that all servers do the same work.
///
/// Belongs to its loop's thread.
public final class TlsLink {

    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final byte[] NONE = {};

    /// Who hears of what happens on a link, on the loop's thread.
    public interface Listener {

        /// The handshake is done.
        void connected();

        /// Something was decrypted; the array is the loop's and changes after the call.
        void received(byte[] bytes, int count);

        /// It is over, by whoever's doing; told once.
        void closed(String why);
    }

    private final Loop loop;
    private final SSLEngine engine;
    private final SocketChannel channel;
    private final Listener listener;
    private final SelectionKey key;
    private byte[] kept = NONE; // the beginning of a record whose rest has not come
    private int keptCount;
    private @Nullable ByteBuffer unsent; // encrypted, and not taken by the system yet
    private boolean begun; // the handshake
    private boolean connected;
    private boolean closed;
    private boolean deaf;

    private TlsLink(
            Loop loop, SSLContext tls, SocketChannel channel, String host, Listener listener)
            throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.listener = listener;
        engine = tls.createSSLEngine(host, 0); // no port: nothing to resume
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(PROTOCOLS);
        key = channel.register(loop.selector(), SelectionKey.OP_CONNECT, this);
    }

    /// Begins to connect.
    ///
    /// @param from the address to come from; null for any
    public static TlsLink open(
            Loop loop,
            SSLContext tls,
            InetSocketAddress to,
            @Nullable InetSocketAddress from,
            Listener listener)
            throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (from != null) {
                channel.bind(from);
            }
            var link = new TlsLink(loop, tls, channel, to.getHostString(), listener);
            if (channel.connect(to)) {
                link.ready();
            }
            return link;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Encrypts a line of its own record and sends it, or as much as the system takes; the rest
    /// follows by itself.
    public void send(ByteBuffer line) {
        if (closed) {
            return;
        }
        try {
            while (line.hasRemaining()) {
                wrap(line);
            }
        } catch (IOException e) {
            end(e.toString());
        }
    }

    /// Stops reading, or reads again. Little is then kept for it by the system, so that what it
    /// does not read soon waits at the server.
    public void deafen(boolean yes) {
        deaf = yes;
        if (!closed) {
            try {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, yes ? 4 * 1024 : 256 * 1024);
                interest();
            } catch (IOException e) {
                end(e.toString());
            }
        }
    }

    /// Closes the connection as a lost network would, without a word.
    public void drop() {
        end("dropped");
    }

    public boolean isClosed() {
        return closed;
    }

    void ready() {
        try {
            if (!begun) {
                if (!channel.isConnected() && !channel.finishConnect()) {
                    return;
                }
                begun = true;
                interest();
                engine.beginHandshake();
                shake(engine.getHandshakeStatus());
            }
            if (key.isValid() && key.isWritable()) {
                flush();
            }
            if (key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            end(e.toString());
        }
    }

    private void read() throws IOException {
        var cipher = loop.cipher();
        cipher.clear().put(kept, 0, keptCount);
        keptCount = 0;
        if (channel.read(cipher) < 0) {
            end("closed by the server");
            return;
        }
        cipher.flip();
        unwrapAll(cipher);
    }

    private void unwrapAll(ByteBuffer cipher) throws IOException {
        var plain = loop.plain();
        while (cipher.hasRemaining() && !closed) {
            plain.clear();
            var result = engine.unwrap(cipher, plain);
            switch (result.getStatus()) {
                case OK -> {
                    if (result.bytesProduced() > 0) {
                        listener.received(loop.decrypted(), plain.position());
                    }
                    shake(result.getHandshakeStatus());
                }
                case BUFFER_UNDERFLOW -> {
                    keep(cipher);
                    return;
                }
                case CLOSED -> end("closed by the server");
                case BUFFER_OVERFLOW -> throw new IOException("a record that is too long");
            }
        }
    }

    private void keep(ByteBuffer cipher) {
        keptCount = cipher.remaining();
        if (kept.length < keptCount) {
            kept = new byte[Math.max(keptCount, 1024)];
        }
        cipher.get(kept, 0, keptCount);
    }

    private void shake(HandshakeStatus first) throws IOException {
        for (var status = first; ; status = engine.getHandshakeStatus()) {
            switch (status) {
                case NEED_TASK -> {
                    for (var task = engine.getDelegatedTask();
                            task != null;
                            task = engine.getDelegatedTask()) {
                        task.run();
                    }
                }
                case NEED_WRAP -> {
                    if (wrap(ByteBuffer.wrap(NONE)).getHandshakeStatus()
                            == HandshakeStatus.FINISHED) {
                        done();
                    }
                }
                case FINISHED -> {
                    done();
                    return;
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    private void done() {
        if (!connected) { // a ticket after the handshake finishes once more
            connected = true;
            listener.connected();
        }
    }

    private SSLEngineResult wrap(ByteBuffer source) throws IOException {
        var out = loop.out();
        out.clear();
        var result = engine.wrap(source, out);
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new IOException("closed by the server");
        }
        out.flip();
        if (unsent == null) {
            channel.write(out);
        }
        if (out.hasRemaining()) {
            queue(out);
        }
        return result;
    }

    private void queue(ByteBuffer out) {
        var before = unsent == null ? 0 : unsent.remaining();
        var together = ByteBuffer.allocate(before + out.remaining());
        if (unsent != null) {
            together.put(unsent);
        }
        unsent = together.put(out).flip();
        interest();
    }

    private void flush() throws IOException {
        if (unsent != null) {
            channel.write(unsent);
            if (!unsent.hasRemaining()) {
                unsent = null;
                interest();
            }
        }
    }

    private void interest() {
        key.interestOps(
                (deaf ? 0 : SelectionKey.OP_READ) | (unsent == null ? 0 : SelectionKey.OP_WRITE));
    }

    private void end(String why) {
        if (!closed) {
            closed = true;
            try {
                channel.close();
            } catch (IOException _) {
                // it is gone either way
            }
            listener.closed(why);
        }
    }
}
