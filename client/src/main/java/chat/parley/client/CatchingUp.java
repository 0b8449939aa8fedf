package chat.parley.client;

import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks for the history of one target after the other, one question at a time, so that an answer
/// needs no label. For one thread.
final class CatchingUp {

    /// A daemon that gives more than it was asked for is asked again for the rest.
    private static final int LONGEST = 5000;

    private record Question(Following target, Message text) {}

    private final List<Following> targets;
    private final Consumer<Message> link;
    private final Deque<Question> waiting = new ArrayDeque<>();
    private final List<Assembly.Whole> page = new ArrayList<>();
    private @Nullable Question asked;
    private boolean hasBegun;

    private final References references;

    CatchingUp(List<Following> targets, References references, Consumer<Message> link) {
        this.references = references;
        this.targets = targets;
        this.link = link;
    }

    /// After a login. From now on all targets hold back what is said.
    void begin() {
        waiting.clear();
        asked = null;
        hasBegun = true;
        targets.forEach(target -> waiting.add(new Question(target, target.begin())));
        next();
    }

    /// Whether all is here that was there.
    boolean isDone() {
        return hasBegun && asked == null;
    }

    /// What stands in a batch that was asked for; others are passed over.
    void take(Assembly.Whole whole) {
        var isAsked = whole.batch().filter(this::isAsked).isPresent();
        if (isAsked && page.size() < LONGEST) {
            page.add(whole);
        }
    }

    private boolean isAsked(Message opening) {
        var question = asked;
        return question != null
                && opening.param(1).equals("chathistory")
                && CaseMapping.same(opening.param(2), question.target().target());
    }

    /// A batch is over. Returns what to print.
    List<Utterance> ended(Message opening, String me, Instant now) throws Problem {
        var question = asked;
        if (question == null || !isAsked(opening)) {
            return List.of();
        }
        var utterances =
                page.stream()
                        .map(whole -> Utterance.of(whole, me, now))
                        .flatMap(Optional::stream)
                        .toList();
        var newest =
                page.isEmpty() || page.getLast().key().isEmpty()
                        ? Following.Newest.NONE
                        : new Following.Newest(
                                page.getLast().key(), references.after(page.getLast(), now));
        page.clear();
        var answer =
                question.target()
                        .page(utterances, newest)
                        .orElseThrow(() ->
                                new Problem(
                                        ExitCode.REFUSED,
                                        question.target().target()
                                                + ": there is no such message to begin after"));
        answer.ask().ifPresent(text -> waiting.addFirst(new Question(question.target(), text)));
        next();
        return answer.print();
    }

    /// There is no history of what was asked for; which that was.
    Optional<Following> refused() {
        var question = asked;
        page.clear();
        next();
        return Optional.ofNullable(question).map(Question::target);
    }

    private void next() {
        page.clear();
        asked = waiting.poll();
        if (asked != null) {
            link.accept(asked.text());
        }
    }
}
