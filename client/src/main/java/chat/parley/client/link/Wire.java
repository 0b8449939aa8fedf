package chat.parley.client.link;

import chat.parley.protocol.ByteSize;
import chat.parley.protocol.Frame;
import chat.parley.protocol.LineReader;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessageParser;
import chat.parley.protocol.MessagePrinter;
import chat.parley.protocol.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;

/// One TLS connection to the daemon, as messages.
///
/// One thread reads, one thread writes; they may be the same. Anybody may abort.
final class Wire {

    /// IRCv3 message-tags, "Size limit": 8,191 bytes of tags. A line is 512 bytes unless the daemon
    /// says otherwise (LINELEN); what a friendly daemon may say at most is taken without asking.
    private static final LineReader.Limits LIMITS =
            LineReader.Limits.of(ByteSize.ofBytes(8191), ByteSize.ofKiB(16));

    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final GatedSocket plain;
    private final SSLSocket tls;
    private final LineReader lines;
    private final OutputStream out;
    private final Security security;

    Wire(GatedSocket plain, SSLSocket tls, Security security) throws IOException {
        this.plain = plain;
        this.tls = tls;
        this.security = security;
        this.lines = new LineReader(plain.gated(tls.getInputStream()), LIMITS, Set.of());
        this.out = tls.getOutputStream();
    }

    /// Waits for the next message; empty when the daemon has ended the connection. What is no
    /// message is passed over: it is the daemon's mistake, and the stream is still in step.
    Optional<Message> next() throws IOException {
        while (true) {
            switch (lines.next()) {
                case Frame.Line(var text) -> {
                    if (MessageParser.parse(text) instanceof Parsed.Good(var message)) {
                        return Optional.of(message);
                    }
                }
                case Frame.Oversized _, Frame.NotUtf8 _ -> {}
                case Frame.Sensitive secret -> secret.close(); // asked for none
                case Frame.Endless _ -> throw new IOException("the daemon sent an endless line");
                case Frame.End _ -> {
                    return Optional.empty();
                }
            }
        }
    }

    /// Writes these messages, in one record where they fit.
    void send(List<Message> messages) throws IOException {
        var bytes = new ByteArrayOutputStream();
        messages.forEach(message -> bytes.writeBytes(MessagePrinter.bytes(message)));
        write(bytes.toByteArray());
    }

    /// Writes an AUTHENTICATE whose parameter is secret, so that it never becomes text. Wipes it.
    void authenticate(byte[] parameter) throws IOException {
        secret("AUTHENTICATE ", parameter);
    }

    /// The same for another command whose last parameter is secret.
    ///
    /// @param head all that stands before it
    void secret(String head, byte[] parameter) throws IOException {
        var command = head.getBytes(StandardCharsets.US_ASCII);
        var line = Arrays.copyOf(command, command.length + parameter.length + 2);
        System.arraycopy(parameter, 0, line, command.length, parameter.length);
        line[line.length - 2] = '\r';
        line[line.length - 1] = '\n';
        try {
            secret(line);
        } finally {
            Arrays.fill(parameter, (byte) 0);
        }
    }

    /// Writes a line that holds a secret, and wipes it.
    ///
    /// @throws IOException also if it is not one line: the rest would be a command
    void secret(byte[] line) throws IOException {
        try {
            requireOneLine(line);
            write(line);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static void requireOneLine(byte[] line) throws IOException {
        for (var i = 0; i < line.length - 2; i++) {
            if (line[i] == '\r' || line[i] == '\n' || line[i] == 0) {
                throw new IOException("what is secret has a line break in it and was not sent");
            }
        }
    }

    private void write(byte[] bytes) throws IOException {
        plain.gate().lock();
        try {
            out.write(bytes);
            out.flush();
        } finally {
            plain.gate().unlock();
        }
    }

    /// Ends in good order: the writer's last act. Takes a second at most.
    void close() {
        try (var _ = Deadline.after(GOODBYE, this::abort)) {
            plain.gate().lock();
            try {
                tls.close();
            } catch (IOException _) {
                // it is over either way
            } finally {
                plain.gate().unlock();
            }
        } finally {
            abort();
        }
    }

    /// Ends now. Any thread; never blocks.
    void abort() {
        try {
            plain.close();
        } catch (IOException _) {
            // closed or not, nothing more can be done
        }
    }

    Security security() {
        return security;
    }
}
