package chat.parley.daemon.command;

import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Mask;
import chat.parley.daemon.chat.MemberReplies;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.util.ArrayList;

/// WHO, and WHOX: `WHO <mask> [o]%<fields>[,<token>]` (Modern IRC, "WHO message"; IRCv3 whox).
final class WhoCommand {

    /// In the order in which they stand in a reply, whatever the order they were asked in.
    private static final String FIELDS = "tcuihsnfdlaor";

    private static final String NOT_TOLD = "255.255.255.255"; // nobody's address is shown

    private final Server server;
    private final Directory directory;
    private final Channels channels;

    WhoCommand(Server server, Directory directory, Channels channels) {
        this.server = server;
        this.directory = directory;
        this.channels = channels;
    }

    CommandSpec row() {
        return CommandSpec.row(
                "WHO", "[<mask> [<options>]]", 3, "shows who somebody is", this::who);
    }

    /// What is asked: the fields of WHOX, or none for the usual line.
    private record Question(boolean operatorsOnly, boolean extended, String fields, String token) {

        static Question of(String options) {
            var percent = options.indexOf('%');
            var flags = percent < 0 ? options : options.substring(0, percent);
            var asked = percent < 0 ? "" : options.substring(percent + 1);
            var comma = asked.indexOf(',');
            var token = comma < 0 ? "" : asked.substring(comma + 1);
            return new Question(
                    flags.contains("o"),
                    percent >= 0,
                    comma < 0 ? asked : asked.substring(0, comma),
                    token.matches("[A-Za-z0-9]{1,3}") ? token : "0");
        }
    }

    private void who(Talker talker, Message message, Reply reply) throws InterruptedException {
        var mask = message.param(0);
        var question = Question.of(message.param(1));
        if (Name.looksLikeChannel(mask)) {
            var channel =
                    Name.Channel.of(mask)
                            .flatMap(channels::find)
                            .filter(found -> found.isVisibleTo(talker.user()));
            if (channel.isPresent()) {
                ofChannel(talker, channel.get().name(), question, reply);
            }
        } else {
            for (var user : directory.all()) {
                if (fits(mask, user)
                        && isShown(question, user)
                        && mayBeFound(talker.user(), mask, user)) {
                    reply.line(line(talker, "*", user, "", question));
                }
            }
        }
        reply.line(MemberReplies.endOfWho(server, talker.nick(), Server.shown(mask)));
    }

    private void ofChannel(Talker talker, Name.Channel name, Question question, Reply reply)
            throws InterruptedException {
        var settled = new Request.Settled();
        var asker = new Request.Asker(talker.user(), talker, reply.part());
        channels.ask(
                name,
                new Request.Who(
                        asker,
                        member -> isShown(question, member),
                        (member, prefix) -> line(talker, name.text(), member, prefix, question),
                        settled));
        settled.await();
    }

    private static boolean isShown(Question question, User user) {
        return !question.operatorsOnly() || user.profile().has('o');
    }

    /// Modern IRC, "Invisible User Mode": found by its nick, or by those who share a channel.
    private static boolean mayBeFound(User asker, String mask, User user) {
        return !user.profile().has('i')
                || user.equals(asker)
                || CaseMapping.same(mask, user.nick().text())
                || user.channels().stream().anyMatch(asker.channels()::contains);
    }

    private static boolean fits(String mask, User user) {
        if (mask.isEmpty()) {
            return false;
        }
        return Mask.matches(mask, user.nick().text())
                || (mask.indexOf('@') >= 0 && Mask.of(mask).matches(user));
    }

    private Message line(
            Talker talker, String channel, User user, String prefix, Question question) {
        var profile = user.profile();
        var flags =
                (profile.away().isPresent() ? "G" : "H")
                        + (profile.has('o') ? "*" : "")
                        + prefix
                        + (profile.has('B') ? "B" : "");
        if (!question.extended()) {
            return server.numeric(
                    Numeric.RPL_WHOREPLY,
                    talker.nick(),
                    channel,
                    profile.username(),
                    profile.host(),
                    server.name(),
                    profile.nick().text(),
                    flags,
                    "0 " + profile.realName());
        }
        var fields = new ArrayList<String>();
        for (var i = 0; i < FIELDS.length(); i++) {
            var field = FIELDS.charAt(i);
            if (question.fields().indexOf(field) >= 0) {
                fields.add(
                        switch (field) {
                            case 't' -> question.token();
                            case 'c' -> channel;
                            case 'u' -> profile.username();
                            case 'i' -> NOT_TOLD;
                            case 'h' -> profile.host();
                            case 's' -> server.name();
                            case 'n' -> profile.nick().text();
                            case 'f' -> flags;
                            case 'd', 'l' -> "0";
                            case 'a' -> user.account();
                            case 'o' -> "n/a";
                            default -> profile.realName();
                        });
            }
        }
        return server.numeric(Numeric.RPL_WHOSPCRPL, talker.nick(), fields.toArray(String[]::new));
    }
}
