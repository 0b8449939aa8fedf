package chat.parley.client.model;

import java.util.List;

/// What a person at the keyboard can ask for. An empty text stands for what was left out.
public sealed interface Act {

    /// Speak where one is.
    record Say(String text) implements Act {}

    /// `/me`: the same as an action.
    record Emote(String text) implements Act {}

    /// Speak where one is, in several lines that belong together.
    record Block(String text) implements Act {}

    /// Whether a block that waits for it is said line by line.
    record Agree(boolean isYes) implements Act {}

    /// Answer a line: of the number or the nick that the text begins with, else the last of
    /// somebody else.
    record Reply(String text) implements Act {}

    /// React to a line.
    ///
    /// @param which a number or a nick; empty for the last of somebody else
    record React(String which, String reaction) implements Act {}

    /// Take a reaction back.
    record Unreact(String which, String reaction) implements Act {}

    /// Take back what one said.
    ///
    /// @param which a number; empty for one's last line
    record Redact(String which, String reason) implements Act {}

    /// Say one's last line otherwise.
    record Edit(String text) implements Act {}

    /// Show older lines of where one is.
    ///
    /// @param lines how many; empty for as many as the client likes
    record History(String lines) implements Act {}

    /// Show the last lines with the numbers they go by.
    record Numbered(String lines) implements Act {}

    record Search(String words) implements Act {}

    /// Where there is something new.
    record Unread() implements Act {}

    /// Show nothing of somebody from now on, or show it again; empty lists who is ignored.
    record Ignore(String nick, boolean isWanted) implements Act {}

    /// No notice of this place; empty for where one is.
    record Mute(String name, boolean isWanted) implements Act {}

    /// Whether others may know that one types.
    record Typing(String wanted) implements Act {}

    /// How the connection is secured, and who is at the other end.
    record Tls() implements Act {}

    /// Dial at once.
    record Reconnect() implements Act {}

    /// All about somebody.
    record Whois(String nick) implements Act {}

    /// Leave a channel, or forget a conversation.
    record Close(String name) implements Act {}

    /// Speak somewhere else, once.
    record SayTo(String target, String text) implements Act {}

    /// Go to a channel or to somebody; what is typed from then on is said there.
    record GoTo(String name) implements Act {}

    record Join(String channel, String key) implements Act {}

    record Part(String channel, String reason) implements Act {}

    record Topic(String text) implements Act {}

    record Names() implements Act {}

    record Channels() implements Act {}

    record Who(String name) implements Act {}

    /// What the authenticator app shows, so that the link can come back.
    record Code(String code) implements Act {

        @Override
        public String toString() {
            return "Code[hidden]";
        }
    }

    /// Go by another nick, where the server lets one.
    record Nick(String nick) implements Act {}

    record Away(String reason) implements Act {}

    /// Nothing but an answer of the client's own, such as the help.
    record Answer(List<String> lines) implements Act {

        public Answer {
            lines = List.copyOf(lines);
        }
    }

    /// Leave once all that was said is kept: there will be no more to say.
    record Finish() implements Act {}

    record Quit(String reason) implements Act {}
}
