package chat.parley.client.ui;

import chat.parley.client.model.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// The rows behind [SlashCommands]: names, usage, what it is for, what it means.
final class SlashTable {

    /// One row. The usage is the rule: what is not in brackets is required.
    ///
    /// @param meaning from the first word and the rest of the line to what is asked for
    record Row(
            List<String> names,
            String usage,
            String what,
            BiFunction<String, String, Act> meaning) {

        String name() {
            return names.getFirst();
        }

        /// Whether the first word is a name, and not the beginning of a text.
        boolean takesName() {
            return usage.startsWith("<channel")
                    || usage.startsWith("<nick")
                    || usage.startsWith("[channel")
                    || usage.startsWith("[nick");
        }

        int required() {
            return (int) usage.chars().filter(c -> c == '<').count();
        }
    }

    static final List<Row> ROWS =
            List.of(
                    row("join", "<channel> [key]", "go to a channel", Act.Join::new, "j"),
                    row(
                            "part",
                            "[channel] [reason]",
                            "leave a channel, or close a conversation",
                            SlashTable::part),
                    row(
                            "to",
                            "<channel or nick>",
                            "speak there from now on",
                            (name, _) -> new Act.GoTo(name),
                            "query",
                            "q"),
                    row(
                            "msg",
                            "<channel or nick> <text>",
                            "say one thing there",
                            Act.SayTo::new,
                            "m"),
                    row(
                            "me",
                            "<action>",
                            "say what you do",
                            (first, rest) -> new Act.Emote(joined(first, rest))),
                    row(
                            "reply",
                            "[number or nick] <text>",
                            "answer that line, or the last of somebody else",
                            (first, rest) -> new Act.Reply(joined(first, rest)),
                            "r"),
                    row(
                            "react",
                            "[number or nick] <emoji>",
                            "react to that line, or the last of somebody else",
                            (first, rest) ->
                                    rest.isEmpty()
                                            ? new Act.React("", first)
                                            : new Act.React(first, rest)),
                    row(
                            "unreact",
                            "[number or nick] <emoji>",
                            "take a reaction back",
                            (first, rest) ->
                                    rest.isEmpty()
                                            ? new Act.Unreact("", first)
                                            : new Act.Unreact(first, rest)),
                    row(
                            "redact",
                            "[number] [reason]",
                            "take back what you said last, or that line",
                            Act.Redact::new),
                    row(
                            "edit",
                            "<text>",
                            "say your last line otherwise, if the server can",
                            (first, rest) -> new Act.Edit(joined(first, rest))),
                    row(
                            "multi",
                            "<text>",
                            "say several lines as one message; \\n ends a line",
                            (first, rest) -> new Act.Block(lines(joined(first, rest)))),
                    row("yes", "", "say what waits for it", (_, _) -> new Act.Agree(true)),
                    row("no", "", "forget what waits for a yes", (_, _) -> new Act.Agree(false)),
                    row(
                            "history",
                            "[lines]",
                            "show older lines",
                            (lines, _) -> new Act.History(lines)),
                    row(
                            "lines",
                            "[lines]",
                            "show the last lines with their numbers",
                            (lines, _) -> new Act.Numbered(lines)),
                    row(
                            "search",
                            "<words>",
                            "look for what was said here",
                            (first, rest) -> new Act.Search(joined(first, rest))),
                    row("unread", "", "where there is something new", (_, _) -> new Act.Unread()),
                    row(
                            "topic",
                            "[text]",
                            "show or set the topic of the channel",
                            (first, rest) -> new Act.Topic(joined(first, rest)),
                            "t"),
                    row(
                            "names",
                            "",
                            "who is in the channel",
                            (_, _) -> new Act.Names(),
                            "n",
                            "nicks"),
                    row("list", "", "the channels there are", (_, _) -> new Act.Channels()),
                    row(
                            "who",
                            "[nick or channel]",
                            "who somebody is",
                            (name, _) -> new Act.Who(name)),
                    row("whois", "<nick>", "all about somebody", (nick, _) -> new Act.Whois(nick)),
                    row(
                            "close",
                            "[channel or nick]",
                            "leave a channel, or close a conversation",
                            (name, _) -> new Act.Close(name)),
                    row(
                            "ignore",
                            "[nick]",
                            "show nothing of somebody, until you leave; or who that is",
                            (nick, _) -> new Act.Ignore(nick, true)),
                    row(
                            "unignore",
                            "<nick>",
                            "show it again",
                            (nick, _) -> new Act.Ignore(nick, false)),
                    row(
                            "mute",
                            "[channel or nick]",
                            "no bell and no notification for it",
                            (name, _) -> new Act.Mute(name, true)),
                    row(
                            "unmute",
                            "[channel or nick]",
                            "the bell again",
                            (name, _) -> new Act.Mute(name, false)),
                    row(
                            "typing",
                            "[on|off]",
                            "whether others see that you type",
                            (wanted, _) -> new Act.Typing(wanted)),
                    row("reconnect", "", "dial the server at once", (_, _) -> new Act.Reconnect()),
                    row(
                            "nick",
                            "<nick>",
                            "go by another nick, where the server lets you",
                            (nick, _) -> new Act.Nick(nick)),
                    row(
                            "away",
                            "[reason]",
                            "say that you are away, or are back",
                            (first, rest) -> new Act.Away(joined(first, rest))),
                    row(
                            "tls",
                            "",
                            "how the connection is secured, and who is at the other end",
                            (_, _) -> new Act.Tls()),
                    row(
                            "code",
                            "<code>",
                            "what your authenticator app shows, when the link is to come back",
                            (code, _) -> new Act.Code(code)),
                    row(
                            "help",
                            "[command]",
                            "this list",
                            (name, _) -> new Act.Answer(SlashCommands.help(name)),
                            "h",
                            "?"),
                    row(
                            "quit",
                            "[reason]",
                            "leave",
                            (first, rest) -> new Act.Quit(joined(first, rest)),
                            "exit"));

    private SlashTable() {}

    /// `/part` may be followed by a reason alone.
    private static Act part(String first, String rest) {
        return first.startsWith("#")
                ? new Act.Part(first, rest)
                : new Act.Part("", joined(first, rest));
    }

    private static String joined(String first, String rest) {
        return (first + " " + rest).strip();
    }

    /// A backslash and an n end a line, so that a script can say several in one.
    private static String lines(String text) {
        return text.replace("\\n", "\n");
    }

    private static Row row(
            String name,
            String usage,
            String what,
            BiFunction<String, String, Act> meaning,
            String... aliases) {
        var names = new ArrayList<String>();
        names.add(name);
        names.addAll(List.of(aliases));
        return new Row(List.copyOf(names), usage, what, meaning);
    }
}
