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

    /// Argument: the folder to make.
    public static void main(String[] args) throws IOException {
        var classPath = System.getProperty("java.class.path", "");
        var jars =
                Stream.of(classPath.split(File.pathSeparator, -1))
                        .filter(element -> element.endsWith(".jar"))
                        .map(Path::of)
                        .toList();
        try {
            pack(jars, Path.of(args[0]));
        } catch (NotGenuine e) {
            System.err.println("Not packed: " + e.getMessage());
            System.exit(1);
        }
    }

    static void pack(List<Path> jars, Path out) throws IOException, NotGenuine {
        var lib = Files.createDirectories(out.resolve("lib"));
        clear(lib);
        int verified = 0;
        for (var jar : jars) {
            if (SIGNED.stream().anyMatch(jar.toFile().getName()::startsWith)) {
                SignedJar.verified(jar, Signer.BOUNCY_CASTLE).writeUnsignedInto(lib);
                verified++;
            } else {
                Files.copy(jar, lib.resolve(jar.toFile().getName()));
            }
        }
        if (verified != SIGNED.size()) {
            throw new NotGenuine(
                    out.toString(),
                    "expected " + SIGNED.size() + " signed jars, found " + verified);
        }
        Natives.extract(jars, out.resolve("native"));
        System.out.println(
                "Packed "
                        + jars.size()
                        + " jars; the signatures of "
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
