package chat.parley.client;

import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// One target of `tail --follow`: what was printed of it, and how to get what was not, without gap
/// or double (IRCv3 chathistory). Talks to nobody: says what to ask, and is told the answers.
///
/// After each login it asks for what came after the last it printed, page by page, until a page
/// holds nothing new. What is said meanwhile is held back, and printed after it. What is in both is
/// known by its id.
final class Following {

    /// So many at once; what a daemon gives at most is its own choice.
    private static final int PAGE = 100;

    /// Held back at the same time. More is let go, and asked for when the rest is here.
    private static final int HELD = 1000;

    /// Characters of that.
    private static final int HEAVIEST = 4_000_000;

    /// Ids that are remembered: more than a page and what is held.
    private static final int KNOWN = 2 * HELD;

    private enum Asking {
        NOTHING,

        /// Whether the message is there after which to begin.
        WHETHER,

        /// The newest, to begin after it.
        NEWEST,

        /// What came after the last.
        AFTER,

        /// The same by time: the daemon says nothing of a message that it does not know any more.
        AFTER_TIME
    }

    private final String target;
    private final Optional<Moment> since;
    private final List<Utterance> held = new ArrayList<>();
    private final SequencedSet<String> known = new LinkedHashSet<>();
    private Asking asking = Asking.NOTHING;
    private boolean letGo; // something that was held back
    private boolean isKept = true; // the last printed, as far as is known
    private @Nullable String after; // what to begin after, as CHATHISTORY takes it
    private @Nullable Instant lastAt;
    private String start = ""; // the key of the newest at the beginning; empty for none

    /// The last message of a page, speech or not.
    ///
    /// @param key what it is known by; empty if there is none
    /// @param after how to ask for what came after it
    record Newest(String key, String after) {

        static final Newest NONE = new Newest("", "");

        boolean isNone() {
            return equals(NONE);
        }
    }

    private final References references;

    /// @param since where to begin; empty for now
    Following(String target, Optional<Moment> since, References references) {
        this.target = target;
        this.since = since;
        this.references = references;
    }

    String target() {
        return target;
    }

    boolean isAbout(String place) {
        return CaseMapping.same(place, target);
    }

    /// Whether an answer is on its way, and what is said is held back.
    boolean isAsking() {
        return asking != Asking.NOTHING;
    }

    /// After a login: what to ask.
    Message begin() {
        if (asking == Asking.NEWEST && !held.isEmpty()) {
            // The link broke before it was known where this begins: not later than there.
            after = Moment.timestamp(held.getFirst().at().minusMillis(1));
        }
        held.clear();
        letGo = false;
        isKept = false;
        if (after != null) {
            asking = Asking.AFTER;
        } else if (since.isEmpty()) {
            asking = Asking.NEWEST;
        } else if (since.get() instanceof Moment.Message) {
            asking = Asking.WHETHER;
        } else {
            after = since.get().after();
            asking = Asking.AFTER;
        }
        return question();
    }

    private Message question() {
        var limit = Integer.toString(PAGE);
        return switch (asking) {
            case WHETHER ->
                    Message.of("CHATHISTORY", "AROUND", target, since.orElseThrow().after(), "1");
            case NEWEST, NOTHING -> Message.of("CHATHISTORY", "LATEST", target, "*", "1");
            case AFTER -> Message.of("CHATHISTORY", "AFTER", target, String.valueOf(after), limit);
            case AFTER_TIME ->
                    Message.of(
                            "CHATHISTORY",
                            "AFTER",
                            target,
                            Moment.timestamp(
                                    (lastAt == null ? Instant.EPOCH : lastAt).minusMillis(1)),
                            limit);
        };
    }

    /// What is said now. Returns what to print.
    List<Utterance> heard(Utterance one) {
        if (asking == Asking.NOTHING) {
            // Two alike without ids are two: nobody tells them twice as long as the link lasts.
            return one.id().isEmpty() || isNew(one) ? printed(List.of(one)) : List.of();
        }
        if (held.size() < HELD && held.stream().mapToInt(Utterance::weight).sum() < HEAVIEST) {
            held.add(one);
        } else {
            held.clear();
            letGo = true;
        }
        return List.of();
    }

    /// @param print in this order
    /// @param ask next; empty if all is here
    record Answer(List<Utterance> print, Optional<Message> ask) {}

    /// A page is here. Empty if the message to begin after is not.
    ///
    /// @param newest its last message, speech or not
    Optional<Answer> page(List<Utterance> page, Newest newest) {
        return switch (asking) {
            case WHETHER -> {
                if (newest.isNone()) {
                    yield Optional.empty();
                }
                remember(newest);
                lastAt = page.isEmpty() ? null : page.getLast().at();
                asking = Asking.AFTER;
                yield Optional.of(new Answer(List.of(), Optional.of(question())));
            }
            case NEWEST -> {
                // What was heard meanwhile is what comes after the beginning.
                if (newest.isNone()) {
                    after = Moment.timestamp(Instant.EPOCH);
                } else {
                    // It may be heard yet: then it was said after this began, and is printed.
                    start = newest.key();
                    after = newest.after();
                    lastAt = page.isEmpty() ? null : page.getLast().at();
                }
                yield Optional.of(rest());
            }
            case AFTER, AFTER_TIME -> Optional.of(more(page, newest));
            case NOTHING -> Optional.of(new Answer(List.of(), Optional.empty()));
        };
    }

    private Answer more(List<Utterance> page, Newest newest) {
        var isMore =
                !newest.isNone() && !newest.key().equals(start) && !known.contains(newest.key());
        var fresh =
                printed(
                        page.stream()
                                .filter(this::isNew)
                                .filter(one -> start.isEmpty() || !one.key().equals(start))
                                .toList());
        if (isMore || !fresh.isEmpty()) {
            isKept = true;
            remember(newest);
            asking = Asking.AFTER;
            return new Answer(fresh, Optional.of(question()));
        }
        if (!isKept && lastAt != null) {
            // Nothing came after it, or it was taken back and nothing is known of it.
            isKept = true;
            asking = Asking.AFTER_TIME;
            return new Answer(List.of(), Optional.of(question()));
        }
        return rest();
    }

    /// What was held back, or else the question for it.
    private Answer rest() {
        if (letGo) {
            letGo = false;
            held.clear();
            asking = Asking.AFTER;
            return new Answer(List.of(), Optional.of(question()));
        }
        return settled();
    }

    private Answer settled() {
        asking = Asking.NOTHING;
        var fresh = held.stream().filter(this::isNew).toList();
        held.clear();
        return new Answer(printed(fresh), Optional.empty());
    }

    /// The daemon gives no history of this. Returns what was held back.
    List<Utterance> without() {
        return settled().print();
    }

    private boolean isNew(Utterance one) {
        return one.key().isEmpty() || !known.contains(one.key());
    }

    private List<Utterance> printed(List<Utterance> fresh) {
        fresh.forEach(this::remember);
        return fresh;
    }

    private void remember(Utterance one) {
        lastAt = one.at();
        remember(
                new Newest(
                        one.key(),
                        references.areIds() && !one.id().isEmpty()
                                ? "msgid=" + one.id()
                                : Moment.timestamp(one.at().minusMillis(1))));
    }

    private void remember(Newest newest) {
        if (newest.isNone()) {
            return;
        }
        after = newest.after();
        known.add(newest.key());
        while (known.size() > KNOWN) {
            known.removeFirst();
        }
    }
}
