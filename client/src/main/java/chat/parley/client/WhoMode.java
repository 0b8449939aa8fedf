package chat.parley.client;

import chat.parley.client.ui.TerminalText;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.JsonLine;
import chat.parley.protocol.Message;
import java.util.Optional;
import java.util.Set;

/// `parley who`: who is in a channel, or how somebody is there (WHO, by WHOX where the server has
/// it).
final class WhoMode {

    private static final String TOKEN = "152";

    /// @param account empty where nobody says
    /// @param role `~&@%+` of the channel, the highest first
    private record Person(
            String nick, String account, boolean isAway, boolean isBot, String role, String name) {

        static Optional<Person> of(Message message) {
            return switch (message.command()) {
                // 354 me token nick flags account :name, in the order that WHOX has for them
                case "354" ->
                        message.param(1).equals(TOKEN) && message.params().size() >= 6
                                ? Optional.of(
                                        of(
                                                message.param(2),
                                                message.param(4).equals("0")
                                                        ? ""
                                                        : message.param(4),
                                                message.param(3),
                                                message.param(5)))
                                : Optional.empty();
                // 352 me channel user host server nick flags :hops name
                case "352" ->
                        message.params().size() >= 8
                                ? Optional.of(
                                        of(
                                                message.param(5),
                                                "",
                                                message.param(6),
                                                message.param(7).replaceFirst("^[0-9]+ ", "")))
                                : Optional.empty();
                default -> Optional.empty();
            };
        }

        private static Person of(String nick, String account, String flags, String name) {
            return new Person(
                    nick,
                    account,
                    flags.startsWith("G"),
                    flags.contains("B"),
                    flags.replaceAll("[^~&@%+]", ""),
                    name);
        }

        String json() {
            return new JsonLine()
                    .with("nick", nick)
                    .with("account", account)
                    .with("role", role)
                    .with("away", isAway)
                    .with("bot", isBot)
                    .with("name", name)
                    .toString();
        }

        String forPerson() {
            return role
                    + TerminalText.name(nick)
                    + (account.isEmpty() || account.equals(nick)
                            ? ""
                            : " (" + TerminalText.name(account) + ")")
                    + (isBot ? " bot" : "")
                    + (isAway ? " away" : "")
                    + (name.isEmpty() || name.equals(nick) ? "" : "  " + TerminalText.plain(name));
        }
    }

    private WhoMode() {}

    /// Empty for what tells of nobody.
    static Optional<String> json(Message message) {
        return Person.of(message).map(Person::json);
    }

    /// RPL_ENDOFWHO, RPL_TRYAGAIN, or why there is nobody to list.
    private static final Set<String> ENDS = Set.of("263", "315", "401", "402", "403");

    /// @param target whom it was asked for
    private record People(String target) implements Query.Answering {

        @Override
        public boolean ends(Message heard, String mark) {
            var about = heard.param(1);
            var isRefusal =
                    heard.command().matches("[45][0-9]{2}")
                            && (about.equals("WHO") || CaseMapping.same(about, target));
            return isRefusal || ENDS.contains(heard.command());
        }
    }

    static ExitCode run(Request.Who request, Surroundings around)
            throws Problem, InterruptedException {
        try (var query = new Query(request.connection(), around, "parley-who", Set.of())) {
            var people =
                    query
                            .ask(
                                    Message.of("WHO", request.target(), "%tnfar," + TOKEN),
                                    new People(request.target()))
                            .stream()
                            .map(Assembly.Whole::first)
                            .map(Person::of)
                            .flatMap(Optional::stream)
                            .toList();
            if (people.isEmpty()) {
                throw new Problem(
                        ExitCode.REFUSED,
                        request.target() + ": nobody is there, or you may not see who");
            }
            for (var person : people) {
                around.out().println(request.asJson() ? person.json() : person.forPerson());
                if (around.out().checkError()) {
                    break;
                }
            }
            return ExitCode.DONE;
        }
    }
}
