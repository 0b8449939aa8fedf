package chat.parley.client;

import chat.parley.client.link.Dialer;
import chat.parley.client.link.Explanation;
import chat.parley.client.link.KnownServers;
import chat.parley.client.link.Look;
import chat.parley.client.link.Security;
import chat.parley.client.link.Trust;
import chat.parley.client.link.Verdict;
import chat.parley.client.ui.TerminalText;
import chat.parley.protocol.JsonLine;
import java.io.IOException;

/// `parley trust`: the keys that were accepted, and what a server shows.
final class TrustMode {

    private TrustMode() {}

    static KnownServers known(Surroundings around) {
        return new KnownServers(around.configuration().resolve("known_servers"));
    }

    static ExitCode list(Request.TrustList request, Surroundings around) throws Problem {
        try {
            for (var entry : known(around).all()) {
                around.out()
                        .println(
                                request.asJson()
                                        ? new JsonLine()
                                                .with("server", entry.server())
                                                .with("fingerprint", entry.key().text())
                                                .with("line", entry.line())
                                        : TerminalText.plain(entry.server()) + "  " + entry.key());
            }
            around.out().flush();
            return ExitCode.DONE;
        } catch (IOException e) {
            throw Problem.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    static ExitCode remove(Request.TrustRemove request, Surroundings around) throws Problem {
        try {
            var gone = known(around).forget(request.server());
            if (gone.isEmpty()) {
                throw new Problem(
                        ExitCode.REFUSED,
                        "no key is kept for " + request.server() + "; parley trust list");
            }
            around.err()
                    .println(
                            "parley: forgot "
                                    + request.server()
                                    + " "
                                    + gone.getLast().key()
                                    + "; the next connection asks again");
            return ExitCode.DONE;
        } catch (IOException e) {
            throw Problem.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    static ExitCode show(Request.TrustShow request, Surroundings around) throws Problem {
        var trust = new Trust.SystemOrKnown(known(around));
        var look =
                new Dialer(request.server(), trust, Acquaintance.NOBODY, Dialer.Patience.USUAL)
                        .look();
        return switch (look) {
            case Look.Failed(var reason) -> throw new Problem(ExitCode.CANNOT_CONNECT, reason);
            case Look.Seen(var security, var verdict) -> {
                if (request.asJson()) {
                    around.out().println(json(request, security, verdict));
                } else {
                    around.out().println("server       " + request.server());
                    security.lines(inShort(verdict))
                            .forEach(line -> around.out().println(TerminalText.plain(line)));
                }
                around.out().flush();
                if (verdict instanceof Verdict.Changed) {
                    throw new Problem(
                            ExitCode.NOT_TRUSTED,
                            request.server() + ": " + Explanation.of(request.server(), verdict));
                }
                yield verdict instanceof Verdict.Trusted ? ExitCode.DONE : ExitCode.NOT_TRUSTED;
            }
        };
    }

    private static String inShort(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Trusted(var by) -> "yes: " + by;
            case Verdict.Unknown(_, var doubt) -> "no: " + doubt.why();
            case Verdict.Changed _ -> "no: the key has CHANGED";
            case Verdict.Refused(_, var doubt) -> "no: " + doubt.why();
        };
    }

    private static JsonLine json(Request.TrustShow request, Security security, Verdict verdict) {
        return new JsonLine()
                .with("server", request.server().toString())
                .with("fingerprint", security.key().text())
                .with("certificate", security.certificate())
                .withTexts("names", security.names())
                .with("subject", security.subject())
                .with("issuer", security.issuer())
                .with("from", security.from().toString())
                .with("until", security.until().toString())
                .with("protocol", security.protocol())
                .with("suite", security.suite())
                .with("group", security.group().orElse(""))
                .with("trusted", verdict instanceof Verdict.Trusted)
                .with("why", inShort(verdict).replaceFirst("^(yes|no): ", ""));
    }
}
