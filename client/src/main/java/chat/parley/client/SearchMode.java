package chat.parley.client;

import chat.parley.client.model.SearchTerms;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import java.util.Optional;
import java.util.Set;

/// `parley search`: what was said with some words in it (soju.im/search), the oldest first.
final class SearchMode {

    private SearchMode() {}

    static ExitCode run(Request.Search request, Surroundings around)
            throws Problem, InterruptedException {
        try (var query =
                new Query(
                        request.connection(),
                        around,
                        "parley-search",
                        Set.of(Capability.SEARCH, Capability.MULTILINE))) {
            query.needs(Capability.SEARCH, "the server cannot search");
            var print = new Printout(around, request.asJson(), request.in().orElse(""));
            var found = 0;
            for (var whole : query.ask(Message.of("SEARCH", attributes(request)), new In())) {
                var utterance =
                        isResult(whole)
                                ? Utterance.of(whole, query.me(), around.clock().instant())
                                : Optional.<Utterance>empty();
                if (utterance.isPresent()) {
                    found++;
                    if (!print.print(utterance.get())) {
                        return ExitCode.DONE;
                    }
                }
            }
            return found == 0 ? ExitCode.REFUSED : ExitCode.DONE;
        }
    }

    /// Some search one place at a time, as soju does.
    private static final class In implements Query.Answering {

        @Override
        public String refusal(Message fail) {
            return fail.params().contains("in")
                    ? "this server searches one place at a time: --in '#tea'"
                    : Query.Answering.super.refusal(fail);
        }
    }

    private static boolean isResult(Assembly.Whole whole) {
        return whole.batch()
                .filter(opening -> CaseMapping.same(opening.param(1), Capability.SEARCH.wire()))
                .isPresent();
    }

    private static String attributes(Request.Search request) {
        var out = new StringBuilder("text=" + SearchTerms.value(request.words()));
        request.in().ifPresent(in -> out.append(";in=").append(SearchTerms.value(in)));
        request.from().ifPresent(from -> out.append(";from=").append(SearchTerms.value(from)));
        request.since().ifPresent(at -> out.append(";after=").append(Moment.wire(at)));
        request.before().ifPresent(at -> out.append(";before=").append(Moment.wire(at)));
        return out.append(";limit=").append(request.limit()).toString();
    }
}
