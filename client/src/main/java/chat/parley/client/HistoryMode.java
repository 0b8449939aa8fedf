package chat.parley.client;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `parley history`: what was said in one place (IRCv3 chathistory), page by page, the oldest
/// first.
final class HistoryMode {

    /// So many at once; what a daemon gives at most is its own choice. Also where fewer are wanted:
    /// some of a page may be no speech, or known from the page before.
    private static final String PAGE = "100";

    private static final long USUAL = 50;

    private final Request.History request;
    private final Query query;
    private final Surroundings around;
    private final Set<String> seen = new HashSet<>();

    private HistoryMode(Request.History request, Query query, Surroundings around) {
        this.request = request;
        this.query = query;
        this.around = around;
    }

    static ExitCode run(Request.History request, Surroundings around)
            throws Problem, InterruptedException {
        try (var query =
                new Query(
                        request.connection(),
                        around,
                        "parley-history",
                        Set.of(
                                Capability.CHATHISTORY,
                                Capability.EVENT_PLAYBACK,
                                Capability.MULTILINE))) {
            query.needs(Capability.CHATHISTORY, "the server tells nothing of what was said before");
            var mode = new HistoryMode(request, query, around);
            if (request.since().isPresent()) {
                mode.forwards(request.since().get());
            } else {
                mode.backwards();
            }
            return ExitCode.DONE;
        }
    }

    private void forwards(Moment since) throws Problem {
        isThere(since);
        var print = new Printout(around, request.asJson(), request.target());
        var left = request.limit().orElse(Long.MAX_VALUE);
        var from = since.after();
        while (left > 0) {
            // BETWEEN begins at the first of its bounds.
            var page =
                    request.before().isPresent()
                            ? page("BETWEEN", from, request.before().get().before(), PAGE)
                            : page("AFTER", from, PAGE);
            if (page.isEmpty()) {
                return;
            }
            for (var one : utterances(page)) {
                if (left == 0 || !print.print(one)) {
                    return;
                }
                left--;
            }
            from = query.references().after(page.getLast(), around.clock().instant());
        }
    }

    private void backwards() throws Problem {
        if (request.before().isPresent()) {
            isThere(request.before().get());
        }
        var found = new ArrayList<Utterance>();
        var left = request.limit().orElse(USUAL);
        var to = request.before().map(Moment::before).orElse("");
        while (left > 0) {
            var page = to.isEmpty() ? page("LATEST", "*", PAGE) : page("BEFORE", to, PAGE);
            if (page.isEmpty()) {
                break;
            }
            var utterances = utterances(page);
            var more = Math.min(left, utterances.size());
            found.addAll(0, utterances.subList(utterances.size() - (int) more, utterances.size()));
            left -= more;
            to = query.references().before(page.getFirst(), around.clock().instant());
        }
        var print = new Printout(around, request.asJson(), request.target());
        for (var one : found) {
            if (!print.print(one)) {
                return;
            }
        }
    }

    /// A message that is not there has nothing around it; that is not the same as nothing after it.
    private void isThere(Moment moment) throws Problem {
        if (moment instanceof Moment.Message) {
            if (!query.references().areIds()) {
                throw new Problem(ExitCode.REFUSED, request.target() + ": " + Moment.ONLY_TIMES);
            }
            if (page("AROUND", moment.before(), "1").isEmpty()) {
                throw new Problem(
                        ExitCode.REFUSED, request.target() + ": there is no such message");
            }
            seen.clear();
        }
    }

    /// What of an answer was not there before.
    private List<Assembly.Whole> page(String subcommand, String... rest) throws Problem {
        var params = new ArrayList<String>();
        params.add(subcommand);
        params.add(request.target());
        params.addAll(List.of(rest));
        return query.ask(Message.of("CHATHISTORY", params.toArray(String[]::new))).stream()
                .filter(Assembly.Whole::isHistory)
                .filter(whole -> !whole.key().isEmpty() && seen.add(whole.key()))
                .toList();
    }

    private List<Utterance> utterances(List<Assembly.Whole> page) {
        return page.stream()
                .map(whole -> Utterance.of(whole, query.me(), around.clock().instant()))
                .flatMap(Optional::stream)
                .toList();
    }
}
