package chat.parley.daemon.websocket;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.limit.Deadlines;
import chat.parley.daemon.observe.Escaped;
import chat.parley.daemon.session.Connection;
import chat.parley.protocol.websocket.HttpAnswer;
import chat.parley.protocol.websocket.Refusal;
import chat.parley.protocol.websocket.RequestHead;
import chat.parley.protocol.websocket.Upgrade;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP request by which a WebSocket begins: RFC 6455 4.2, inside a deadline that no peer can
/// stretch. One request, then it is a WebSocket or the end. Any thread; each request on its own
/// connection's.
///
/// Only what RFC 6455 needs is read. A header that says who the peer is (`X-Forwarded-For` and its
/// like) is what anybody can write, and is not looked at.
public final class WebSocketDoor {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketDoor.class);

    /// RFC 6455 1.3.
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final DaemonConfig.WebSocket settings;
    private final Deadlines deadlines;
    private final Duration within;

    public WebSocketDoor(DaemonConfig.WebSocket settings, Deadlines deadlines, Duration within) {
        this.settings = settings;
        this.deadlines = deadlines;
        this.within = within;
    }

    /// The connection as a session uses it. Empty if the peer wanted something else, has been told
    /// so, and its connection is of no more use.
    public Optional<WebSocketConnection> open(Connection connection) {
        try (var deadline = deadlines.within(within)) {
            try {
                var opened = answer(connection);
                return deadline.expired() ? Optional.empty() : opened;
            } catch (IOException e) {
                note(connection, deadline.expired() ? "took longer than " + within : "wire broke");
                return Optional.empty();
            }
        }
    }

    private Optional<WebSocketConnection> answer(Connection connection) throws IOException {
        return switch (asked(connection)) {
            case Upgrade.Refused(var why) -> {
                note(connection, why.name());
                connection.output().write(HttpAnswer.refusing(why));
                connection.close();
                yield Optional.empty();
            }
            case Upgrade.Wanted(_, _, var key, var subProtocol) -> {
                connection.output().write(HttpAnswer.switching(accept(key), subProtocol));
                yield Optional.of(new WebSocketConnection(connection, subProtocol));
            }
        };
    }

    private Upgrade asked(Connection connection) throws IOException {
        return switch (RequestHead.read(connection.input())) {
            case RequestHead.Read.Bad(var why) -> new Upgrade.Refused(why);
            case RequestHead.Read.Good(var head) -> allowed(Upgrade.of(head), connection);
        };
    }

    private Upgrade allowed(Upgrade asked, Connection connection) {
        if (!(asked instanceof Upgrade.Wanted wanted)) {
            return asked;
        }
        if (!wanted.path().equals(settings.path())) {
            return new Upgrade.Refused(Refusal.NOT_FOUND);
        }
        // A browser always says which page asks; who says nothing is no browser, and a page can
        // lend it nothing: it logs in by itself, as everybody.
        if (wanted.origin().isPresent() && !isListed(wanted.origin().get())) {
            LOG.atInfo()
                    .addKeyValue("origin", Escaped.of(wanted.origin().get()))
                    .addKeyValue("address", connection.address().getHostAddress())
                    .log("origin refused");
            return new Upgrade.Refused(Refusal.ORIGIN);
        }
        return asked;
    }

    private boolean isListed(String origin) {
        return settings.origins().contains(origin.toLowerCase(Locale.ROOT));
    }

    private static String accept(String key) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each JDK has SHA-1
        }
    }

    private static void note(Connection connection, String reason) {
        LOG.atDebug()
                .addKeyValue("address", connection.address().getHostAddress())
                .addKeyValue("reason", reason)
                .log("no websocket");
    }
}
