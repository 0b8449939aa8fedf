package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// One line for the person, before it has a form.
public sealed interface Line {

    /// Somebody said something.
    ///
    /// @param place the channel, or the other one of a direct conversation
    /// @param text one line, or several with line feeds between them (IRCv3 multiline)
    /// @param mine whether the person said it, here or on another device
    /// @param forMe whether it names the person
    /// @param quote the first words of what it answers, with who said them: `ann: first words…`;
    ///   empty for what is no answer
    record Said(
            Instant at,
            String place,
            String who,
            Manner manner,
            String text,
            boolean mine,
            boolean forMe,
            String quote)
            implements Line {

        public Said(
                Instant at,
                String place,
                String who,
                Manner manner,
                String text,
                boolean mine,
                boolean forMe) {
            this(at, place, who, manner, text, mine, forMe, "");
        }

        Said quoting(String changed) {
            return new Said(at, place, who, manner, text, mine, forMe, changed);
        }

        Said takenBack() {
            return new Said(at, place, who, manner, "", mine, forMe, "");
        }

        private static final String CTCP = "\u0001";
        private static final String ACTION = "\u0001ACTION"; // as clients do it

        /// A PRIVMSG or NOTICE as `me` sees it. Empty for what is no speech, such as a request to
        /// the client itself: answering one would tell about its person.
        public static Optional<Said> of(Message message, String me, Instant now) {
            return of(message, message.param(1), me, now);
        }

        /// @param text all of it, where it has several lines
        static Optional<Said> of(Message message, String text, String me, Instant now) {
            var who = message.sourceName();
            var isAction = text.startsWith(ACTION);
            if (message.params().size() < 2
                    || who.isEmpty()
                    || (text.startsWith(CTCP) && !isAction)) {
                return Optional.empty();
            }
            var manner =
                    isAction
                            ? Manner.ACTION
                            : message.command().equals("NOTICE") ? Manner.NOTICE : Manner.MESSAGE;
            var words = isAction ? text.substring(ACTION.length()).replace(CTCP, "").strip() : text;
            var mine = CaseMapping.same(who, me);
            var target = message.param(0);
            var isChannel = Name.looksLikeChannel(target);
            return Optional.of(
                    new Said(
                            time(message, now),
                            isChannel || mine ? target : who,
                            who,
                            manner,
                            words,
                            mine,
                            !mine && (!isChannel || names(words, me))));
        }

        /// Whether a text has this nick as a word.
        private static boolean names(String text, String nick) {
            for (var from = 0; !nick.isEmpty() && from + nick.length() <= text.length(); from++) {
                if (text.regionMatches(true, from, nick, 0, nick.length())
                        && !isInWord(text, from - 1)
                        && !isInWord(text, from + nick.length())) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isInWord(String text, int at) {
            return at >= 0
                    && at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at))
                            || text.charAt(at) == '_'
                            || text.charAt(at) == '-');
        }
    }

    /// IRCv3 server-time; the moment of arrival where it is missing or makes no sense.
    static Instant time(Message message, Instant now) {
        var given = message.tags().getOrDefault("time", "");
        if (given.isEmpty()) {
            return now;
        }
        try {
            return Instant.parse(given);
        } catch (
                DateTimeException _) { // the daemon's mistake; the line is worth more than its time
            return now;
        }
    }

    enum Manner {
        MESSAGE,
        NOTICE,
        ACTION
    }

    /// Something quiet: somebody came or left, a topic changed.
    ///
    /// @param place empty where it concerns no single channel
    record Happened(Instant at, String place, String text) implements Line {}

    /// An answer or a word of the client or the daemon.
    record Note(String text) implements Line {}

    /// Something went wrong and the person should know.
    record Trouble(String text) implements Line {}
}
