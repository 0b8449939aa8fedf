package chat.parley.client;

import chat.parley.client.link.Addresses;
import chat.parley.client.link.Backoff;
import chat.parley.client.link.Link;
import chat.parley.client.link.Security;
import chat.parley.client.link.Session;
import chat.parley.client.model.Act;
import chat.parley.client.model.Effect;
import chat.parley.client.model.Ending;
import chat.parley.client.model.Event;
import chat.parley.client.model.Line;
import chat.parley.client.model.Model;
import chat.parley.client.model.Step;
import chat.parley.client.model.Update;
import chat.parley.client.ui.Emoji;
import chat.parley.client.ui.Person;
import chat.parley.client.ui.Screen;
import chat.parley.client.ui.SlashCommands;
import chat.parley.client.ui.StreamTerminal;
import chat.parley.client.ui.Terminal;
import chat.parley.client.ui.Terminals;
import chat.parley.client.ui.Theme;
import chat.parley.client.ui.Transcript;
import chat.parley.client.ui.TypedHistory;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Talk mode: everything that happens goes through one inbox to [Update], on the main thread, which
/// alone owns the [Model].
///
/// Three kinds of threads post to the inbox: the link, the typist (which waits for the keyboard),
/// and nobody else; time goes by in between ([Beat]). Nothing but this class brings `ui` and `link`
/// together.
final class Talk {

    private static final int INBOX = 256;
    private static final Duration TICK = Duration.ofMillis(500);
    private static final int TICKS_PER_LOOK = 6;

    /// So long the typist waits for a first place: what is typed needs one to be said.
    private static final Duration SETTLING = Duration.ofSeconds(2);

    /// What a conversation makes use of, where the daemon has it.
    private static final Set<Capability> USED =
            EnumSet.of(
                    Capability.CHATHISTORY,
                    Capability.EVENT_PLAYBACK,
                    Capability.MESSAGE_REDACTION,
                    Capability.MULTILINE,
                    Capability.READ_MARKER,
                    Capability.SEARCH);

    private final Request.Talk request;
    private final Surroundings around;
    private final BlockingQueue<Event> inbox = new ArrayBlockingQueue<>(INBOX);
    private volatile Model model; // written by the main thread alone
    private int ticks; // the main thread's

    /// 128 random bits: no two runs have the same.
    private static String run() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private Talk(Request.Talk request, Surroundings around, Model model) {
        this.request = request;
        this.around = around;
        this.model = model;
    }

    static ExitCode run(Request.Talk request, Surroundings around)
            throws Problem, InterruptedException {
        return run(request, around, () -> {});
    }

    /// @param once what is done once somebody is in, before anything is shown
    static ExitCode run(Request.Talk request, Surroundings around, Runnable once)
            throws Problem, InterruptedException {
        try (var admission = new Admission(request.connection(), around).wanting(USED)) {
            var session = admission.logIn();
            once.run();
            var talk = new Talk(request, around, start(session, request, around));
            var backoff = Backoff.usual(around.random());
            try (var terminal = talk.terminal();
                    var link =
                            new Link(
                                    session,
                                    admission.dialer(),
                                    talk.inbox,
                                    backoff,
                                    around.clock());
                    var _ = Goodbye.onInterrupt(link)) {
                var ending = talk.on(terminal, link, session);
                if (!ending.text().isEmpty()) {
                    throw new Problem(ExitCode.of(ending.kind()), ending.text());
                }
                return ExitCode.of(ending.kind());
            } catch (IOException e) {
                throw new Problem(ExitCode.WRONG_USE, "the terminal failed: " + e.getMessage());
            }
        }
    }

    private static Model start(Session session, Request.Talk request, Surroundings around) {
        var model = Model.start(session.nick(), request.join(), run());
        return around.hasTerminal() ? model : model.unattended();
    }

    private Terminal terminal() throws IOException {
        var clock = around.clock();
        if (!around.hasTerminal()) {
            var screen = new Screen(Theme.PLAIN, clock.getZone());
            return new StreamTerminal(
                    around.in(), around.out(), new Transcript(screen, clock.instant()));
        }
        return Terminals.open(
                request.wish(),
                request.connection().taste(),
                around.environment(),
                TypedHistory.of(around.state().resolve("typed")),
                new Hands(),
                clock);
    }

    /// What the terminal notices is offered, not put: nobody misses one of it.
    private final class Hands implements Person {

        @Override
        public void types(String text) {
            inbox.offer(new Event.Composed(text, around.clock().instant()));
        }

        @Override
        public void looks() {
            inbox.offer(new Event.Looked(around.clock().instant()));
        }

        @Override
        public void wantsOlder() {
            inbox.offer(new Event.AtTop(around.clock().instant()));
        }

        @Override
        public void goesTo(String place) {
            inbox.offer(new Event.Typed(new Act.GoTo(place), around.clock().instant()));
        }
    }

    private Ending on(Terminal terminal, Link link, Session session) throws InterruptedException {
        model = model.seeing(terminal.view());
        terminal.update(model, around.clock().instant());
        terminal.show(
                new Line.Note(
                        session.nick()
                                + " at "
                                + request.connection().server()
                                + ", "
                                + session.security().inShort()
                                + "; /help lists the commands"),
                model);
        link.start();
        var typist = Thread.ofPlatform().daemon().name("typist").unstarted(() -> type(terminal));
        var addresses = new Addresses();
        var start = System.nanoTime();
        var beat = new Beat(inbox, TICK, System::nanoTime, () -> beat(addresses));
        while (true) {
            var step = Update.step(model, beat.next());
            var ending = act(step, terminal, link);
            if (ending.isPresent()) {
                return ending.get();
            }
            var isSomewhere = model.isUp() && model.places().here().isPresent();
            var isSettled = System.nanoTime() - start > SETTLING.toNanos();
            if (typist.getState() == Thread.State.NEW && (isSomewhere || isSettled)) {
                typist.start();
            }
        }
    }

    /// Time went by, or this machine moved.
    private Event beat(Addresses addresses) {
        var now = around.clock().instant();
        ticks++;
        return ticks % TICKS_PER_LOOK == 0 && addresses.haveChanged()
                ? new Event.Moved(now)
                : new Event.Tick(now);
    }

    private Optional<Ending> act(Step step, Terminal terminal, Link link)
            throws InterruptedException {
        model = step.model();
        for (var effect : step.effects()) {
            switch (effect) {
                case Effect.Send(var message) -> link.send(message);
                case Effect.Show(var line) -> terminal.show(line, model);
                case Effect.Tell tell -> terminal.tell(tell, around.clock().instant());
                case Effect.Tls() ->
                        link.security()
                                .map(Security::lines)
                                .orElse(List.of("there is no connection now"))
                                .forEach(line -> terminal.show(new Line.Note(line), model));
                case Effect.Reconnect() -> link.reconnect();
                case Effect.Code(var code) -> link.code(new Secret(code.toCharArray()));
                case Effect.Leave(var reason) -> {
                    link.leave(reason);
                    return Optional.of(new Ending(Ending.Kind.DONE, ""));
                }
                case Effect.End(var ending) -> {
                    return Optional.of(ending);
                }
            }
        }
        terminal.update(model, around.clock().instant());
        return Optional.empty();
    }

    /// The typist: waits for the keyboard, posts what was typed; the end of the input is a goodbye.
    private void type(Terminal terminal) {
        try {
            for (var typed = terminal.next(); typed.isPresent(); typed = terminal.next()) {
                for (var text : typed.get()) {
                    for (var act : SlashCommands.meanings(Emoji.said(text))) {
                        post(act);
                    }
                }
            }
            post(terminal.hasPerson() ? new Act.Quit("") : new Act.Finish());
        } catch (IOException _) {
            inbox.offer(new Event.Typed(new Act.Quit(""), around.clock().instant()));
        } catch (InterruptedException _) {
            // finish now
        }
    }

    private void post(Act act) throws InterruptedException {
        inbox.put(new Event.Typed(act, around.clock().instant()));
    }
}
