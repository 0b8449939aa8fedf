package chat.parley.daemon.session;

import chat.parley.daemon.chat.Answers;
import chat.parley.daemon.chat.Lines;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A message of several lines while its lines come in (IRCv3 multiline): never more of them than
/// are allowed. Belongs to the session's reader.
public final class OpenBatch {

    /// The tag of a line that goes on where the one before ended.
    private static final String CONCAT = "draft/multiline-concat";

    /// "Clients MUST NOT send tags other than draft/multiline-concat and batch on messages within
    /// the batch": what stands on a line would be lost, so it is told.
    private static final Set<String> TAGS_OF_A_LINE = Set.of("batch", CONCAT);

    /// NOTICE is not in the specification, but in servers and bots.
    private static final Set<String> COMMANDS = Set.of("PRIVMSG", "NOTICE");

    /// Why a batch is no message.
    ///
    /// @param code as the specification calls it
    /// @param contextAndText the rest of the FAIL
    public record Fault(String code, List<String> contextAndText) {

        public static Fault invalid(String why) {
            return new Fault("MULTILINE_INVALID", List.of(why));
        }

        /// IRCv3 client-batch, "Errors".
        static Fault timeout(String reference) {
            return new Fault("TIMEOUT", List.of(reference, "The batch was left open too long"));
        }

        /// A batch inside another.
        public static Fault nested(String reference, String around, String type) {
            return new Fault(
                    "INVALID_NESTING",
                    List.of(
                            Server.shown(reference),
                            around,
                            Server.shown(type),
                            "No batch may stand in another"));
        }
    }

    private final String reference;
    private final String target;
    private final Map<String, String> clientTags;
    private final String once;
    private final Answers answers;
    private final DaemonConfig.Multiline limits;
    private final StringBuilder text = new StringBuilder();
    private String command = "";
    private int lines;
    private long bytes;
    private boolean blank = true;

    /// @param clientTags of the whole message
    /// @param once the key that makes sure it is kept once; or empty
    /// @param answers of the command that opened it: they are about the whole
    public OpenBatch(
            String reference,
            String target,
            Map<String, String> clientTags,
            String once,
            Answers answers,
            DaemonConfig.Multiline limits) {
        this.reference = reference;
        this.target = target;
        this.clientTags = Map.copyOf(clientTags);
        this.once = once;
        this.answers = answers;
        this.limits = limits;
    }

    public String reference() {
        return reference;
    }

    public String target() {
        return target;
    }

    public Map<String, String> clientTags() {
        return clientTags;
    }

    /// The key that makes sure it is kept once; or empty.
    public String once() {
        return once;
    }

    public Answers answers() {
        return answers;
    }

    /// PRIVMSG or NOTICE, as its lines were.
    public String command() {
        return command;
    }

    /// The whole text, as [Lines] has it.
    public String text() {
        return text.toString();
    }

    /// Takes one line more, or says why the batch has failed with it.
    public Optional<Fault> add(Message line) {
        if (!COMMANDS.contains(line.command()) || line.params().size() < 2) {
            return fault("Only messages may stand in a multiline batch");
        }
        if (lines > 0 && !line.command().equals(command)) {
            return fault("All lines of a multiline batch are PRIVMSG, or all NOTICE");
        }
        if (!TAGS_OF_A_LINE.containsAll(line.tags().keySet())) {
            return fault("Tags of a multiline batch stand on the BATCH that opens it");
        }
        if (!CaseMapping.same(line.param(0), target)) {
            var context = List.of(Server.shown(target), line.param(0), "Invalid multiline target");
            return Optional.of(new Fault("MULTILINE_INVALID_TARGET", context));
        }
        command = line.command();
        return add(line.param(1), line.tags().containsKey(CONCAT));
    }

    private Optional<Fault> add(String said, boolean concat) {
        if (said.isEmpty() && concat) {
            return fault("A blank line cannot go on where the last one ended");
        }
        var goesOn = concat && lines > 0; // there is nothing before the first
        var joined = lines > 0 && !goesOn ? 1 : 0; // "Each line feed … contributes one byte"
        if (lines == limits.lines()) {
            return tooMuch("MULTILINE_MAX_LINES", limits.lines(), "max-lines");
        }
        bytes += said.getBytes(StandardCharsets.UTF_8).length + joined;
        if (bytes > limits.bytes().bytes()) {
            return tooMuch("MULTILINE_MAX_BYTES", limits.bytes().bytes(), "max-bytes");
        }
        if (lines > 0) {
            text.append(goesOn ? Lines.GOES_ON : Lines.NEXT);
        }
        text.append(said);
        blank &= said.isEmpty();
        lines++;
        return Optional.empty();
    }

    /// Why it is no message now that it is closed; empty if it is one.
    public Optional<Fault> end() {
        return blank
                ? fault(lines == 0 ? "The batch is empty" : "The batch has only blank lines")
                : Optional.empty();
    }

    private static Optional<Fault> fault(String why) {
        return Optional.of(Fault.invalid(why));
    }

    private static Optional<Fault> tooMuch(String code, int limit, String name) {
        var context = List.of(Integer.toString(limit), "Multiline batch " + name + " exceeded");
        return Optional.of(new Fault(code, context));
    }
}
