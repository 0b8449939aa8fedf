package chat.parley.distribution;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Makes `lib/` and `native/` of the distribution out of the jars on its own class path, which is
/// the one that Maven resolved.
final class Pack {

    private static final List<String> SIGNED = List.of("bcprov-", "bcutil-", "bcpkix-", "bctls-");

    private Pack() {}

    /// Arguments: the folder to make, the table of other people's work, and the checksums of it.
    public static void main(String[] args) throws IOException {
        var classPath = System.getProperty("java.class.path", "");
        var jars =
                Stream.of(classPath.split(File.pathSeparator, -1))
                        .filter(element -> element.endsWith(".jar"))
                        .map(Path::of)
                        .toList();
        try {
            var known = ThirdParty.in(Path.of(args[1]));
            pack(jars, known, Checksums.in(Path.of(args[2])), Path.of(args[0]));
        } catch (Refused e) {
            System.err.println("Not packed: " + e.getMessage());
            System.exit(1);
        }
    }

    static void pack(List<Path> jars, ThirdParty known, Checksums checksums, Path out)
            throws IOException, Refused {
        var lib = Files.createDirectories(out.resolve("lib"));
        clear(lib);
        int verified = 0;
        for (var jar : jars) {
            if (!known.knows(jar.toFile().getName())) {
                throw new Refused(
                        jar.toString(), "not in THIRD-PARTY.md: look at its licence, add a row");
            }
            if (!ThirdParty.isOurs(jar.toFile().getName())) {
                checksums.check(jar);
            }
            if (SIGNED.stream().anyMatch(jar.toFile().getName()::startsWith)) {
                SignedJar.verified(jar, Signer.BOUNCY_CASTLE).writeUnsignedInto(lib);
                verified++;
            } else {
                Files.copy(jar, lib.resolve(jar.toFile().getName()));
            }
        }
        if (verified != SIGNED.size()) {
            throw new Refused(
                    out.toString(),
                    "expected " + SIGNED.size() + " signed jars, found " + verified);
        }
        checksums.checkNoneIsLeft(jars.stream().map(jar -> jar.toFile().getName()).toList());
        Natives.extract(jars, out.resolve("native"));
        System.out.println(
                "Packed "
                        + jars.size()
                        + " jars, each with the checksum it must have; the signatures of "
                        + verified
                        + " verified and removed");
    }

    /// A jar of an earlier version must not stay on the class path.
    private static void clear(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                Files.delete(file);
            }
        }
    }
}
