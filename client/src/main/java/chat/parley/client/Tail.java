package chat.parley.client;

import chat.parley.client.link.Backoff;
import chat.parley.client.link.Link;
import chat.parley.client.model.Event;
import chat.parley.client.model.JoinRefusal;
import chat.parley.client.model.Recent;
import chat.parley.client.ui.Screen;
import chat.parley.client.ui.TerminalText;
import chat.parley.client.ui.Theme;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// `parley tail`: prints what is said in channels, or between two, until it is enough.
///
/// Runs on the main thread, which takes what the [Link] posts. Each message is flushed by itself; a
/// reader that went away ends it.
final class Tail {

    private static final int INBOX = 256;
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private final Request.Tail request;
    private final Surroundings around;
    private final Screen screen;
    private final List<Following> targets;
    private final CatchingUp catchingUp;
    private final References references = new References();
    private Assembly assembly = new Assembly();
    private String me = "";
    private Recent recent = Recent.none();
    private boolean wasUp;
    private long left;

    private Tail(Request.Tail request, Surroundings around, Link link) {
        this.request = request;
        this.around = around;
        this.screen = new Screen(Theme.PLAIN, around.clock().getZone());
        this.targets =
                request.targets().stream()
                        .map(target -> new Following(target, request.since(), references))
                        .toList();
        this.catchingUp = new CatchingUp(targets, references, link::send);
        this.left = request.count().orElse(Long.MAX_VALUE);
    }

    static ExitCode run(Request.Tail request, Surroundings around)
            throws Problem, InterruptedException {
        try (var admission = admission(request, around)) {
            var session = admission.logIn();
            var inbox = new ArrayBlockingQueue<Event>(INBOX);
            var backoff = Backoff.usual(around.random());
            try (var link = new Link(session, admission.dialer(), inbox, backoff, around.clock());
                    var _ = Goodbye.onInterrupt(link)) {
                link.start();
                var code = new Tail(request, around, link).follow(link, inbox);
                link.leave("");
                return code;
            }
        }
    }

    /// Who asks for history is told nothing of it unasked, and takes nothing away from the device
    /// that is told.
    private static Admission admission(Request.Tail request, Surroundings around)
            throws Problem, InterruptedException {
        return request.asks()
                ? Admission.inPassing(request.connection(), around, "parley-follow")
                        .wanting(
                                Set.of(
                                        Capability.CHATHISTORY,
                                        Capability.EVENT_PLAYBACK,
                                        Capability.MULTILINE))
                : new Admission(request.connection(), around).wanting(Set.of(Capability.MULTILINE));
    }

    private ExitCode follow(Link link, BlockingQueue<Event> inbox)
            throws Problem, InterruptedException {
        var end = System.nanoTime() + request.during().orElse(FOR_EVER).toNanos();
        while (left > 0) {
            var event = inbox.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                return ExitCode.DONE;
            }
            switch (event) {
                case Event.Up(var nick, var capabilities, _, _) -> {
                    me = nick;
                    up(link, capabilities);
                }
                case Event.Received(var message, var at) -> hear(message, at);
                case Event.Down(var why, var retryIn) -> say("the link broke", why, retryIn);
                case Event.StillDown(var why, var retryIn) -> say("still down", why, retryIn);
                case Event.CodeWanted(var why) -> {
                    around.err().println("parley: the link broke: " + TerminalText.plain(why));
                    link.code(
                            Code.ask(around, "A new code brings it back: ")
                                    .orElseThrow(() ->
                                            new Problem(
                                                    ExitCode.CANNOT_CONNECT,
                                                    "the link broke, and only a new code brings it"
                                                            + " back")));
                }
                case Event.Over(var ending) -> {
                    if (!ending.text().isEmpty()) {
                        throw new Problem(ExitCode.of(ending.kind()), ending.text());
                    }
                    return ExitCode.of(ending.kind());
                }
                case Event.Typed _,
                        Event.Composed _,
                        Event.Looked _,
                        Event.AtTop _,
                        Event.Moved _,
                        Event.Tick _ -> {}
            }
            if (around.out().checkError()) {
                return ExitCode.DONE; // nobody reads any more, which is how `| head` ends things
            }
            if (request.since().isPresent() && !request.follow() && catchingUp.isDone()) {
                return ExitCode.DONE;
            }
        }
        return ExitCode.DONE;
    }

    private void up(Link link, Set<Capability> capabilities) throws Problem {
        assembly = new Assembly();
        for (var target : targets) {
            if (Name.looksLikeChannel(target.target())) {
                link.send(Message.of("JOIN", target.target()));
            }
        }
        var canAsk =
                capabilities.containsAll(
                        Set.of(Capability.CHATHISTORY, Capability.BATCH, Capability.MESSAGE_TAGS));
        if (request.asks() && canAsk) {
            catchingUp.begin();
        } else if (request.since().isPresent()) {
            throw new Problem(
                    ExitCode.REFUSED,
                    "the server tells nothing of what was said before (it has no draft/chathistory)");
        } else if (wasUp && (request.follow() || !capabilities.contains(Capability.ONCE))) {
            // A daemon with a capability of Parley's tells what a device missed by itself.
            around.err()
                    .println(
                            "parley: there may be a gap here: the server tells nothing of what was"
                                    + " said before (it has no draft/chathistory)");
        }
        wasUp = true;
    }

    private void hear(Message message, Instant at) throws Problem {
        if (message.tags().containsKey("batch")) {
            assemble(message, at); // who was put out then, say, is of no use now
            return;
        }
        switch (message.command()) {
            case "PRIVMSG", "NOTICE", "BATCH" -> assemble(message, at);
            case "005" -> references.hear(message);
            case "FAIL" -> {
                if (message.param(0).equals("CHATHISTORY")) {
                    noHistory(message, at);
                } else {
                    refuse(message);
                }
            }
            case "KICK" -> {
                for (var target : targets) {
                    if (target.isAbout(message.param(0))
                            && CaseMapping.same(message.param(1), me)) {
                        throw new Problem(
                                ExitCode.REFUSED,
                                "removed from " + target.target() + " by " + message.sourceName());
                    }
                }
            }
            default -> refuse(message);
        }
    }

    private void assemble(Message message, Instant at) throws Problem {
        switch (assembly.take(message).orElse(null)) {
            case Assembly.Whole whole when request.asks() && whole.isHistory() ->
                    catchingUp.take(whole);
            case Assembly.Whole whole ->
                    Utterance.of(whole, me, at).ifPresent(one -> said(one, at));
            case Assembly.Ended(var opening) ->
                    catchingUp.ended(opening, me, at).forEach(one -> print(one, at));
            case null -> {}
        }
    }

    /// Who may not be in a channel hears nothing of it.
    private void refuse(Message message) throws Problem {
        var refused =
                JoinRefusal.channel(
                        message, name -> targets.stream().anyMatch(target -> target.isAbout(name)));
        if (refused.isPresent()) {
            throw new Problem(ExitCode.REFUSED, refused.get() + ": " + message.params().getLast());
        }
    }

    private void noHistory(Message message, Instant at) throws Problem {
        var refused = catchingUp.refused();
        if (refused.isEmpty()) {
            return;
        }
        var target = refused.get();
        var isUnfit =
                !references.areIds()
                        && request.since().filter(Moment.Message.class::isInstance).isPresent();
        var reason =
                target.target() + ": " + (isUnfit ? Moment.ONLY_TIMES : message.params().getLast());
        if (request.since().isPresent()) {
            throw new Problem(ExitCode.REFUSED, reason);
        }
        around.err().println("parley: there may be a gap here: " + TerminalText.plain(reason));
        target.without().forEach(one -> print(one, at));
    }

    private void said(Utterance one, Instant at) {
        for (var target : targets) {
            if (target.isAbout(one.place())) {
                if (request.asks()) {
                    target.heard(one).forEach(heard -> print(heard, at));
                } else if (!recent.has(one.id())) {
                    recent = recent.with(one.id());
                    print(one, at);
                }
            }
        }
    }

    private void print(Utterance one, Instant now) {
        if (left == 0) {
            return;
        }
        var here = targets.size() == 1 ? CaseMapping.fold(targets.getFirst().target()) : "";
        around.out().println(request.asJson() ? one.json() : one.forPerson(screen, here, now));
        around.out().flush();
        left--;
    }

    /// News of the link go to the standard error, so that the output holds messages alone.
    private void say(String what, String why, Duration retryIn) {
        around.err()
                .println(
                        "parley: "
                                + what
                                + ": "
                                + TerminalText.plain(why)
                                + "; next attempt in "
                                + Math.max(1, retryIn.toSeconds())
                                + " s");
    }
}
