package chat.parley.daemon.session;

import chat.parley.daemon.tls.ClientCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Says what it has to say, and takes nothing until it is aborted.
class DeafConnection implements Connection {

    private final InputStream input;
    private final CountDownLatch aborted = new CountDownLatch(1);

    DeafConnection(String says) {
        input = new ByteArrayInputStream(says.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public void awaitInput() throws IOException {}

    @Override
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                try {
                    aborted.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("aborted");
            }
        };
    }

    @Override
    public InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public String security() {
        return "";
    }

    @Override
    public Optional<ClientCertificate> certificate() {
        return Optional.empty();
    }

    @Override
    public boolean close(Ending why) {
        abort();
        return false;
    }

    @Override
    public void abort() {
        aborted.countDown();
    }
}
