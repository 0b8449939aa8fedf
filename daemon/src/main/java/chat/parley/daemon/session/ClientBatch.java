package chat.parley.daemon.session;

import chat.parley.daemon.chat.Server;
import chat.parley.daemon.config.DaemonConfig;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// The one batch that a session may have open (IRCv3 client-batch), or what is left of one.
///
/// Its reader opens, fills and closes it; the deadlines thread ends it when it is left open too
/// long. Whoever takes it out of here answers it, and only one can.
public final class ClientBatch {

    /// How it stands.
    public sealed interface State {

        record None() implements State {}

        /// @param since System.nanoTime()
        record Open(OpenBatch batch, long since) implements State {}

        /// A batch has failed and was answered; what still comes of it is passed over.
        ///
        /// @param references its own, and that of one inside it
        record Failed(Set<String> references) implements State {}
    }

    private static final State NONE = new State.None();

    private final Server server;
    private final DaemonConfig.Multiline limits;
    private final AtomicReference<State> state = new AtomicReference<>(NONE);

    ClientBatch(Server server, DaemonConfig.Multiline limits) {
        this.server = server;
        this.limits = limits;
    }

    public DaemonConfig.Multiline limits() {
        return limits;
    }

    public State state() {
        return state.get();
    }

    /// Nothing else may be open.
    public void open(OpenBatch batch) {
        state.set(new State.Open(batch, System.nanoTime()));
    }

    /// A batch that was refused when it was opened, and is answered: its lines will come all the
    /// same. Nothing else may be open.
    public void ignore(String reference) {
        state.set(new State.Failed(Set.of(reference)));
    }

    /// Takes the batch out; empty if it was too late for that.
    public Optional<OpenBatch> take(State.Open open) {
        return state.compareAndSet(open, NONE) ? Optional.of(open.batch()) : Optional.empty();
    }

    /// Ends the batch with an answer, unless somebody was faster.
    public void fail(State.Open open, OpenBatch.Fault fault) {
        fail(open, fault, open.batch().reference());
    }

    /// @param inside the reference of a batch inside it
    public void fail(State.Open open, OpenBatch.Fault fault, String inside) {
        var references = new HashSet<>(Set.of(open.batch().reference()));
        references.add(inside);
        if (state.compareAndSet(open, new State.Failed(Set.copyOf(references)))) {
            answer(open.batch(), fault);
        }
    }

    /// Answers a batch that was taken out.
    public void answer(OpenBatch batch, OpenBatch.Fault fault) {
        var params = fault.contextAndText().toArray(String[]::new);
        batch.answers().line(server.fail("BATCH", fault.code(), params));
        batch.answers().done();
    }

    /// What failed is closed: nothing more comes of it.
    public void closed(State.Failed failed, String reference) {
        var left = new HashSet<>(failed.references());
        left.remove(reference);
        state.set(left.isEmpty() ? NONE : new State.Failed(Set.copyOf(left)));
    }

    /// Something came that is not of the batch: it is no message now.
    public void interrupted() {
        interrupted("That is not part of the batch, which is no message now");
    }

    void interrupted(String why) {
        if (state.get() instanceof State.Open open) {
            fail(open, OpenBatch.Fault.invalid(why));
        }
    }

    /// Ends a batch that is open for too long. The deadlines thread.
    void check(long now) {
        if (state.get() instanceof State.Open open
                && now - open.since() > limits.within().toNanos()) {
            fail(open, OpenBatch.Fault.timeout(open.batch().reference()));
        }
    }
}
