package chat.parley.client;

import chat.parley.protocol.Capability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// `parley send`: says it, and is content only with the echo, the daemon's word that it is kept.
///
/// One message at a time and one thread: the next goes when the one before is kept, so the order is
/// that of the input, and what was not kept is known to the line.
final class Send {

    /// Of `--whole`, before the daemon's own limits: it is read into memory.
    private static final int MOST_LINES = 10_000;

    private final Request.Send request;
    private final Surroundings around;
    private final Delivery delivery;
    private final AtomicInteger kept = new AtomicInteger(); // also read by who tells of progress

    private Send(Request.Send request, Surroundings around, Delivery delivery) {
        this.request = request;
        this.around = around;
        this.delivery = delivery;
    }

    static ExitCode run(Request.Send request, Surroundings around)
            throws Problem, InterruptedException {
        try (var admission = Admission.inPassing(request.connection(), around, "parley-send");
                var within = new Clocked(request.within())) {
            if (request.whole()) {
                admission.wanting(Set.of(Capability.MULTILINE));
            }
            within.ends(admission.dialer()::abort);
            var key = request.once().orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
            try (var delivery =
                    new Delivery(
                            admission, request.target(), key, within, around, Delivery.PATIENCE)) {
                var send = new Send(request, around, delivery);
                try (var _ = Progress.on(around, send::progress)) {
                    send.all(within);
                }
                return ExitCode.DONE;
            }
        }
    }

    private String progress() {
        var done = kept.get();
        return done == 0 ? "sending …" : "kept so far: " + done;
    }

    private void all(Clocked within) throws Problem, InterruptedException {
        try {
            delivery.open();
        } catch (Problem e) {
            if (within.isOver()) {
                throw new Problem(
                        ExitCode.CANNOT_CONNECT, "not sent: not within the time of --timeout");
            }
            throw e;
        }
        if (request.once().isPresent()
                && !delivery.session().capabilities().contains(Capability.ONCE)) {
            throw new Problem(
                    ExitCode.REFUSED,
                    "the server knows nothing of keys (no parley.chat/once), so --once cannot be"
                            + " kept; nothing was sent");
        }
        var text = request.text().orElse(null);
        if (text != null) {
            lines(text.split("\\R", -1));
            return;
        }
        var strict = StandardCharsets.UTF_8.newDecoder();
        try (var input = new BufferedReader(new InputStreamReader(input(), strict))) {
            if (request.whole()) {
                var lines = input.lines().limit(MOST_LINES + 1).toArray(String[]::new);
                lines(lines);
                return;
            }
            for (var line = input.readLine(); line != null; line = input.readLine()) {
                line(line);
            }
        } catch (NoSuchFileException e) {
            throw new Problem(ExitCode.WRONG_USE, "there is no file " + e.getFile());
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Problem unreadable(@Nullable IOException e) {
        return Problem.wrongUse(
                (e instanceof CharacterCodingException
                                ? "the input is not UTF-8"
                                : "the input cannot be read: " + (e == null ? "" : e.getMessage()))
                        + "; kept so far: "
                        + kept.get()
                        + " messages");
    }

    private InputStream input() throws IOException {
        return request.file().isPresent()
                ? Files.newInputStream(request.file().get())
                : around.in();
    }

    private void lines(String[] lines) throws Problem, InterruptedException {
        if (!request.whole()) {
            for (var line : lines) {
                line(line);
            }
            return;
        }
        var all = new ArrayList<>(List.of(lines));
        while (!all.isEmpty() && all.getLast().isBlank()) {
            all.removeLast();
        }
        while (!all.isEmpty() && all.getFirst().isBlank()) {
            all.removeFirst();
        }
        if (all.isEmpty()) {
            return;
        }
        var asLines = Parcel.ofLine(request.target(), all.getFirst());
        deliver(
                all.size() == 1 && asLines.size() == 1
                        ? asLines.getFirst()
                        : whole(Parcel.ofLines(request.target(), all)));
    }

    /// Refused before anything is sent: half of a message is none.
    private Parcel whole(Parcel parcel) throws Problem {
        var session = delivery.session();
        if (!session.capabilities().containsAll(Set.of(Capability.MULTILINE, Capability.BATCH))) {
            throw new Problem(
                    ExitCode.REFUSED,
                    "not sent: the server takes no message of several lines (no draft/multiline);"
                            + " without --whole each line is one");
        }
        var value = session.value(Capability.MULTILINE);
        refuseMore("lines", parcel.lines(), Math.min(MOST_LINES, limit(value, "max-lines")));
        refuseMore("bytes", parcel.bytes(), limit(value, "max-bytes"));
        return parcel;
    }

    private static void refuseMore(String what, int is, int most) throws Problem {
        if (is > most) {
            throw new Problem(
                    ExitCode.REFUSED,
                    "not sent: the server takes %d %s in one message, and this is %d; without --whole"
                                    .formatted(most, what, is)
                            + " each line is one");
        }
    }

    private static int limit(String value, String name) {
        for (var part : value.split(",", -1)) {
            if (part.matches(name + "=[0-9]{1,9}")) {
                return Integer.parseInt(part.substring(name.length() + 1));
            }
        }
        return Integer.MAX_VALUE;
    }

    private void line(String line) throws Problem, InterruptedException {
        for (var parcel : Parcel.ofLine(request.target(), line)) {
            deliver(parcel);
        }
    }

    private void deliver(Parcel parcel) throws Problem, InterruptedException {
        delivery.deliver(parcel);
        kept.incrementAndGet();
    }
}
