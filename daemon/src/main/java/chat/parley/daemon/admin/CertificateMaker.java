package chat.parley.daemon.admin;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Makes a development certificate and its key: `scripts/quickstart` and `certs/make-dev-cert` run
/// it.
///
/// It never overwrites: a key that is lost locks out everybody who pinned it.
@Command(
        name = "make-dev-cert",
        description = {
            "Makes a certificate for this machine that is signed by nobody else, with its key.",
            "Good for trying Parley out, and for teams whose clients pin the key; others want one"
                    + " from a certificate authority."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:made",
            "1:not made, because a file is in the way or cannot be written",
            "2:wrong use"
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class CertificateMaker implements Callable<Integer> {

    private static final String PRIVATE = "rw-------";
    private static final String PUBLIC = "rw-r--r--";

    @Spec private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "certs",
            description = "where parley.crt and parley.key go (default: ${DEFAULT-VALUE})")
    private Path dir;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "a host name or address that clients will use; may be given again. This machine's"
                            + " name and addresses and localhost are always in.")
    private List<String> names = List.of();

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "" + DevelopmentCertificate.LONGEST_DAYS,
            description = "how long it is valid (default and most: ${DEFAULT-VALUE})")
    private int days;

    private CertificateMaker() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        return new CommandLine(new CertificateMaker()).execute(args);
    }

    @Override
    public Integer call() throws GeneralSecurityException {
        check();
        var made = DevelopmentCertificate.of(HostNames.withOwn(names), days);
        var certificateFile = dir.resolve("parley.crt");
        var keyFile = dir.resolve("parley.key");
        try {
            Files.createDirectories(dir);
            write(made, certificateFile, keyFile);
        } catch (FileAlreadyExistsException e) {
            return failed(e.getFile() + " exists and is never overwritten", "move it away first");
        } catch (IOException e) {
            return failed(e.toString(), "choose another directory with --dir");
        }
        report(made, certificateFile, keyFile);
        return 0;
    }

    private void check() {
        names.stream()
                .filter(name -> !HostNames.isUsable(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(name -> refuse("not a host name or address: " + name));
        if (days < 1 || days > DevelopmentCertificate.LONGEST_DAYS) {
            refuse("--days is 1 to " + DevelopmentCertificate.LONGEST_DAYS);
        }
    }

    private void refuse(String why) {
        throw new ParameterException(spec.commandLine(), why);
    }

    private int failed(String what, String hint) {
        var err = spec.commandLine().getErr();
        err.println("make-dev-cert: " + what);
        err.println("  hint: " + hint);
        return 1;
    }

    /// The key first: a certificate without its key is worth nothing. Both or none.
    private static void write(DevelopmentCertificate made, Path certificateFile, Path keyFile)
            throws IOException {
        if (Files.exists(certificateFile)) {
            throw new FileAlreadyExistsException(certificateFile.toString());
        }
        create(keyFile, PRIVATE, new JcaPKCS8Generator(made.key().getPrivate(), null));
        try {
            create(certificateFile, PUBLIC, new JcaMiscPEMGenerator(made.certificate()));
        } catch (IOException e) {
            Files.delete(keyFile);
            throw e;
        }
    }

    /// Made with its mode in one step, so that nobody can open it in between, and only if there was
    /// nothing.
    private static void create(Path file, String mode, PemObjectGenerator content)
            throws IOException {
        var attribute = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
        var how = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        try (var channel = Files.newByteChannel(file, how, attribute);
                var pem = new PemWriter(Channels.newWriter(channel, StandardCharsets.US_ASCII))) {
            pem.writeObject(content);
        }
    }

    private void report(DevelopmentCertificate made, Path certificateFile, Path keyFile)
            throws GeneralSecurityException {
        var certificate = made.certificate();
        var out = spec.commandLine().getOut();
        out.println("certificate   " + certificateFile);
        out.println("key           " + keyFile + " (mode 600)");
        out.println("subject       " + certificate.getSubjectX500Principal());
        out.println("names         " + String.join(", ", HostNames.withOwn(names)));
        out.println("expires       " + certificate.getNotAfter().toInstant());
        out.println("certificate   SHA-256 " + made.fingerprint());
        out.println("public key    " + made.pin());
    }
}
