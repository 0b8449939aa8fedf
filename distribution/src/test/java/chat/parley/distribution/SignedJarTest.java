package chat.parley.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the real jar of a real release: the one that is packed.
class SignedJarTest {

    private static final String A_CLASS = "org/bouncycastle/asn1/cms/ContentInfo.class";

    @TempDir Path folder;
    private Path jar;

    @BeforeEach
    void copy_the_jar() throws IOException, URISyntaxException {
        var original =
                Path.of(
                        ContentInfo.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        jar = Files.copy(original, folder.resolve("signed.jar"));
    }

    private interface Change {
        void to(Path root) throws IOException;
    }

    private void tamper(Change change) throws IOException {
        try (var inside = FileSystems.newFileSystem(jar)) {
            change.to(inside.getPath("/"));
        }
    }

    private String refusal() {
        return String.valueOf(
                assertThrows(Refused.class, () -> SignedJar.verified(jar, Signer.BOUNCY_CASTLE))
                        .getMessage());
    }

    @Nested
    class A_genuine_jar {

        private Path stripped() throws IOException, Refused {
            var out = Files.createTempDirectory(folder, "out");
            return SignedJar.verified(jar, Signer.BOUNCY_CASTLE).writeUnsignedInto(out);
        }

        @Test
        void loses_its_signature_files_and_digests() throws IOException, Refused {
            try (var plain = new JarFile(stripped().toFile())) {
                assertTrue(plain.stream().noneMatch(e -> e.getName().matches(".*\\.(SF|RSA)")));
                assertTrue(plain.getManifest().getEntries().isEmpty());
            }
        }

        @Test
        void keeps_its_classes_as_they_were() throws IOException, Refused {
            try (var plain = new JarFile(stripped().toFile());
                    var signed = new JarFile(jar.toFile())) {
                assertArrayEquals(
                        signed.getInputStream(signed.getEntry(A_CLASS)).readAllBytes(),
                        plain.getInputStream(plain.getEntry(A_CLASS)).readAllBytes());
                assertEquals(signed.isMultiRelease(), plain.isMultiRelease());
            }
        }

        @Test
        void offers_no_provider_as_a_service() throws IOException, Refused {
            try (var plain = new JarFile(stripped().toFile())) {
                assertNull(plain.getEntry("META-INF/services/java.security.Provider"));
            }
        }

        @Test
        void gives_the_same_bytes_each_time() throws IOException, Refused {
            assertArrayEquals(Files.readAllBytes(stripped()), Files.readAllBytes(stripped()));
        }
    }

    @Nested
    class A_tampered_jar {

        @Test
        void with_a_changed_class_is_refused() throws IOException {
            tamper(root -> {
                var bytes = Files.readAllBytes(root.resolve(A_CLASS));
                bytes[bytes.length - 1] ^= 1;
                Files.write(root.resolve(A_CLASS), bytes);
            });

            assertTrue(refusal().contains(A_CLASS), this::toString);
        }

        @Test
        void with_an_added_class_is_refused() throws IOException {
            tamper(root -> Files.writeString(root.resolve("Added.class"), "x", UTF_8));

            assertEquals("signed.jar: Added.class is not signed", refusal());
        }

        @Test
        void with_an_added_service_is_refused() throws IOException {
            var service = "META-INF/services/java.security.Provider";
            tamper(root -> {
                var file = root.resolve(service);
                var parent = file.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.writeString(file, "evil.Provider", UTF_8);
            });

            assertEquals("signed.jar: " + service + " is not signed", refusal());
        }

        @Test
        void with_a_removed_class_is_refused() throws IOException {
            tamper(root -> Files.delete(root.resolve(A_CLASS)));

            assertEquals("signed.jar: " + A_CLASS + " is missing", refusal());
        }

        @Test
        void with_a_changed_manifest_is_refused() throws IOException {
            tamper(root -> {
                var manifest = root.resolve(JarFile.MANIFEST_NAME);
                var text = Files.readString(manifest, UTF_8);
                Files.writeString(
                        manifest, text.replaceFirst("\r\n", "\r\nClass-Path: evil.jar\r\n"), UTF_8);
            });

            assertFalse(refusal().isEmpty());
        }

        @Test
        void without_its_signature_is_refused() throws IOException {
            tamper(root -> {
                try (var files = Files.newDirectoryStream(root.resolve("META-INF"), "*.SF")) {
                    for (var file : files) {
                        Files.delete(file);
                    }
                }
            });

            assertTrue(refusal().endsWith("is not signed"), this::toString);
        }
    }

    @Nested
    class A_jar_signed_by_somebody_else {

        @Test
        void is_refused() {
            var stranger = new Signer("0".repeat(64));

            var refused = assertThrows(Refused.class, () -> SignedJar.verified(jar, stranger));

            assertTrue(String.valueOf(refused.getMessage()).endsWith("is signed by somebody else"));
        }
    }
}
