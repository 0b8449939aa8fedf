package chat.parley.client.model;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Up to where one has read, shared with one's other devices (IRCv3 read-marker).
final class Marks {

    private static final String TIMESTAMP = "timestamp=";

    /// IRCv3 server-time: always three digits of milliseconds.
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Marks() {}

    static String timestamp(Instant at) {
        return TIMESTAMP + FORM.format(at);
    }

    /// MARKREAD from the daemon: another device has read on, or one just came in.
    static Step heard(Model model, Message message) {
        var found = model.places().find(message.param(0));
        var given = message.param(1);
        if (found.isEmpty() || !given.startsWith(TIMESTAMP)) {
            return Step.to(model);
        }
        try {
            var by = Instant.parse(given.substring(TIMESTAMP.length()));
            var place = found.get();
            return Step.to(model.with(place.with(place.reading().marked(by, place.backlog()))));
        } catch (DateTimeException _) { // the daemon's mistake, and nothing to tell a person
            return Step.to(model);
        }
    }

    /// Tells the daemon what is not told yet, and not too often.
    static Step tell(Step step, Instant now) {
        var next = step;
        if (!isShared(step.model())) {
            return step;
        }
        for (var place : step.model().places().all().values()) {
            if (place.reading().isDue(now)) {
                next = told(next, place, now);
            }
        }
        return next;
    }

    /// Before one goes: the last of it is told at once.
    static Step tellAll(Step step, Instant now) {
        var next = step;
        if (!isShared(step.model())) {
            return step;
        }
        for (var place : step.model().places().all().values()) {
            if (place.reading().upTo().isAfter(place.reading().told())) {
                next = told(next, place, now);
            }
        }
        return next;
    }

    private static boolean isShared(Model model) {
        return model.isUp()
                && model.habits().isPerson()
                && model.server().has(Capability.READ_MARKER);
    }

    private static Step told(Step step, Conversation place, Instant now) {
        return step.with(step.model().with(place.with(place.reading().told(now))))
                .send(Message.of("MARKREAD", place.name(), timestamp(place.reading().upTo())));
    }
}
