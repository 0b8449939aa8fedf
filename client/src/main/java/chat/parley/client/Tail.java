package chat.parley.client;

import chat.parley.client.link.Backoff;
import chat.parley.client.link.Link;
import chat.parley.client.model.Event;
import chat.parley.client.model.Line;
import chat.parley.client.model.Recent;
import chat.parley.client.ui.Screen;
import chat.parley.client.ui.TerminalText;
import chat.parley.client.ui.Theme;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.JsonLine;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// `parley tail`: prints what is said in one channel, or between two, until it is enough.
///
/// Runs on the main thread, which takes what the [Link] posts. Each message is flushed by itself; a
/// reader that went away ends it.
final class Tail {

    private static final int INBOX = 256;
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private final Request.Tail request;
    private final Surroundings around;
    private final Screen screen;
    private final String target;
    private String me = "";
    private Recent recent = Recent.none();
    private long left;

    private Tail(Request.Tail request, Surroundings around) {
        this.request = request;
        this.around = around;
        this.screen = new Screen(Theme.PLAIN, around.clock().getZone());
        this.target = CaseMapping.fold(request.target());
        this.left = request.count().orElse(Long.MAX_VALUE);
    }

    static ExitCode run(Request.Tail request, Surroundings around)
            throws Problem, InterruptedException {
        try (var admission = new Admission(request.connection(), around)) {
            var session = admission.logIn();
            var inbox = new ArrayBlockingQueue<Event>(INBOX);
            var backoff = Backoff.usual(around.random());
            try (var link = new Link(session, admission.dialer(), inbox, backoff, around.clock());
                    var _ = Goodbye.onInterrupt(link)) {
                link.start();
                var code = new Tail(request, around).follow(link, inbox);
                link.leave("");
                return code;
            }
        }
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
                case Event.Up(var nick, _, _, _) -> {
                    me = nick;
                    if (Name.looksLikeChannel(target)) {
                        link.send(Message.of("JOIN", request.target()));
                    }
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
        }
        return ExitCode.DONE;
    }

    private void hear(Message message, Instant at) throws Problem {
        switch (message.command()) {
            case "PRIVMSG", "NOTICE" -> {
                var id = message.tags().getOrDefault("msgid", "");
                if (!recent.has(id)) {
                    recent = recent.with(id);
                    Line.Said.of(message, me, at)
                            .filter(said -> CaseMapping.fold(said.place()).equals(target))
                            .ifPresent(said -> print(message, said, at));
                }
            }
            case "403", "405", "471", "473", "474", "475", "476", "477" -> {
                if (CaseMapping.fold(message.param(1)).equals(target)) {
                    throw new Problem(
                            ExitCode.REFUSED, request.target() + ": " + message.params().getLast());
                }
            }
            case "KICK" -> {
                if (CaseMapping.fold(message.param(0)).equals(target)
                        && CaseMapping.same(message.param(1), me)) {
                    throw new Problem(
                            ExitCode.REFUSED,
                            "removed from " + request.target() + " by " + message.sourceName());
                }
            }
            default -> {}
        }
    }

    private void print(Message message, Line.Said said, Instant now) {
        if (request.asJson()) {
            var line =
                    new JsonLine()
                            .with("time", said.at().toString())
                            .with("id", message.tags().getOrDefault("msgid", ""))
                            .with("channel", said.place())
                            .with("from", said.who())
                            .with("account", message.tags().getOrDefault("account", ""))
                            .with("kind", said.manner().name().toLowerCase(Locale.ROOT))
                            .with("text", said.text());
            around.out().println(line);
        } else {
            around.out().println(screen.line(said, target, now));
        }
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
