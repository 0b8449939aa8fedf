package chat.parley.daemon.command;

import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Modes;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Request.ModeChange;
import chat.parley.daemon.chat.Role;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// MODE, of channels and of oneself.
final class ModeCommand {

    /// `B` marks a bot (IRCv3 bot-mode), `R` is written to only by who has an account, which is
    /// everybody here (clients set it, and it holds), `T` takes no CTCP but actions, `i` hides from
    /// masks, `o` is an operator of the server, `r` has an account, `w` hears WALLOPS.
    static final String USER_MODES = "BRTiorw";

    /// What nobody gives oneself (Modern IRC, "User Modes": ignored); `o` may be let go.
    private static final String GIVEN = "or";

    static final String LISTS = "Ibe";
    static final String WITH_PARAM = "k";
    static final String WITH_PARAM_WHEN_SET = "fl";
    static final String ROLES = "ov";
    private static final char FORWARD = 'f';

    private final Server server;
    private final Channels channels;
    private final Directory directory;

    ModeCommand(Server server, Channels channels, Directory directory) {
        this.server = server;
        this.channels = channels;
        this.directory = directory;
    }

    CommandSpec row() {
        return CommandSpec.row(
                "MODE",
                "<channel or nick> [<changes> {<parameter>}]",
                1,
                "shows or changes modes",
                this::mode);
    }

    private void mode(Talker talker, Message message, Reply reply) throws InterruptedException {
        var target = message.param(0);
        if (Name.looksLikeChannel(target)) {
            ofChannel(talker, message, reply);
        } else if (directory.find(target).isEmpty()) {
            reply.numeric(
                    Numeric.ERR_NOSUCHNICK, Server.shown(target), "Nobody by that nick is here");
        } else if (!CaseMapping.same(target, talker.nick())) {
            reply.numeric(Numeric.ERR_USERSDONTMATCH, "Another user's modes are its own");
        } else {
            ofUser(talker, message.param(1), reply);
        }
    }

    // ---- channels

    private void ofChannel(Talker talker, Message message, Reply reply)
            throws InterruptedException {
        var channel =
                Name.Channel.of(message.param(0))
                        .flatMap(channels::find)
                        .filter(found -> found.isVisibleTo(talker.user()));
        if (channel.isEmpty()) {
            reply.numeric(
                    Numeric.ERR_NOSUCHCHANNEL, Server.shown(message.param(0)), "No such channel");
            return;
        }
        var mistakes = new ArrayList<Message>();
        var changes = changes(talker, message, mistakes);
        if (changes.isEmpty() && mistakes.isEmpty() && !message.param(1).isEmpty()) {
            return; // signs only, or a role for nobody
        }
        var settled = new Request.Settled();
        var asker = new Request.Asker(talker.user(), talker, reply.part());
        channels.ask(channel.get(), new Request.ChangeModes(asker, changes, mistakes, settled));
        settled.await();
    }

    /// What is unknown is noticed here; whether one may is the channel's to judge, first of all.
    private List<ModeChange> changes(Talker talker, Message message, List<Message> mistakes) {
        var changes = new ArrayList<ModeChange>();
        var letters = message.param(1);
        var next = 2;
        var add = true;
        for (var i = 0; i < letters.length(); i++) {
            var mode = letters.charAt(i);
            if (mode == '+' || mode == '-') {
                add = mode == '+';
                continue;
            }
            var isList = LISTS.indexOf(mode) >= 0;
            var isRole = ROLES.indexOf(mode) >= 0;
            var takesParam =
                    isList
                            || isRole
                            || WITH_PARAM.indexOf(mode) >= 0
                            || (add && WITH_PARAM_WHEN_SET.indexOf(mode) >= 0);
            if (!takesParam
                    && Modes.FLAGS.indexOf(mode) < 0
                    && WITH_PARAM_WHEN_SET.indexOf(mode) < 0) {
                mistakes.add(
                        server.numeric(
                                Numeric.ERR_UNKNOWNMODE,
                                talker.nick(),
                                Server.shown(String.valueOf(mode)),
                                "is not a channel mode here"));
                continue;
            }
            var param = takesParam ? message.param(next) : "";
            if (takesParam) {
                next++;
            }
            if (add && mode == FORWARD) {
                forward(message.param(0), param, talker, mistakes).ifPresent(changes::add);
            } else if (isRole) {
                role(add, mode, param, talker, mistakes).ifPresent(changes::add);
            } else {
                changes.add(new ModeChange(add, mode, param, Optional.empty()));
            }
        }
        return changes;
    }

    /// Only to a channel that somebody is in, and by who may let people in there too.
    private Optional<ModeChange> forward(
            String from, String to, Talker talker, List<Message> mistakes) {
        var channel =
                Name.Channel.of(to)
                        .flatMap(channels::find)
                        .filter(found -> found.isVisibleTo(talker.user()))
                        .filter(found -> !CaseMapping.same(found.name().text(), from));
        if (channel.isEmpty()) {
            mistakes.add(
                    server.numeric(
                            Numeric.ERR_INVALIDMODEPARAM,
                            talker.nick(),
                            from,
                            String.valueOf(FORWARD),
                            Server.shown(to),
                            "No such channel to send people on to"));
        } else if (!channel.get().role(talker.user()).isAtLeast(Role.OPERATOR)) {
            mistakes.add(
                    server.numeric(
                            Numeric.ERR_CHANOPRIVSNEEDED,
                            talker.nick(),
                            channel.get().name().text(),
                            "You are not an operator of that channel"));
        } else {
            var name = channel.get().name().text();
            return Optional.of(new ModeChange(true, FORWARD, name, Optional.empty()));
        }
        return Optional.empty();
    }

    private Optional<ModeChange> role(
            boolean add, char mode, String nick, Talker talker, List<Message> mistakes) {
        if (nick.isEmpty()) {
            return Optional.empty();
        }
        Optional<User> target = directory.find(nick);
        if (target.isEmpty()) {
            mistakes.add(
                    server.numeric(
                            Numeric.ERR_NOSUCHNICK,
                            talker.nick(),
                            Server.shown(nick),
                            "Nobody by that nick is here"));
            return Optional.empty();
        }
        return Optional.of(new ModeChange(add, mode, nick, target));
    }

    // ---- oneself

    private static void ofUser(Talker talker, String changes, Reply reply) {
        if (changes.isEmpty()) {
            var letters = new StringBuilder("+");
            new TreeSet<>(talker.user().profile().modes()).forEach(letters::append);
            reply.numeric(Numeric.RPL_UMODEIS, letters.toString());
            return;
        }
        var before = talker.user().profile().modes();
        var modes = new TreeSet<>(before);
        var done = new StringBuilder();
        var add = true;
        var unknown = false;
        var sign = ' ';
        for (var i = 0; i < changes.length(); i++) {
            var mode = changes.charAt(i);
            if (mode == '+' || mode == '-') {
                add = mode == '+';
            } else if (USER_MODES.indexOf(mode) < 0) {
                unknown = true;
            } else if (isOnesOwn(add, mode) && (add ? modes.add(mode) : modes.remove(mode))) {
                if (sign != (add ? '+' : '-')) {
                    sign = add ? '+' : '-';
                    done.append(sign);
                }
                done.append(mode);
            }
        }
        if (unknown) {
            reply.numeric(Numeric.ERR_UMODEUNKNOWNFLAG, "There is no such user mode");
        }
        if (!done.isEmpty()) {
            var gone = new TreeSet<>(before);
            gone.removeAll(modes);
            modes.removeAll(before);
            talker.user()
                    .change(profile -> { // another session's rights may have ended meanwhile
                        var changed = new TreeSet<>(profile.modes());
                        changed.addAll(modes);
                        changed.removeAll(gone);
                        return profile.withModes(changed);
                    });
            if (gone.contains('o')) {
                talker.own().disclaim();
            }
            reply.line(
                    Message.from(talker.user().source(), "MODE", talker.nick(), done.toString()));
        }
    }

    private static boolean isOnesOwn(boolean add, char mode) {
        return GIVEN.indexOf(mode) < 0 || (mode == 'o' && !add);
    }
}
