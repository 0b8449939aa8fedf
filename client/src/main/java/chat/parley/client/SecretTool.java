package chat.parley.client;

import chat.parley.protocol.PasswordAndCode;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// `secret-tool` of libsecret: the keyrings of GNOME, KDE and others on Linux.
///
/// @param tool where the program is
record SecretTool(Path tool) implements Keyring {

    private static final String NAME = "secret-tool";

    @Override
    public Optional<OtherProgram.Result> look(Request.Connection connection)
            throws IOException, InterruptedException {
        return run("lookup", connection).run(new byte[0]);
    }

    @Override
    public void store(Request.Connection connection, Secret password)
            throws Problem, InterruptedException {
        var label = "--label=Parley: " + connection.account() + " at " + connection.server();
        Keyring.done(
                OtherProgram.quiet(
                        PATIENCE,
                        tool.toString(),
                        "store",
                        label,
                        "service",
                        "parley",
                        "server",
                        connection.server().toString(),
                        "account",
                        connection.account()),
                PasswordAndCode.bytes(password.copy()),
                NAME);
    }

    @Override
    public void remove(Request.Connection connection) throws Problem, InterruptedException {
        Keyring.done(run("clear", connection), new byte[0], NAME);
    }

    private OtherProgram run(String action, Request.Connection connection) {
        return OtherProgram.quiet(
                PATIENCE,
                tool.toString(),
                action,
                "service",
                "parley",
                "server",
                connection.server().toString(),
                "account",
                connection.account());
    }
}
