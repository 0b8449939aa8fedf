package chat.parley.daemon.session;

import chat.parley.daemon.chat.Directory.Attached;
import chat.parley.daemon.chat.Person;
import chat.parley.daemon.store.Account;
import java.io.IOException;

/// The way in: a peer is heard until it has logged in and everything is said that a user needs.
///
/// Belongs to the session's reader.
final class Entrance {

    private final Session.House house;
    private final Session session;
    private final Reader reader;
    private final Identity identity;
    private final Registration registration;
    private final Confinement confinement;

    Entrance(
            Session.House house,
            Session session,
            Reader reader,
            Identity identity,
            Registration registration,
            Confinement confinement) {
        this.house = house;
        this.session = session;
        this.reader = reader;
        this.identity = identity;
        this.registration = registration;
        this.confinement = confinement;
    }

    /// Whether the peer is in.
    boolean pass() throws IOException, InterruptedException {
        while (!session.isEnding()) {
            switch (next()) {
                case Registration.Step.Waiting _ -> {}
                case Registration.Step.Over(var why) -> session.end(why);
                case Registration.Step.Complete complete -> {
                    if (admitted(complete)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private Registration.Step next() throws IOException, InterruptedException {
        return switch (reader.next()) {
            case Reader.Received.Command(var message)
                    when message.command().equals("METADATA") && reader.pays(1) -> {
                house.dispatcher().early(session, message);
                yield new Registration.Step.Waiting();
            }
            case Reader.Received.Command(var message) when reader.pays(1) ->
                    registration.handle(message);
            case Reader.Received.WithSecret(var sensitive) -> {
                try (sensitive) {
                    yield reader.pays(1)
                            ? registration.handle(sensitive)
                            : new Registration.Step.Waiting();
                }
            }
            case Reader.Received _ -> new Registration.Step.Waiting();
        };
    }

    private boolean admitted(Registration.Step.Complete complete)
            throws IOException, InterruptedException {
        var account = complete.who().proof().account();
        if (!complete.nick().text().equalsIgnoreCase(account.name())
                && house.names().contain(complete.nick().text())) {
            registration.nickInUse(complete.nick());
            return false;
        }
        identity.is(complete.who());
        if (!session.own().mayStay(complete.who().proof())) {
            return false;
        }
        if (identity.need().isPresent()) {
            session.confined(complete.nick().text());
            confinement.stay(
                    "%s!%s@%s"
                            .formatted(
                                    complete.nick().text(),
                                    complete.username(),
                                    house.config().name()));
        }
        return !session.isEnding() && isHere(complete, account);
    }

    private boolean isHere(Registration.Step.Complete complete, Account account)
            throws InterruptedException {
        var attached =
                house.directory()
                        .attach(
                                new Person(account.name(), account.createdAt()),
                                complete.nick(),
                                complete.username(),
                                complete.realName(),
                                complete.away(),
                                session);
        return switch (attached) {
            case Attached.NickInUse _ -> {
                registration.nickInUse(complete.nick());
                yield false;
            }
            case Attached.Here(var here, _) -> {
                identity.isHere(here);
                yield true;
            }
        };
    }
}
