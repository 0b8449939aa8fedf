package chat.parley.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// A jar whose every entry was signed by one known signer, and the same jar without the signatures.
///
/// The JVM checks a signed jar again at each start, which costs the client 300 ms, and archives no
/// class of it. So it is checked once, here, more strictly than the JVM does: nothing added,
/// nothing missing, one signer, and that signer is the one we know.
final class SignedJar {

    /// Entries carry this time, so that the same jar always gives the same bytes.
    private static final LocalDateTime WHEN = LocalDateTime.of(2026, 1, 1, 0, 0);

    /// Bouncy Castle is asked for by name where it is needed. Listed as a service, the JDK would
    /// instantiate it unasked whenever it looks for an algorithm that nobody has.
    private static final String PROVIDER_SERVICE = "META-INF/services/java.security.Provider";

    private final String name;
    private final Manifest manifest;
    private final Map<String, byte[]> entries;

    private SignedJar(String name, Manifest manifest, Map<String, byte[]> entries) {
        this.name = name;
        this.manifest = manifest;
        this.entries = entries;
    }

    /// Reads the jar whole; refuses it unless every entry is what this signer signed.
    static SignedJar verified(Path file, Signer signer) throws IOException, Refused {
        var name = Objects.requireNonNull(file.getFileName(), "a jar has a name").toString();
        try (var jar = new JarFile(file.toFile(), true, ZipFile.OPEN_READ)) {
            var manifest = present(jar.getManifest(), name, "has no manifest");
            var entries = new LinkedHashMap<String, byte[]>();
            var seen = new HashSet<String>();
            for (var entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                if (!seen.add(entry.getName())) {
                    throw new Refused(name, entry.getName() + " is there twice");
                }
                if (!entry.isDirectory() && !isSignature(entry.getName())) {
                    entries.put(entry.getName(), contents(jar, entry, name, signer));
                }
            }
            requireNothingMissing(manifest, entries.keySet(), name);
            return new SignedJar(name, manifest, entries);
        } catch (SecurityException e) {
            // JarFile's way to say that a digest does not fit.
            throw new Refused(name, Objects.requireNonNullElse(e.getMessage(), "does not verify"));
        }
    }

    private static byte[] contents(JarFile jar, JarEntry entry, String name, Signer signer)
            throws IOException, Refused {
        byte[] bytes;
        try (var in = jar.getInputStream(entry)) {
            bytes = in.readAllBytes();
        }
        // Known only once the entry was read to its end; null when nobody signed it.
        var signatures = entry.getCodeSigners();
        if (signatures == null || signatures.length == 0) {
            throw new Refused(name, entry.getName() + " is not signed");
        }
        for (var signature : signatures) {
            if (!signer.made(signature)) {
                throw new Refused(name, entry.getName() + " is signed by somebody else");
            }
        }
        return bytes;
    }

    private static void requireNothingMissing(Manifest manifest, Set<String> found, String name)
            throws Refused {
        for (var promised : manifest.getEntries().keySet()) {
            if (!found.contains(promised)) {
                throw new Refused(name, promised + " is missing");
            }
        }
    }

    /// The manifest, and what the jar specification calls signature-related files.
    private static boolean isSignature(String entry) {
        var upper = entry.toUpperCase(Locale.ROOT);
        if (!upper.startsWith("META-INF/") || upper.indexOf('/', "META-INF/".length()) >= 0) {
            return false;
        }
        return upper.equals(JarFile.MANIFEST_NAME)
                || upper.startsWith("META-INF/SIG-")
                || upper.endsWith(".SF")
                || upper.endsWith(".RSA")
                || upper.endsWith(".DSA")
                || upper.endsWith(".EC");
    }

    private static <T> T present(@Nullable T thing, String jar, String otherwise) throws Refused {
        if (thing == null) {
            throw new Refused(jar, otherwise);
        }
        return thing;
    }

    /// Writes the same jar without signatures into a folder, under the same name.
    Path writeUnsignedInto(Path folder) throws IOException {
        var file = folder.resolve(name);
        var plain = new Manifest();
        plain.getMainAttributes().putAll(manifest.getMainAttributes());
        try (var out = new JarOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(timed(JarFile.MANIFEST_NAME));
            plain.write(out);
            out.closeEntry();
            for (var entry : entries.entrySet()) {
                if (!entry.getKey().equals(PROVIDER_SERVICE)) {
                    out.putNextEntry(timed(entry.getKey()));
                    out.write(entry.getValue());
                    out.closeEntry();
                }
            }
        }
        return file;
    }

    private static JarEntry timed(String name) {
        var entry = new JarEntry(name);
        entry.setTimeLocal(WHEN);
        return entry;
    }
}
