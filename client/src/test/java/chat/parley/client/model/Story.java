package chat.parley.client.model;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessageParser;
import chat.parley.protocol.MessagePrinter;
import chat.parley.protocol.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A model through its events, for tests: what happened, and what came of it as text.
public final class Story {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Model model;
    private Instant now = NOON;
    private final List<String> sent = new ArrayList<>();
    private final List<Line> shown = new ArrayList<>();
    private final List<Effect> told = new ArrayList<>();
    private final List<Effect> ended = new ArrayList<>();

    private Story(Model model) {
        this.model = model;
    }

    /// As ann, with these channels wished for; the link is not up yet.
    public static Story of(String... channels) {
        return new Story(Model.start("ann", List.of(channels), "r"));
    }

    /// As ann, in #lobby, with nothing sent or shown so far.
    public static Story inLobby() {
        return inLobbyWithout();
    }

    /// In #lobby of a daemon that has all but these, with nothing sent or shown so far.
    static Story inLobbyWithout(Capability... but) {
        return of().up(but).hears(":ann!ann@h JOIN #lobby").forget();
    }

    /// In #lobby, and about to be in #tea.
    static Story askedForTea() {
        return inLobby().asks(new Act.Join("#tea", ""));
    }

    /// In #lobby of a daemon with history, which was asked for what was said there.
    static Story arrived() {
        return of().upWithAll()
                .hears(":d BATCH +0 draft/chathistory-targets", ":d BATCH -0")
                .forget()
                .hears(":ann!ann@h JOIN #lobby");
    }

    /// A daemon that has all but these, and neither history nor read markers.
    public Story up(Capability... without) {
        var all = EnumSet.allOf(Capability.class);
        all.removeAll(Set.of(without));
        all.removeAll(Set.of(Capability.CHATHISTORY, Capability.READ_MARKER));
        return happens(new Event.Up("ann", all, Map.of(), now));
    }

    /// A daemon that has all but these.
    Story upWithAll(Capability... but) {
        var all = EnumSet.allOf(Capability.class);
        all.removeAll(Set.of(but));
        return happens(new Event.Up("ann", all, Map.of(), now));
    }

    public Story seeing(Habits.View view) {
        model = model.seeing(view);
        return this;
    }

    /// From now on as a script.
    Story unattended() {
        model = model.unattended();
        return this;
    }

    /// Not yet Enter.
    Story types(String text) {
        return happens(new Event.Composed(text, now));
    }

    public Story down() {
        return happens(new Event.Down("it rained", Duration.ofSeconds(2)));
    }

    public Story hears(String... lines) {
        for (var line : lines) {
            if (MessageParser.parse(line) instanceof Parsed.Good(Message message)) {
                happens(new Event.Received(message, now));
            }
        }
        return this;
    }

    public Story asks(Act act) {
        return happens(new Event.Typed(act, now));
    }

    public Story says(String... texts) {
        for (var text : texts) {
            asks(new Act.Say(text));
        }
        return this;
    }

    public Story passes(Duration time) {
        now = now.plus(time);
        return happens(new Event.Tick(now));
    }

    Story happens(Event event) {
        var step = Update.step(model, event);
        model = step.model();
        for (var effect : step.effects()) {
            switch (effect) {
                case Effect.Send(var message) -> sent.add(MessagePrinter.line(message));
                case Effect.Show(var line) -> shown.add(line);
                case Effect.Tell _, Effect.Reconnect _, Effect.Tls _ -> told.add(effect);
                case Effect.Code _ -> {}
                case Effect.Leave _, Effect.End _ -> ended.add(effect);
            }
        }
        return this;
    }

    Story forget() {
        sent.clear();
        shown.clear();
        told.clear();
        return this;
    }

    public Model model() {
        return model;
    }

    public List<Line> lines() {
        return List.copyOf(shown);
    }

    public List<String> sent() {
        return List.copyOf(sent);
    }

    /// What of it is speech.
    List<String> spoken() {
        return sent.stream().filter(line -> line.contains("PRIVMSG")).toList();
    }

    /// Notifications, and wishes to dial anew.
    List<Effect> told() {
        return List.copyOf(told);
    }

    List<Effect> ended() {
        return List.copyOf(ended);
    }

    /// What was shown, in words.
    List<String> shown() {
        return shown.stream()
                .map(line ->
                        switch (line) {
                            case Line.Said said ->
                                    said.place() + " " + said.who() + ": " + said.text();
                            case Line.Happened happened -> happened.text();
                            case Line.Note(var text) -> "-- " + text;
                            case Line.Trouble(var text) -> "!! " + text;
                        })
                .toList();
    }
}
