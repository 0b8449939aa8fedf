package chat.parley.daemon.command;

import chat.parley.daemon.chat.Addressee;
import chat.parley.daemon.chat.Answers;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.DirectMessages;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Role;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Saying things: PRIVMSG, NOTICE, TAGMSG and SAY.
///
/// Messages of one session to one place follow each other without waiting, so that a fast speaker's
/// messages are kept and delivered in batches; anything else waits until they are settled.
final class TalkCommands {

    static final int MOST_TARGETS = 4;

    /// The tag with the key by which something is kept once, however often it is said.
    private static final String ONCE = "parley.chat/once";

    private static final String KEY = "[A-Za-z0-9_-]{0,64}";

    private final Server server;
    private final Channels channels;
    private final Addressing addressing;
    private final DirectMessages directMessages;

    TalkCommands(
            Server server,
            Channels channels,
            Addressing addressing,
            DirectMessages directMessages) {
        this.server = server;
        this.channels = channels;
        this.addressing = addressing;
        this.directMessages = directMessages;
    }

    List<CommandSpec> rows() {
        // Without required parameters: these have numerics of their own for what is missing.
        return List.of(
                row(
                        "PRIVMSG",
                        "[<target>{,<target>} <text>]",
                        "says something to channels or nicks"),
                row(
                        "NOTICE",
                        "[<target>{,<target>} <text>]",
                        "the same, and never answered by a bot"),
                row("TAGMSG", "[<target>{,<target>}]", "passes on client tags without a text"),
                new CommandSpec(
                        "SAY",
                        "<text>",
                        1,
                        CommandSpec.Order.FOLLOWS,
                        "says something in the channel you joined last",
                        this::sayHere));
    }

    private CommandSpec row(String name, String usage, String summary) {
        return new CommandSpec(name, usage, 1, CommandSpec.Order.FOLLOWS, summary, this::say);
    }

    /// What is said: the command, the text, the client tags to pass on.
    ///
    /// @param text as [chat.parley.daemon.chat.Lines] has it
    /// @param once the key that makes sure it is kept once; or empty
    record Speech(String command, String text, Map<String, String> tags, String once) {

        private boolean isNotice() {
            return command.equals("NOTICE");
        }

        private boolean isTagsOnly() {
            return command.equals("TAGMSG");
        }
    }

    private void sayHere(Talker talker, Message message, Reply reply) throws InterruptedException {
        var here = talker.lastJoined();
        if (here.isEmpty()) {
            talker.settle();
            reply.numeric(Numeric.ERR_NORECIPIENT, "You are in no channel: JOIN one first");
            return;
        }
        var speech = speech(talker, message, "PRIVMSG", message.param(0));
        say(talker, here.get().name().text(), speech, reply.handOver());
    }

    private void say(Talker talker, Message message, Reply reply) throws InterruptedException {
        var speech = speech(talker, message, message.command(), message.param(1));
        var targets = Shown.list(message, 0);
        if (isIncomplete(talker, speech, targets, reply)) {
            return;
        }
        if (targets.size() == 1) {
            say(talker, targets.getFirst(), speech, reply.handOver());
            return;
        }
        for (var target : targets) {
            say(talker, target, speech, reply.part());
        }
        talker.settle(); // the reply is finished after its parts
    }

    private static Speech speech(Talker talker, Message message, String command, String text) {
        return new Speech(command, text, clientTags(talker, message), onceOf(talker, message));
    }

    /// RFC 2812 3.3.2: a NOTICE is never answered by an error.
    private static boolean isIncomplete(
            Talker talker, Speech speech, List<String> targets, Reply reply)
            throws InterruptedException {
        var noTarget = targets.isEmpty();
        var noText = !speech.isTagsOnly() && speech.text().isEmpty();
        var tooMany = targets.size() > MOST_TARGETS;
        if (!noTarget && !noText && !tooMany) {
            return false;
        }
        talker.settle();
        if (!speech.isNotice()) {
            if (noTarget) {
                reply.numeric(
                        Numeric.ERR_NORECIPIENT, "No recipient given (" + speech.command() + ")");
            } else if (noText) {
                reply.numeric(Numeric.ERR_NOTEXTTOSEND, "No text to send");
            } else {
                reply.numeric(
                        Numeric.ERR_TOOMANYTARGETS,
                        "*",
                        "At most " + MOST_TARGETS + " targets at a time");
            }
        }
        return true;
    }

    /// Says something to one target.
    ///
    /// @param answers told the outcome, and done with by whoever settles the request
    void say(Talker talker, String target, Speech speech, Answers answers)
            throws InterruptedException {
        if (!speech.once().matches(KEY)) {
            talker.settle();
            answers.line(
                    server.fail(
                            speech.command(),
                            "INVALID_ONCE",
                            "A key is up to 64 letters, digits, - and _"));
            answers.done();
            return;
        }
        var asker = new Request.Asker(talker.user(), talker, answers);
        var settled = new Request.Settled();
        var least = leastRoleOf(target);
        var channel =
                Name.Channel.of(least == Role.MEMBER ? target : target.substring(1))
                        .flatMap(channels::find)
                        .filter(found -> found.isVisibleTo(talker.user()));
        if (channel.isPresent()) {
            talker.turnTo(channel.get());
            channels.ask(
                    channel.get(),
                    new Request.Say(
                            asker,
                            speech.command(),
                            speech.text(),
                            speech.tags(),
                            speech.once(),
                            least,
                            settled));
            talker.follow(settled);
            return;
        }
        switch (addressing.find(talker, target, speech)) {
            case Addressing.Found.Somebody(var to) -> whisper(talker, to, speech, asker);
            case Addressing.Found.Refused(var why) ->
                    refuse(
                            talker,
                            speech.isNotice() ? Optional.empty() : Optional.of(why),
                            answers);
            case Addressing.Found.NotStored(var why) -> refuse(talker, Optional.of(why), answers);
            case Addressing.Found.Nothing _ -> refuse(talker, Optional.empty(), answers);
        }
    }

    private void whisper(Talker talker, Addressee to, Speech speech, Request.Asker asker)
            throws InterruptedException {
        talker.turnTo(directMessages);
        var settled = new Request.Settled();
        if (directMessages.say(
                asker,
                to,
                speech.command(),
                speech.text(),
                speech.tags(),
                speech.once(),
                settled)) {
            talker.follow(settled);
        } else {
            var why = server.notStored(speech.command(), to.shown());
            refuse(talker, Optional.of(why), asker.answers());
        }
    }

    private static void refuse(Talker talker, Optional<Message> why, Answers answers)
            throws InterruptedException {
        talker.settle();
        why.ifPresent(answers::line);
        answers.done();
    }

    /// STATUSMSG: `@#channel` is for its operators, `+#channel` for voices too.
    private static Role leastRoleOf(String target) {
        if (target.startsWith("@#")) {
            return Role.OPERATOR;
        }
        return target.startsWith("+#") ? Role.VOICE : Role.MEMBER;
    }

    static String onceOf(Talker talker, Message message) {
        return talker.capabilities().has(Capability.ONCE)
                ? message.tags().getOrDefault(ONCE, "")
                : "";
    }

    /// IRCv3 message-tags, "Client-only tags": passed on as they are; all others are dropped.
    static SequencedMap<String, String> clientTags(Talker talker, Message message) {
        var tags = new LinkedHashMap<String, String>(0);
        if (talker.capabilities().has(Capability.MESSAGE_TAGS)) {
            message.tags()
                    .forEach((key, value) -> {
                        if (key.startsWith("+")) {
                            tags.put(key, value);
                        }
                    });
        }
        return tags;
    }
}
