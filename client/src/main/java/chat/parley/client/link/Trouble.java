package chat.parley.client.link;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsNoCloseNotifyException;
import org.jspecify.annotations.Nullable;

/// Why there is no connection, as a person would say it, with what to do next.
final class Trouble {

    private static final String DAMAGED =
            "something between here and there changed what was sent on its way";

    private Trouble() {}

    /// RFC 8446, 6.2: a record whose seal does not fit.
    private static boolean isOfDamage(int alert) {
        return alert == AlertDescription.bad_record_mac;
    }

    /// Nobody there, or not to be reached.
    static String connecting(IOException e, Duration allowed) {
        return switch (e) {
            case UnknownHostException _ ->
                    "no such host; check the name, and whether this machine is on-line";
            case SocketTimeoutException _ ->
                    "no answer within "
                            + allowed.toSeconds()
                            + " s; check the network, and whether a firewall is in between";
            case NoRouteToHostException _ ->
                    "it cannot be reached from here; check the network, and whether a firewall is in"
                            + " between";
            case ConnectException _ ->
                    "nobody listens there; check that the daemon runs, and the port";
            case SocketException _ when isUnreachable(e) ->
                    "its network cannot be reached from here; check whether this machine is on-line";
            default -> inWords(e);
        };
    }

    private static boolean isUnreachable(IOException e) {
        return Objects.requireNonNullElse(e.getMessage(), "").contains("unreachable");
    }

    /// Somebody is there, and TLS did not come about.
    ///
    /// @param allowed how long it might take, if that is over
    static String shakingHands(IOException e, FirstBytes first, Optional<Duration> allowed) {
        if (!first.isEmpty() && !first.isTls()) {
            return "there is no TLS on that port"
                    + (first.beginWith(":")
                            ? ", but IRC without it; Parley speaks TLS only, usually on port 6697"
                            : first.beginWith("HTTP/")
                                    ? ", but a web server; check the port"
                                    : "; check the port: it is 6697 unless the admin chose another");
        }
        if (allowed.isPresent()) {
            return "somebody listens there, but there was no TLS handshake within "
                    + allowed.get().toSeconds()
                    + " s; check the port";
        }
        var raised = raised(e);
        if (raised.filter(alert -> alert == AlertDescription.decrypt_error).isPresent()) {
            return "it does not hold the key of the certificate that it shows: somebody may be in"
                    + " between; ask the daemon's admin";
        }
        var alert =
                received(e)
                        .or(() -> raised.filter(own -> own == AlertDescription.protocol_version))
                        .or(first::alert);
        if (alert.isPresent()) {
            return refused(alert.get());
        }
        return first.isEmpty()
                ? "it closed the connection before the TLS handshake; check the port; a Parley daemon"
                        + " does so when there are too many connections from here"
                : "the TLS handshake failed: " + inWords(e);
    }

    /// RFC 8446, 6.2.
    private static String refused(int alert) {
        return switch ((short) alert) {
            case AlertDescription.protocol_version ->
                    "its TLS is too old: Parley speaks 1.3 and 1.2 and nothing older; the other end"
                            + " has to be updated";
            case AlertDescription.handshake_failure, AlertDescription.insufficient_security ->
                    "its TLS and ours have no cipher, group or kind of key in common; the other end"
                            + " has to be updated";
            case AlertDescription.bad_certificate,
                    AlertDescription.unsupported_certificate,
                    AlertDescription.certificate_revoked,
                    AlertDescription.certificate_expired,
                    AlertDescription.certificate_unknown,
                    AlertDescription.unknown_ca,
                    AlertDescription.certificate_required ->
                    "it does not take the client certificate that was shown, or wants one; ask the"
                            + " daemon's admin";
            case AlertDescription.unrecognized_name ->
                    "it does not go by that name; check the name";
            default ->
                    "the TLS handshake failed: "
                            + AlertDescription.getText((short) alert).replace('_', ' ');
        };
    }

    /// What the other end held against us.
    private static Optional<Integer> received(IOException e) {
        return among(e, TlsFatalAlertReceived.class)
                .map(alert -> (int) alert.getAlertDescription());
    }

    /// What we held against the other end.
    private static Optional<Integer> raised(IOException e) {
        return among(e, TlsFatalAlert.class).map(alert -> (int) alert.getAlertDescription());
    }

    private static <T> Optional<T> among(IOException e, Class<T> wanted) {
        for (@Nullable Throwable at = e; at != null; at = at.getCause()) {
            if (wanted.isInstance(at)) {
                return Optional.of(wanted.cast(at));
            }
        }
        return Optional.empty();
    }

    /// What happened as a person would say it; Java's words where there are no better ones.
    static String inWords(IOException e) {
        return switch (e) {
            case UnknownHostException _ -> "no such host";
            case SocketTimeoutException _ -> "no answer";
            case ConnectException _ -> "nobody listens there, or it cannot be reached";
            case TlsNoCloseNotifyException _ -> "the daemon closed the connection";
            case InterruptedIOException _ -> "interrupted";
            case TlsFatalAlertReceived received when isOfDamage(received.getAlertDescription()) ->
                    DAMAGED;
            case TlsFatalAlertReceived received -> refused(received.getAlertDescription());
            case TlsFatalAlert raised when isOfDamage(raised.getAlertDescription()) -> DAMAGED;
            default -> {
                var words = e.getMessage();
                yield words == null ? e.getClass().getSimpleName() : words;
            }
        };
    }
}
