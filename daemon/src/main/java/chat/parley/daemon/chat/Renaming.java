package chat.parley.daemon.chat;

import chat.parley.daemon.config.DaemonConfig.Channels.Create;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// RENAME: the same channel by another name (IRCv3 channel-rename). It is kept, whole, before
/// anybody hears it, and the channel's thread goes on: what waits in its inbox is settled under the
/// new name. The old name is free at once.
///
/// Logic without a thread; it runs on the channel's.
final class Renaming {

    private static final String COMMAND = "RENAME";

    /// Sessions without the capability get all names again: that is dear in a large channel.
    private static final Duration COOLDOWN = Duration.ofMinutes(1);

    private final Channel channel;
    private final Room room;
    private final Channel.House house;
    private final Membership membership;
    private final Describing describing;
    private Instant renamedAt = Instant.EPOCH;

    Renaming(
            Channel channel,
            Room room,
            Channel.House house,
            Membership membership,
            Describing describing) {
        this.channel = channel;
        this.room = room;
        this.house = house;
        this.membership = membership;
        this.describing = describing;
    }

    /// What is to be heard of it; all of it is kept already.
    Batch settle(Request.Rename rename, Instant now) throws InterruptedException {
        var refusal = refusal(rename, now);
        if (refusal.isPresent()) {
            return answered(rename, refusal.get());
        }
        if (!house.channels().reserve(rename.name(), channel)) {
            return answered(rename, taken(rename));
        }
        try {
            return reserved(rename, now);
        } catch (IOException _) { // the log has said why; here it is an answer
            return answered(rename, notStored());
        } finally {
            house.channels().release(rename.name());
        }
    }

    private Optional<Message> refusal(Request.Rename rename, Instant now) {
        var asker = rename.asker();
        var operates = asker.user().profile().has('o');
        if (!room.has(asker.user()) && !operates) {
            return Optional.of(house.server().notOn(asker.nick(), room.name()));
        }
        if (room.role(asker.user()) != Role.OWNER) {
            return Optional.of(
                    house.server()
                            .numeric(
                                    Numeric.ERR_CHANOPRIVSNEEDED,
                                    asker.nick(),
                                    room.name().text(),
                                    "Only the owner of a channel gives it another name"));
        }
        return reason(rename, operates, now)
                .map(why -> fail("CANNOT_RENAME", rename.name().text(), why));
    }

    private Optional<String> reason(Request.Rename rename, boolean operates, Instant now) {
        var to = rename.name();
        if (house.isCommon(room.name())) {
            return Optional.of("Everybody is put in it by this name, as the configuration says");
        }
        if (house.isCommon(to)) {
            return Optional.of("That name is kept for a channel everybody is put in");
        }
        if (house.rules().get().create() == Create.OPERATORS && !operates) {
            return Optional.of("Only operators of this server name channels");
        }
        if (to.text().equals(room.name().text())) {
            return Optional.of("That is its name");
        }
        return !operates && Duration.between(renamedAt, now).compareTo(COOLDOWN) < 0
                ? Optional.of("It got this name less than a minute ago")
                : Optional.empty();
    }

    private Batch reserved(Request.Rename rename, Instant now)
            throws IOException, InterruptedException {
        var from = room.name();
        var to = rename.name();
        var names = house.stores().names();
        if (!to.equals(from) && names.isTaken(to.folded())) {
            return answered(rename, taken(rename));
        }
        room.rename(to);
        var batch = told(rename, from, now);
        if (!batch.keepAll(
                entries -> names.rename(from.folded(), to.text(), entries), house.server())) {
            room.rename(from);
            return answered(rename, notStored());
        }
        renamedAt = now;
        channel.renamed(to);
        house.channels().renamed(channel, from);
        house.stores().audit().channelRenamed(rename.asker().actor(), from.text(), to.text());
        addFallbacks(batch, rename, from, now);
        return batch;
    }

    private Batch told(Request.Rename rename, Name.Channel from, Instant now) {
        var asker = rename.asker();
        var user = asker.user();
        var to = room.name();
        // "MUST always include the third parameter, an empty string MAY be used"
        var message = Message.from(user.source(), COMMAND, from.text(), to.text(), rename.reason());
        var batch = new Batch();
        var askerIsDone = !getsFallback(asker.session(), from);
        batch.hear(
                Event.onlyWith(Capability.CHANNEL_RENAME, message, user.actor(), now),
                Remembered.rename(room, message, user, now),
                asker,
                askerIsDone,
                null);
        return batch;
    }

    /// Once it is kept: the read markers are found under the new name only then.
    private void addFallbacks(Batch batch, Request.Rename rename, Name.Channel from, Instant now)
            throws InterruptedException {
        var asker = rename.asker();
        for (var seat : room.seats()) {
            var session = seat.who();
            if (getsFallback(session, from)) {
                var mine = session.equals(asker.session());
                var answers = mine ? asker.answers() : Answers.plainly(session);
                var who = new Request.Asker(seat.user(), session, answers);
                batch.answer(
                        session, answers, membership.cameAgain(who, from, rename.reason(), now));
                describing.sync(session, batch);
            }
        }
    }

    /// Who is here and cannot be told: it hears that it left and came. Not if nothing but the case
    /// changes (channel-rename, "Fallback").
    private boolean getsFallback(Recipient session, Name.Channel from) {
        return room.hasSeat(session)
                && !session.capabilities().has(Capability.CHANNEL_RENAME)
                && !CaseMapping.same(from.text(), room.name().text());
    }

    private static Batch answered(Request.Rename rename, Message answer) {
        var batch = new Batch();
        batch.answer(rename.asker(), List.of(answer));
        return batch;
    }

    private Message taken(Request.Rename rename) {
        return fail("CHANNEL_NAME_IN_USE", rename.name().text(), "There is a channel of that name");
    }

    private Message notStored() {
        return house.server().notStored(COMMAND, room.name().text());
    }

    private Message fail(String code, String to, String why) {
        return house.server().fail(COMMAND, code, room.name().text(), to, why);
    }
}
