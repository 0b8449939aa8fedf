package chat.parley.daemon.admin;

import chat.parley.daemon.observe.AuditCheck;
import chat.parley.daemon.observe.AuditHead;
import chat.parley.daemon.store.AuditHeads;
import chat.parley.daemon.store.Refused;
import chat.parley.protocol.JsonLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parleyd audit verify`.
@Command(
        name = "verify",
        description = {
            "Looks at every line of the audit log: whether one was changed, taken out or put in, and"
                    + " whether the end was cut off. A daemon may run."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all of it is as it was written",
            "1:something is not, and standard error says where first",
            "2:wrong use, or a configuration that cannot be used",
            "3:could not be read"
        })
final class VerifyAudit extends DataCommand {

    private final PrintStream out;

    @Option(names = "--json", description = "the result as a JSON object")
    private boolean json;

    VerifyAudit(Supplier<Path> config, PrintStream out, PrintStream err) {
        super(config, err);
        this.out = out;
    }

    @Override
    Optional<String> on(Path dataDir, ProgressLine progress) throws IOException, Refused {
        var heads = AuditHeads.existing(dataDir);
        Optional<AuditHead> head = heads.isEmpty() ? Optional.empty() : heads.get().newest();
        var found = AuditCheck.of(dataDir, head); // after the head: lines are only ever added
        if (json) {
            out.println(object(found));
        }
        if (!found.problems().isEmpty()) {
            throw new Refused(
                    found.problems().stream()
                            .map(VerifyAudit::said)
                            .collect(
                                    Collectors.joining(
                                            "\n  ", "the audit log is not whole:\n  ", "")));
        }
        if (!json) {
            out.println(sentence(found));
        }
        return Optional.empty();
    }

    private static String said(AuditCheck.Problem problem) {
        if (problem.file().isEmpty()) {
            return problem.what();
        }
        return problem.line() == 0
                ? problem.file() + ": " + problem.what()
                : problem.file() + " line " + problem.line() + ": " + problem.what();
    }

    private static String sentence(AuditCheck.Result found) {
        if (found.lines() == 0) {
            return "the audit log is empty";
        }
        return "the audit log is whole: %d lines in %d files, from %s to %s"
                        .formatted(
                                found.lines(),
                                found.files(),
                                found.from().orElseThrow(),
                                found.to().orElseThrow())
                + "\nthe last is number %d, SHA-256 %s".formatted(found.seq(), found.hash())
                + (found.halfAtEnd()
                        ? "\nafter it is half a line, of somebody who was killed or writes now"
                        : "");
    }

    private static String object(AuditCheck.Result found) {
        var problems =
                found.problems().stream()
                        .map(problem ->
                                "{\"file\":%s,\"line\":%d,\"what\":%s}"
                                        .formatted(
                                                JsonLine.quoted(problem.file()),
                                                problem.line(),
                                                JsonLine.quoted(problem.what())))
                        .collect(Collectors.joining(","));
        return ("{\"whole\":%b,\"files\":%d,\"lines\":%d,\"first\":%d,\"last\":%d,\"hash\":\"%s\","
                        + "\"half\":%b,\"problems\":[%s]}")
                .formatted(
                        found.problems().isEmpty(),
                        found.files(),
                        found.lines(),
                        found.firstSeq(),
                        found.seq(),
                        found.hash(),
                        found.halfAtEnd(),
                        problems);
    }
}
