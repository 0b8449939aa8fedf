package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// What the person said and the daemon has not echoed yet, oldest first.
///
/// @param run a word that no other run of a client of this account begins its keys with
/// @param labels how many labels were given out
public record Outbox(String run, List<Outgoing> waiting, long labels, Pace pace) {

    /// Lines that may wait. A longer paste is refused, not swallowed.
    static final int LONGEST = 500;

    /// Lines sent and not echoed. Few, so that a paste goes at the pace the daemon allows: it slows
    /// a flood by not reading, and ends one that lasts.
    static final int ON_THEIR_WAY = 4;

    public Outbox {
        waiting = List.copyOf(waiting);
    }

    static Outbox empty(String run) {
        return new Outbox(run, List.of(), 0, Pace.unknown());
    }

    /// The same with nothing in it.
    Outbox emptied() {
        return new Outbox(run, List.of(), labels, pace);
    }

    boolean isFull() {
        return waiting.size() >= LONGEST
                || waiting.stream().mapToInt(one -> one.wire().length()).sum() > HEAVIEST;
    }

    /// Characters that may wait.
    static final int HEAVIEST = 1_000_000;

    Outbox plus(Outgoing one) {
        var more = new ArrayList<>(waiting);
        more.add(one);
        return new Outbox(run, more, labels + 1, pace);
    }

    /// What one says next, with a key and a label that no other has.
    Outgoing outgoing(String target, String text, String wire, String answers, Instant now) {
        var number = Long.toString(labels, Character.MAX_RADIX);
        var once = run + "-" + number;
        return new Outgoing(
                once, "p" + number, target, text, wire, answers, Outgoing.State.KEPT, now);
    }

    /// The kept ones that may go now.
    ///
    /// @param mayGo whether a target takes anything
    List<Outgoing> next(Instant now, Predicate<String> mayGo) {
        if (!pace.mayGo(now)) {
            return List.of();
        }
        var onTheirWay = waiting.stream().filter(one -> !one.isKept()).count();
        return waiting.stream()
                .filter(one -> one.isKept() && mayGo.test(one.target()))
                .limit(Math.max(0, ON_THEIR_WAY - onTheirWay))
                .toList();
    }

    List<Outgoing> sentBefore(Instant then) {
        return waiting.stream()
                .filter(one -> one.state() == Outgoing.State.SENT && one.since().isBefore(then))
                .toList();
    }

    List<Outgoing> sent() {
        return waiting.stream().filter(one -> !one.isKept()).toList();
    }

    /// It came back.
    Outbox echoed(Outgoing one, Instant now) {
        var took = Duration.between(one.since(), now);
        return new Outbox(run, without(one).waiting(), labels, pace.echoed(took, now));
    }

    Outbox without(Outgoing gone) {
        return keep(one -> !one.label().equals(gone.label()));
    }

    Outbox onlyKept() {
        return keep(Outgoing::isKept);
    }

    /// What is on its way is sent again.
    Outbox again() {
        return each(one -> one.isKept() ? one : one.again());
    }

    Outbox replace(Outgoing changed) {
        return each(one -> one.label().equals(changed.label()) ? changed : one);
    }

    /// The one that this message from the daemon answers, by its label.
    Optional<Outgoing> answeredBy(Message message) {
        var label = message.tags().getOrDefault("label", "");
        return waiting.stream()
                .filter(one -> !one.isKept() && one.label().equals(label))
                .findFirst();
    }

    /// Where the daemon knows no labels: the oldest one with the same words to the same target.
    Optional<Outgoing> echoedBy(Heard echo) {
        return waiting.stream()
                .filter(one ->
                        !one.isKept()
                                && CaseMapping.same(one.target(), echo.message().param(0))
                                && one.wire().equals(echo.text()))
                .findFirst();
    }

    /// The same for a refusal.
    Optional<Outgoing> refusedBy(Message refusal) {
        return waiting.stream()
                .filter(one -> !one.isKept() && SpeechRefusal.isOf(refusal, one.target()))
                .findFirst();
    }

    private Outbox keep(Predicate<Outgoing> wanted) {
        return new Outbox(run, waiting.stream().filter(wanted).toList(), labels, pace);
    }

    private Outbox each(UnaryOperator<Outgoing> change) {
        return new Outbox(run, waiting.stream().map(change).toList(), labels, pace);
    }
}
