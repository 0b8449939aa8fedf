package chat.parley.daemon.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the audit log: numbered lines, each with the hash of the one before, so that a line that
/// was changed or taken out shows; and the number and hash of the newest line somewhere else, so
/// that an end that was cut off shows. What shows is found by [AuditCheck].
///
/// Whatever is odd when somebody writes is itself written: half a line that `kill -9` left, an end
/// that is not where it should be, an old file that was removed because its time was over.
///
/// Several programs may write at once. For one thread each; it waits for the disk.
public final class AuditTrail {

    /// A file that is larger is followed by another.
    private static final long LARGE = 16L << 20;

    static final String HALF_REMOVED = "half a line removed";
    static final String END_MISSING = "audit log did not end where it should";
    static final String FILE_REMOVED = "audit file removed";

    private final AuditFiles files;
    private final AuditHead.Keeper keeper;
    private final Optional<Duration> keep;
    private final Clock clock;
    private final String program;
    private final long large;

    /// @param keep how long a file is kept after its last line; empty for ever
    /// @param program whose lines these are
    public AuditTrail(
            Path dataDir,
            AuditHead.Keeper keeper,
            Optional<Duration> keep,
            Clock clock,
            String program) {
        this(dataDir, keeper, keep, clock, program, LARGE);
    }

    AuditTrail(
            Path dataDir,
            AuditHead.Keeper keeper,
            Optional<Duration> keep,
            Clock clock,
            String program,
            long large) {
        this.files = new AuditFiles(dataDir);
        this.keeper = keeper;
        this.keep = keep;
        this.clock = clock;
        this.program = program + " " + ProcessHandle.current().pid();
        this.large = large;
    }

    /// The lines are written, and it is not known elsewhere where they end: to append nothing is
    /// what is left to do.
    static final class EndNotKept extends IOException {

        private static final long serialVersionUID = 1;

        EndNotKept(IOException problem) {
            super("the end of the audit log is not kept: " + problem.getMessage(), problem);
        }
    }

    /// Something with the moment at which it happened.
    record Timed(Instant at, AuditEvent event) {}

    /// Makes its folder, and sees to it that writing is possible.
    public void prepare() throws IOException {
        files.prepare();
        try (var _ = AuditLock.of(files)) {
            keeper.newest();
        }
    }

    /// Writes one line and returns when it is on the disk.
    public AuditHead append(AuditEvent event) throws IOException {
        return append(List.of(new Timed(clock.instant(), event)));
    }

    /// Writes all, in this order, and returns when they are on the disk.
    AuditHead append(List<Timed> events) throws IOException {
        files.prepare();
        try (var _ = AuditLock.of(files)) {
            var batch = new Batch(files.tail(), files.newest());
            batch.repairEnd();
            batch.rotate();
            events.forEach(timed -> batch.add(timed.at, timed.event));
            return batch.write();
        }
    }

    /// From now on the newest line that is here counts as the newest there is. For a restored
    /// database, which knows only what was newest when it was copied.
    public void adopt() throws IOException {
        files.prepare();
        try (var _ = AuditLock.of(files)) {
            var tail = files.tail();
            if (tail.readable()) {
                keeper.keep(tail.head());
            }
        }
    }

    /// What is written at once, under the lock.
    private final class Batch {

        private final AuditFiles.Tail tail;
        private final StringBuilder lines = new StringBuilder();
        private final List<Path> goners = new ArrayList<>();
        private Optional<Path> file;
        private AuditHead head;

        Batch(AuditFiles.Tail tail, Optional<Path> file) {
            this.tail = tail;
            this.head = tail.head();
            this.file = file;
        }

        /// After `kill -9` of somebody who wrote, or after somebody was at the files.
        void repairEnd() throws IOException {
            if (tail.half() > 0) {
                AuditFiles.cut(file.orElseThrow(), tail.half());
                add(AuditEvent.of(HALF_REMOVED).with("bytes", Integer.toString(tail.half())));
            }
            var known = keeper.newest();
            if (known.isPresent() && isMissing(known.get())) {
                var last = Math.max(known.get().seq(), tail.seq());
                var found = tail.readable() ? Long.toString(tail.seq()) : "unreadable";
                head = new AuditHead(last, head.hash());
                add(
                        AuditEvent.of(END_MISSING)
                                .with("expected", Long.toString(known.get().seq()))
                                .with("expected-hash", known.get().hash())
                                .with("found", found));
            }
        }

        /// Lines after it are all right: somebody was killed before they could be kept elsewhere.
        private boolean isMissing(AuditHead known) throws IOException {
            return !tail.readable()
                    || tail.seq() < known.seq()
                    || !hashOf(known.seq()).equals(Optional.of(known.hash()));
        }

        private Optional<String> hashOf(long seq) throws IOException {
            return seq == tail.seq() ? Optional.of(tail.hash()) : files.hashOf(seq);
        }

        /// The file is full or of another month: the next one begins. What is too old goes.
        void rotate() throws IOException {
            if (file.isPresent() && !isOver(file.get())) {
                return;
            }
            if (keep.isPresent()) {
                var oldest = clock.instant().minus(keep.get());
                for (var each : files.all()) {
                    // Not by the time of the file, which anybody who can write it may set.
                    var last = AuditFiles.tail(each);
                    if (last.at().isAfter(oldest)) {
                        break;
                    }
                    remove(each, last);
                }
            }
            file = Optional.of(files.after(file));
        }

        private boolean isOver(Path path) throws IOException {
            var last = AuditFiles.tail(path).at();
            return Files.size(path) >= large
                    || (!last.equals(Instant.MAX) && !month(last).equals(month(clock.instant())));
        }

        private static YearMonth month(Instant at) {
            return YearMonth.from(at.atOffset(ZoneOffset.UTC));
        }

        /// It says where the chain begins from then on.
        private void remove(Path path, AuditFiles.Tail last) {
            add(
                    AuditEvent.of(FILE_REMOVED)
                            .with("file", String.valueOf(path.getFileName()))
                            .with("last", Long.toString(last.seq()))
                            .with("last-hash", last.hash()));
            goners.add(path);
        }

        void add(AuditEvent event) {
            add(clock.instant(), event);
        }

        void add(Instant at, AuditEvent event) {
            var line =
                    new AuditLine(
                                    head.seq() + 1,
                                    at,
                                    program,
                                    event.what(),
                                    event.facts(),
                                    head.hash())
                            .json();
            lines.append(line).append('\n');
            head = new AuditHead(head.seq() + 1, AuditLine.hash(line));
        }

        /// First the lines, then where they end, then what may go: whoever is killed in between
        /// leaves nothing that cannot be explained.
        AuditHead write() throws IOException {
            var path = file.orElseThrow();
            if (!Files.exists(path)) {
                files.create(path);
            }
            AuditFiles.append(path, lines.toString());
            try {
                keeper.keep(head);
            } catch (IOException problem) {
                throw new EndNotKept(problem);
            }
            for (var goner : goners) {
                Files.deleteIfExists(goner);
            }
            return head;
        }
    }
}
