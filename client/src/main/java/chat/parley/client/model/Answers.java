package chat.parley.client.model;

import chat.parley.protocol.Message;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What the daemon answers: numerics, standard replies, goodbyes.
final class Answers {

    /// Numerics without news for a person: the rest of the greeting, the frames of lists, login.
    private static final Set<String> QUIET =
            Set.of(
                    "002", "003", "004", "221", "250", "251", "252", "253", "254", "255", "265",
                    "266", "315", "321", "323", "324", "329", "333", "375", "376", "422", "900",
                    "901", "903");

    /// What the last PING asks.
    static final String FINISH = "finish";

    /// What asks how long an answer takes.
    static final String LAG = "lag";

    private Answers() {}

    static Step pong(Model model, Message message, Instant now) {
        if (message.param(1).equals(LAG)) {
            return Step.to(model.with(model.pulse().answered(now)));
        }
        return message.param(1).equals(FINISH) && model.finish() == Model.Finish.ASKED
                ? Step.to(model.with(Model.Finish.ANSWERED))
                : Step.to(model);
    }

    static Step numeric(Model model, Message message, Instant at) {
        var command = message.command();
        if (command.length() != 3 || !Character.isDigit(command.charAt(0))) {
            return Step.to(model); // a command that is not meant for the eye, such as PONG or BATCH
        }
        return switch (command) {
            case "005" -> Step.to(model.with(model.server().with(supported(message))));
            case "332" -> Presence.topicIs(model, message, at);
            case "331" -> Step.to(model).note(message.param(1) + " has no topic");
            case "353" -> Presence.names(model, message);
            case "366" -> Presence.endOfNames(model, message, at);
            case "322" ->
                    Step.to(model)
                            .note(
                                    message.param(1)
                                            + "  "
                                            + message.param(2)
                                            + " people  "
                                            + message.param(3));
            case "352" -> Step.to(model).note(message.param(5) + "  " + realName(message));
            case "001", "372" -> Step.to(model).note(last(message));
            default -> {
                if (QUIET.contains(command)) {
                    yield Step.to(model);
                }
                if (command.charAt(0) == '4'
                        || command.charAt(0) == '5'
                        || isLoginTrouble(command)) {
                    yield refusal(model, message, words(message));
                }
                yield Step.to(model).note(words(message));
            }
        };
    }

    /// IRCv3 standard replies, ACK of labeled-response, and ERROR.
    static Step standard(Model model, Message message) {
        return switch (message.command()) {
            case "FAIL" ->
                    switch (message.param(0)) {
                        case "CHATHISTORY" -> History.refused(model, last(message));
                        // Nobody asked for it by name: no use to tell.
                        case "MARKREAD" -> Step.to(model);
                        default -> refusal(model, message, last(message));
                    };
            case "WARN" -> Step.to(model).trouble(last(message));
            case "NOTE" -> Step.to(model).note(last(message));
            case "ERROR" -> Step.to(model).trouble("the daemon says goodbye: " + last(message));
            default ->
                    model.outbox()
                            .answeredBy(message)
                            .map(one -> Step.to(model.with(model.outbox().without(one))))
                            .orElse(Step.to(model));
        };
    }

    static Step invited(Model model, Message message) {
        return Step.to(model)
                .note(
                        message.sourceName()
                                + " invites "
                                + (model.isMe(message.param(0)) ? "you" : message.param(0))
                                + " to "
                                + message.param(1)
                                + "; /join "
                                + message.param(1));
    }

    private static Step refusal(Model model, Message message, String reason) {
        if (Composing.isRefused(message)) {
            return Step.to(model);
        }
        return Joining.refused(model, message, reason)
                .orElseGet(() -> refusalOfWords(model, message, reason));
    }

    private static Step refusalOfWords(Model model, Message message, String reason) {
        var outbox = model.outbox();
        var refused =
                model.server().labels() ? outbox.answeredBy(message) : outbox.refusedBy(message);
        return refused.map(one ->
                        Step.to(
                                        Chronicle.became(model, one, Entry.State.FAILED)
                                                .with(model.outbox().without(one)))
                                .trouble(
                                        "not said: "
                                                + Talking.shortly(one.text())
                                                + " ("
                                                + reason
                                                + ")"))
                .orElse(Step.to(model).trouble(reason));
    }

    private static boolean isLoginTrouble(String command) {
        return command.equals("902") || (command.compareTo("904") >= 0 && command.startsWith("90"));
    }

    /// All but the nick in front, as a sentence: `#tea: No such channel`.
    private static String words(Message message) {
        var params = message.params();
        if (params.size() < 2) {
            return last(message);
        }
        var subjects = String.join(" ", params.subList(1, params.size() - 1));
        return subjects.isEmpty() ? last(message) : subjects + ": " + last(message);
    }

    private static List<String> supported(Message message) {
        var params = message.params();
        return params.size() < 3 ? List.of() : params.subList(1, params.size() - 1);
    }

    private static String realName(Message message) {
        var hopsAndName = message.param(7);
        var space = hopsAndName.indexOf(' ');
        var address = message.param(2) + "@" + message.param(3);
        return space < 0 ? address : address + "  " + hopsAndName.substring(space + 1);
    }

    private static String last(Message message) {
        return message.params().isEmpty()
                ? Objects.requireNonNullElse(message.source(), message.command())
                : message.params().getLast();
    }
}
