package chat.parley.client;

import chat.parley.protocol.PasswordAndCode;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/// macOS's keychain, by its program `security`.
///
/// By itself it takes a password only as an argument, which everybody on the machine could read.
/// But with `-i` it reads whole commands from its standard input, one a line. It ends a line after
/// 4095 bytes and goes on as if that were all, and its exit code says nothing of a command that
/// failed: so what was stored is read again. A password is kept in base64, with a word before it,
/// as `security` prints what is not ASCII in hexadecimal; one without that word was put there by
/// hand.
///
/// @param tool where the program is
record Keychain(Path tool) implements Keyring {

    private static final String NAME = "security";
    private static final byte[] WORD = "base64:".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] END = {'\n'};

    /// Bytes of a command; what comes back has to fit a line of [OtherProgram] besides.
    private static final int LONGEST = 1000;

    @Override
    public Optional<OtherProgram.Result> look(Request.Connection connection)
            throws IOException, InterruptedException {
        return OtherProgram.quiet(
                        PATIENCE,
                        tool.toString(),
                        "find-generic-password",
                        "-s",
                        "parley",
                        "-a",
                        item(connection),
                        "-w")
                .run(new byte[0]);
    }

    @Override
    public Optional<Secret> understood(Secret found) {
        var bytes = PasswordAndCode.bytes(found.copy());
        try {
            if (!startsWith(bytes, WORD)) {
                return Optional.of(found);
            }
            found.close();
            return decoded(Arrays.copyOfRange(bytes, WORD.length, bytes.length));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] word) {
        return bytes.length >= word.length
                && Arrays.equals(bytes, 0, word.length, word, 0, word.length);
    }

    /// @param base64 wiped here
    private static Optional<Secret> decoded(byte[] base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            var chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            Arrays.fill(bytes, (byte) 0);
            var password = new char[chars.remaining()];
            chars.get(password);
            Arrays.fill(chars.array(), '\0');
            return Optional.of(new Secret(password));
        } catch (IllegalArgumentException | CharacterCodingException _) { // not ours after all
            return Optional.empty();
        } finally {
            Arrays.fill(base64, (byte) 0);
        }
    }

    @Override
    public void store(Request.Connection connection, Secret password)
            throws Problem, InterruptedException {
        var item = quoted(item(connection));
        var words =
                "add-generic-password -U -s parley -a "
                        + item
                        + " -l "
                        + quoted("Parley: " + item(connection))
                        + " -w ";
        var bytes = PasswordAndCode.bytes(password.copy());
        var encoded = Base64.getEncoder().encode(bytes);
        Arrays.fill(bytes, (byte) 0);
        var command = joined(words.getBytes(StandardCharsets.UTF_8), WORD, encoded, END);
        Arrays.fill(encoded, (byte) 0);
        if (command.length > LONGEST) {
            Arrays.fill(command, (byte) 0);
            throw Keyring.refused("the password is too long for it");
        }
        Keyring.done(OtherProgram.quiet(PATIENCE, tool.toString(), "-i"), command, NAME);
        if (!has(connection, password)) {
            throw Keyring.refused(NAME + " did not keep it");
        }
    }

    private boolean has(Request.Connection connection, Secret password)
            throws InterruptedException {
        try {
            var found =
                    look(connection)
                            .filter(it -> it.code() == 0)
                            .flatMap(OtherProgram.Result::line)
                            .flatMap(this::understood);
            try (var kept = found.orElseGet(() -> new Secret(new char[0]))) {
                return kept.isSameAs(password);
            }
        } catch (IOException _) { // then it is not known, and that is no
            return false;
        }
    }

    @Override
    public void remove(Request.Connection connection) throws Problem, InterruptedException {
        Keyring.done(
                OtherProgram.quiet(
                        PATIENCE,
                        tool.toString(),
                        "delete-generic-password",
                        "-s",
                        "parley",
                        "-a",
                        item(connection)),
                new byte[0],
                NAME);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new byte[Stream.of(parts).mapToInt(part -> part.length).sum()];
        var at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static String item(Request.Connection connection) {
        return connection.account() + "@" + connection.server();
    }

    /// As `security -i` takes its words apart. A name of an account has no control characters.
    private static String quoted(String word) {
        return "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
