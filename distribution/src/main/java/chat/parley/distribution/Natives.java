package chat.parley.distribution;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;

/// The native libraries, taken out of their jars beforehand.
///
/// Left to themselves JNA, SQLite and JLine unpack them into the temporary folder at each start,
/// which costs time and fails where that folder is mounted noexec. On any other platform than these
/// the libraries still do that: the launcher passes the folder only where there is one.
final class Natives {

    private record Library(String jarPrefix, String entry) {}

    private record Platform(String name, List<Library> libraries) {}

    private static final List<Platform> PLATFORMS =
            List.of(
                    linux("linux-x86-64", "x86_64", "x86_64"),
                    linux("linux-aarch64", "aarch64", "arm64"));

    private Natives() {}

    private static Platform linux(String jna, String sqlite, String jline) {
        return new Platform(
                jna,
                List.of(
                        new Library("jna-", "com/sun/jna/" + jna + "/libjnidispatch.so"),
                        new Library("argon2-jvm-", jna + "/libargon2.so"),
                        new Library(
                                "sqlite-jdbc-",
                                "org/sqlite/native/Linux/" + sqlite + "/libsqlitejdbc.so"),
                        new Library(
                                "jline-native-",
                                "org/jline/nativ/Linux/" + jline + "/libjlinenative.so")));
    }

    static void extract(List<Path> jars, Path folder) throws IOException {
        for (var platform : PLATFORMS) {
            var target = Files.createDirectories(folder.resolve(platform.name()));
            for (var library : platform.libraries()) {
                var jar = jarOf(library, jars);
                try (var zip = new ZipFile(jar.toFile())) {
                    var entry = zip.getEntry(library.entry());
                    if (entry == null) {
                        throw new FileNotFoundException(library.entry() + " in " + jar);
                    }
                    var name = library.entry().substring(library.entry().lastIndexOf('/') + 1);
                    try (var in = zip.getInputStream(entry)) {
                        Files.write(target.resolve(name), in.readAllBytes());
                    }
                }
            }
        }
    }

    private static Path jarOf(Library library, List<Path> jars) throws FileNotFoundException {
        for (var jar : jars) {
            // What follows the artifact's name is its version.
            var name = jar.toFile().getName();
            if (name.startsWith(library.jarPrefix())
                    && Character.isDigit(name.charAt(library.jarPrefix().length()))) {
                return jar;
            }
        }
        throw new FileNotFoundException("no jar " + library.jarPrefix() + "*");
    }
}
