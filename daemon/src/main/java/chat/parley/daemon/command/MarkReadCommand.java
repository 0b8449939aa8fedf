package chat.parley.daemon.command;

import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.ReadMarkers;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// MARKREAD (IRCv3 read-marker): up to where one has read, for all of one's own devices.
final class MarkReadCommand {

    private static final String NAME = "MARKREAD";

    private final ReadMarkers markers;
    private final Directory directory;
    private final Clock clock;

    MarkReadCommand(ReadMarkers markers, Directory directory, Clock clock) {
        this.markers = markers;
        this.directory = directory;
        this.clock = clock;
    }

    CommandSpec row() {
        // Without required parameters: it has a code of its own for what is missing.
        return CommandSpec.row(
                NAME,
                "[<target> [timestamp=<time>]]",
                2,
                "shows or sets up to where one has read",
                this::run);
    }

    private void run(Talker talker, Message message, Reply reply) throws InterruptedException {
        var shown = message.param(0);
        if (shown.isEmpty()) {
            reply.fail(NAME, "NEED_MORE_PARAMS", "Missing parameters");
            return;
        }
        var folded = folded(shown);
        var stamp = message.params().size() > 1 ? message.param(1) : null;
        var moment = stamp == null ? Optional.<Instant>empty() : Timestamp.of(stamp);
        if (folded.isEmpty()) {
            reply.fail(NAME, "INVALID_PARAMS", Server.shown(shown), "That is not a target");
        } else if (stamp != null && moment.isEmpty()) {
            reply.fail(
                    NAME,
                    "INVALID_PARAMS",
                    Server.shown(stamp),
                    "A timestamp is " + Timestamp.FORM);
        } else {
            answer(talker, shown, folded.get(), moment, reply);
        }
    }

    private void answer(
            Talker talker, String shown, String folded, Optional<Instant> moment, Reply reply)
            throws InterruptedException {
        try {
            if (moment.isEmpty()) {
                reply.line(markers.line(talker.user(), shown, folded));
                return;
            }
            // It only ever grows: a clock that is wrong must not carry it away.
            var now = clock.instant();
            var to = moment.get().isAfter(now) ? now : moment.get();
            markers.move(talker.user(), talker, shown, folded, to)
                    .ifPresentOrElse(
                            reply::line,
                            () -> reply.fail(NAME, "INTERNAL_ERROR", shown, "Too many markers"));
        } catch (IOException _) { // the log has said why; here it is an answer
            reply.fail(NAME, "INTERNAL_ERROR", shown, "The read timestamp could not be kept");
        }
    }

    private Optional<String> folded(String target) {
        return Name.looksLikeChannel(target)
                ? Name.Channel.of(target).map(Name.Channel::folded)
                : Name.Nick.of(target)
                        .map(_ ->
                                CaseMapping.fold(
                                        directory.find(target).map(User::account).orElse(target)));
    }
}
