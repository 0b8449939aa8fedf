package chat.parley.client.model;

import java.util.List;

/// What a person at the keyboard can ask for. An empty text stands for what was left out.
public sealed interface Act {

    /// Speak where one is.
    record Say(String text) implements Act {}

    /// `/me`: the same as an action.
    record Emote(String text) implements Act {}

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
