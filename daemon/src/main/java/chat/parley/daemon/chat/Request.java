package chat.parley.daemon.chat;

import chat.parley.daemon.observe.AuditLog;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What a channel can be asked. Made by a session's reader, settled by the channel's thread.
public sealed interface Request {

    /// Counts down once the request is settled and all it causes is queued to everybody.
    Settled settled();

    /// Whether it may be kept waiting a little where a channel is busy; nothing else may, as much
    /// of it goes through all of somebody's channels one after the other.
    default boolean isSpeech() {
        return this instanceof Say;
    }

    /// The one who asks: a user, by the session it asks with, and where the answers go.
    record Asker(User user, Recipient session, Answers answers) {

        /// The nick, as replies address it.
        public String nick() {
            return user.nick().text();
        }

        /// Who that is, for the audit log.
        AuditLog.Actor actor() {
            return new AuditLog.Actor(user.account(), session.address());
        }
    }

    /// Says something to the members.
    ///
    /// @param command PRIVMSG, NOTICE or TAGMSG
    /// @param text as [Lines] has it
    /// @param clientTags the client-only tags to pass on
    /// @param once the key that makes sure it is kept once; or empty
    /// @param least who hears it: everybody, or only members of at least this role (STATUSMSG)
    record Say(
            Asker asker,
            String command,
            String text,
            Map<String, String> clientTags,
            String once,
            Role least,
            Settled settled)
            implements Request {}

    /// @param name of the channel that is meant: the one that is asked may have got another since
    /// @param key the key that was given; empty for none
    record Join(Asker asker, Name.Channel name, String key, Why why, Settled settled)
            implements Request {

        /// What brings the user here.
        public enum Why {
            ASKED,
            /// Another channel that did not let it in (mode f); it is not sent on again.
            SENT_ON,
            /// It was in when it was last here: only a ban keeps it out.
            RETURNING
        }

        boolean returning() {
            return why == Why.RETURNING;
        }
    }

    record Part(Asker asker, String reason, Settled settled) implements Request {}

    record Kick(Asker asker, User target, String reason, Settled settled) implements Request {}

    record Invite(Asker asker, User guest, Settled settled) implements Request {}

    /// A user is gone from everywhere.
    ///
    /// @param quit what the others hear, once each, however many channels they share
    /// @param told who has heard it; shared by the requests to all the user's channels
    record Leave(User user, Event quit, Set<Recipient> told, Settled settled) implements Request {}

    /// Something about a member that all who share a channel with it hear once.
    ///
    /// @param told who has heard it; shared by the requests to all the user's channels
    record Tell(User user, Event event, Set<Recipient> told, Settled settled) implements Request {}

    /// A member is another account's now.
    ///
    /// @param before the account it was
    /// @param told who has heard it; shared by the requests to all the user's channels
    record ChangedAccount(
            User user, String before, Event event, Set<Recipient> told, Settled settled)
            implements Request {}

    /// Something that each session of the members is told for itself.
    ///
    /// @param about the member it is about
    record TellEach(User about, PerSession telling, Settled settled) implements Request {}

    /// What one session is told; false if it is over.
    interface PerSession {
        boolean to(User user, Recipient session);
    }

    /// METADATA SET or CLEAR of the channel's own.
    ///
    /// @param cause the session that does it, and is told otherwise
    /// @param changes what each key is set to; empty to remove it
    record Describe(User user, Recipient cause, Map<String, String> changes, Settled settled)
            implements Request {}

    /// What METADATA can tell of the channel and everybody in it; nothing to who is not.
    record Survey(User user, Consumer<List<Described>> found, Settled settled) implements Request {}

    /// One more session of a member is here.
    record Attach(User user, Recipient session, Settled settled) implements Request {}

    /// A session of a member is gone.
    record Detach(Recipient session, Settled settled) implements Request {}

    /// Takes back what was said.
    record Redact(Asker asker, String msgid, String reason, Settled settled) implements Request {}

    /// An account is deleted: whoever gets its name next is somebody else.
    ///
    /// @param account folded
    record Forget(String account, Settled settled) implements Request {}

    /// Gives the channel another name.
    record Rename(Asker asker, Name.Channel name, String reason, Settled settled)
            implements Request {}

    record ReadTopic(Asker asker, Settled settled) implements Request {}

    record ChangeTopic(Asker asker, String text, Settled settled) implements Request {}

    /// MODE: shows the modes if nothing is asked for.
    ///
    /// @param mistakes what was wrong already; only who may change modes is told
    record ChangeModes(
            Asker asker, List<ModeChange> changes, List<Message> mistakes, Settled settled)
            implements Request {}

    record Names(Asker asker, Settled settled) implements Request {}

    /// WHO of the channel's members.
    ///
    /// @param only which members are shown
    /// @param reply makes one line of a member and what stands before its nick
    record Who(Asker asker, Predicate<User> only, WhoLine reply, Settled settled)
            implements Request {}

    /// One line of WHO.
    interface WhoLine {
        Message of(User member, String prefix);
    }

    /// One change of MODE.
    ///
    /// @param param as it was given; empty for none
    /// @param target who is meant, for the modes that are about a member
    record ModeChange(boolean add, char mode, String param, Optional<User> target) {}

    /// A one-time signal, from the channel's thread to the reader that asked.
    final class Settled {

        /// The session got no seat.
        public static final long NOT_HERE = -1;

        private final CountDownLatch latch = new CountDownLatch(1);
        private volatile long from = NOT_HERE;
        private volatile Optional<Name.Channel> sentOn = Optional.empty();
        private volatile boolean astray;
        private volatile Outcome outcome = new Outcome.NotStored();

        public void await() throws InterruptedException {
            latch.await();
        }

        /// For a session that came: the newest entry of the log that it was not told.
        public long from() {
            return from;
        }

        void from(long entry) {
            from = entry;
        }

        /// Of a change of metadata.
        public Outcome outcome() {
            return outcome;
        }

        void came(Outcome what) {
            outcome = what;
        }

        /// Whether the channel that was asked has another name by now, and nothing was done: it is
        /// to be asked again.
        public boolean isAstray() {
            return astray;
        }

        void astray() {
            astray = true;
        }

        /// For a JOIN that was refused: where to go instead, if anywhere.
        public Optional<Name.Channel> sentOn() {
            return sentOn;
        }

        void sendOn(Name.Channel elsewhere) {
            sentOn = Optional.of(elsewhere);
        }

        void now() {
            latch.countDown();
        }
    }
}
