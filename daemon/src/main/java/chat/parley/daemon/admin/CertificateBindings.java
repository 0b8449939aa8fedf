package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parley-user bind-cert` and `unbind-cert`: which client certificates open an account.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract sealed class CertificateBindings implements Callable<Integer> {

    private static final String HOW =
            "%nThe fingerprint of a key is what this prints:%n"
                    + "  openssl x509 -in CERT.PEM -noout -pubkey |"
                    + " openssl pkey -pubin -outform DER | sha256sum";

    final UserTool tool;

    @Parameters(index = "0", paramLabel = "NAME")
    String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FINGERPRINT",
            description =
                    "SHA-256 of the key (SubjectPublicKeyInfo): 64 hexadecimal digits, with or"
                            + " without colons, or sha256/BASE64")
    private @Nullable String digits;

    @Option(
            names = "--file",
            paramLabel = "CERT.PEM",
            description = "instead: a file with the certificate; its key is what counts")
    private @Nullable Path file;

    @Mixin private JsonAnswer answer = new JsonAnswer();

    private CertificateBindings(UserTool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws ConfigProblem, IOException {
        var fingerprint = Fingerprint.read(tool, digits, file);
        if (fingerprint.isEmpty()) {
            return UserTool.WRONG_USE;
        }
        return change(tool.open(), fingerprint.get());
    }

    abstract int change(UserDesk desk, String fingerprint) throws IOException;

    @Command(
            name = "bind-cert",
            description = {"Lets a client certificate open an account (SASL EXTERNAL).", HOW},
            footerHeading = "%nExamples:%n",
            footer = {
                "  parley-user bind-cert ann --file ann.crt",
                "  parley-user bind-cert ann --file ann.crt --json | jq -r .fingerprint"
            },
            sortOptions = false)
    static final class Bind extends CertificateBindings {

        Bind(UserTool tool) {
            super(tool);
        }

        @Override
        int change(UserDesk desk, String fingerprint) throws IOException {
            return switch (desk.certificates().bind(name, fingerprint)) {
                case DONE -> done("is bound to ", fingerprint, true);
                case SAME -> done("is bound already to ", fingerprint, false);
                case TAKEN -> tool.refuse("this certificate opens another account");
                case NO_SUCH_ACCOUNT -> UserSwitches.unknown(tool, name);
            };
        }
    }

    @Command(
            name = "unbind-cert",
            description = {"Takes a client certificate away; sessions it opened end.", HOW},
            footerHeading = "%nExamples:%n",
            footer = {
                "  parley-user show ann                    lists what is bound",
                "  parley-user unbind-cert ann --file ann.crt",
                "  parley-user unbind-cert ann --file ann.crt --json | jq -r .fingerprint"
            },
            sortOptions = false)
    static final class Unbind extends CertificateBindings {

        Unbind(UserTool tool) {
            super(tool);
        }

        @Override
        int change(UserDesk desk, String fingerprint) throws IOException {
            return desk.certificates().unbind(name, fingerprint)
                    ? done("does not open any more ", fingerprint, true)
                    : tool.refuse("no such certificate is bound to this account");
        }
    }

    private static final int SHOWN = 16;

    int done(String what, String fingerprint, boolean changed) {
        tool.say("the key " + fingerprint.substring(0, SHOWN) + "… " + what + name);
        answer.print(tool, answer.of(name, changed).with("fingerprint", fingerprint));
        return UserTool.DONE;
    }
}
