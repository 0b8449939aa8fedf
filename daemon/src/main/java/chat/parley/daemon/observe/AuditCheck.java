package chat.parley.daemon.observe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks at every line of the audit log: whether anything was changed, taken out, put in or cut
/// off. It writes nothing, and may look while others write. For one thread.
public final class AuditCheck {

    /// A line of a few hundred bytes is ours; whoever put in a longer one must not cost us memory.
    private static final int LONGEST = 1 << 16;

    /// Whoever wants to see the first ones does not read more.
    private static final int MOST_PROBLEMS = 100;

    private final AuditFiles files;
    private final Optional<AuditHead> head;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Long> removed = new HashMap<>(); // last hash of a file to its number
    private long lines;
    private long seq;
    private String hash = AuditLine.NOTHING_BEFORE;
    private Optional<AuditLine> first = Optional.empty();
    private Optional<Instant> last = Optional.empty();
    private boolean halfAtEnd;
    private boolean headSeen;

    /// What is wrong.
    ///
    /// @param file where; empty if it is about the whole
    /// @param line of that file, from 1
    public record Problem(String file, long line, String what) {}

    /// What was found.
    ///
    /// @param lines how many there are
    /// @param seq the number of the last one
    /// @param problems in the order in which they were met; empty if all is well
    /// @param halfAtEnd whether somebody who wrote was killed, or writes at the moment
    public record Result(
            int files,
            long lines,
            long firstSeq,
            long seq,
            String hash,
            Optional<Instant> from,
            Optional<Instant> to,
            List<Problem> problems,
            boolean halfAtEnd) {}

    private AuditCheck(AuditFiles files, Optional<AuditHead> head) {
        this.files = files;
        this.head = head;
    }

    /// @param head the newest line as the database knows it, asked for before this is called
    public static Result of(Path dataDir, Optional<AuditHead> head) throws IOException {
        return new AuditCheck(new AuditFiles(dataDir), head).run();
    }

    private Result run() throws IOException {
        var all = files.all();
        for (var file : all) {
            if (halfAtEnd) {
                wrong(file, 0, "the file before it ends with half a line");
                halfAtEnd = false;
            }
            look(file);
        }
        judgeBeginning(all);
        judgeEnd();
        return new Result(
                all.size(),
                lines,
                first.map(AuditLine::seq).orElse(0L),
                seq,
                hash,
                first.map(AuditLine::at),
                last,
                List.copyOf(problems),
                halfAtEnd);
    }

    private void look(Path file) throws IOException {
        var decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try (var in =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder))) {
            var text = new StringBuilder();
            var number = 1L;
            for (var c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') {
                    line(file, number++, text.toString());
                    text.setLength(0);
                } else if (text.length() < LONGEST) {
                    text.append((char) c);
                }
            }
            halfAtEnd = !text.isEmpty();
        } catch (NoSuchFileException _) {
            // its time was over just now; the line that says so is still to come
        }
    }

    private void line(Path file, long number, String text) {
        lines++;
        var parsed = AuditLine.parse(text);
        if (parsed.isEmpty() || !parsed.get().json().equals(text)) {
            wrong(file, number, "this is no line of the audit log");
            hash = AuditLine.hash(text);
            return;
        }
        var line = parsed.get();
        if (first.isEmpty()) {
            first = parsed;
        } else {
            judge(file, number, line);
        }
        note(file, number, line);
        seq = line.seq();
        hash = AuditLine.hash(text);
        last = Optional.of(line.at());
        if (head.isPresent() && head.get().seq() == seq) {
            headSeen = true;
            if (!head.get().hash().equals(hash)) {
                wrong(file, number, "the database knows another line of this number");
            }
        }
    }

    private void judge(Path file, long number, AuditLine line) {
        if (!line.prev().equals(hash)) {
            wrong(file, number, "the line before it was changed, or one between was taken out");
        } else if (line.seq() != seq + 1 && !line.what().equals(AuditTrail.END_MISSING)) {
            wrong(file, number, "it has the number %d after %d".formatted(line.seq(), seq));
        }
    }

    private void note(Path file, long number, AuditLine line) {
        switch (line.what()) {
            case AuditTrail.END_MISSING ->
                    wrong(
                            file,
                            number,
                            "when it was written, lines before it were missing: "
                                    + line.facts().getOrDefault("found", "?")
                                    + " was the last, not "
                                    + line.facts().getOrDefault("expected", "?"));
            case AuditTrail.FILE_REMOVED ->
                    removed.put(line.facts().getOrDefault("last-hash", ""), line.seq());
            default -> {}
        }
    }

    /// It begins at the first line, or after a file that was removed and is noted to be.
    private void judgeBeginning(List<Path> all) {
        first.filter(line -> !line.prev().equals(AuditLine.NOTHING_BEFORE) || line.seq() != 1)
                .filter(line -> !removed.containsKey(line.prev()))
                .ifPresent(line ->
                        problems.addFirst(
                                new Problem(
                                        String.valueOf(all.getFirst().getFileName()),
                                        1,
                                        "lines before number %d are missing, and no line says that"
                                                        .formatted(line.seq())
                                                + " their file was removed")));
    }

    private void judgeEnd() {
        if (head.isPresent() && seq < head.get().seq()) {
            problems.add(
                    new Problem(
                            "",
                            0,
                            "the end was cut off: the last line is number %d, the database knows %d"
                                    .formatted(seq, head.get().seq())));
        } else if (head.isPresent() && !headSeen && problems.isEmpty()) {
            problems.add(new Problem("", 0, "line %d is missing".formatted(head.get().seq())));
        } else if (head.isEmpty() && lines > 0) {
            problems.add(new Problem("", 0, "the database knows of no audit log"));
        }
    }

    private void wrong(Path file, long number, String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(String.valueOf(file.getFileName()), number, what));
        }
    }
}
