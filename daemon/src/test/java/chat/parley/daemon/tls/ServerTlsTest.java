package chat.parley.daemon.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.tls.TestAuthority.Issued;
import chat.parley.daemon.tls.TestAuthority.Wish;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTlsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.root("Root").below("Between");

    @TempDir Path dir;

    private static Issued issued(String kind) {
        return AUTHORITY.issue(Wish.server("chat.example").ofKind(kind));
    }

    private static ServerTls read(DaemonConfig.Tls.Files files) throws ConfigProblem {
        return ServerTls.of(new DaemonConfig.Tls(files));
    }

    private static String refused(DaemonConfig.Tls.Files files) {
        var message =
                String.valueOf(assertThrows(ConfigProblem.class, () -> read(files)).getMessage());
        assertTrue(message.contains("hint: "), message);
        return message;
    }

    private static void assertSays(String words, String message) {
        assertTrue(message.contains(words), message);
    }

    private static String pem(PemObjectGenerator what) throws IOException {
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            writer.writeObject(what);
        }
        return text.toString();
    }

    @Nested
    class A_certificate_and_its_key {

        @ParameterizedTest
        @CsvSource({
            "P-256, ECDSA P-256",
            "P-384, ECDSA P-384",
            "RSA 2048, RSA 2048",
            "Ed25519, Ed25519"
        })
        void may_be_PEM(String kind, String shown) throws Exception {
            var tls = read(issued(kind).write(dir, "chat"));

            assertEquals(shown, tls.keys().getFirst().kind());
            assertEquals(List.of("chat.example"), tls.keys().getFirst().names().dns());
            assertEquals(2, tls.keys().getFirst().chain().size());
        }

        /// `BEGIN EC PRIVATE KEY` and `BEGIN RSA PRIVATE KEY`.
        @ParameterizedTest
        @ValueSource(strings = {"P-256", "P-384", "RSA 2048"})
        void may_be_in_the_older_forms_of_OpenSSL(String kind) throws Exception {
            var issued = issued(kind);
            var files = issued.write(dir, "chat");
            var older = older(issued.key());
            TestAuthority.put(files.key(), older);

            assertSays(kind.substring(0, 3).equals("RSA") ? "BEGIN RSA" : "BEGIN EC", older);
            assertEquals(numbers(issued.key()), numbers(read(files).keys().getFirst().key()));
        }

        /// What it is, however it is encoded.
        private static Object numbers(PrivateKey key) {
            return key instanceof ECPrivateKey ec ? ec.getS() : key;
        }

        /// RFC 5915, with the curve in front as `openssl ecparam -genkey` writes it; RFC 8017.
        private static String older(PrivateKey key) throws IOException {
            var info = PrivateKeyInfo.getInstance(key.getEncoded());
            if (!(key instanceof ECPrivateKey ec)) {
                return TestKeys.pem(
                        "RSA PRIVATE KEY", info.parsePrivateKey().toASN1Primitive().getEncoded());
            }
            var curve = info.getPrivateKeyAlgorithm().getParameters();
            var bits = ec.getParams().getOrder().bitLength();
            var inside = new org.bouncycastle.asn1.sec.ECPrivateKey(bits, ec.getS(), curve);
            return TestKeys.pem("EC PARAMETERS", curve.toASN1Primitive().getEncoded())
                    + TestKeys.pem("EC PRIVATE KEY", inside.getEncoded());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "open sesame"})
        void may_be_a_keystore(String password) throws Exception {
            var issued = issued("P-256");
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "it",
                    issued.key(),
                    password.toCharArray(),
                    issued.chain().toArray(Certificate[]::new));
            var file = dir.resolve("chat.p12");
            try (var out = Files.newOutputStream(file)) {
                store.store(out, password.toCharArray());
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            TestAuthority.put(dir.resolve("pw"), password + "\n");
            var files = new DaemonConfig.Tls.Pkcs12(file, Optional.of(dir.resolve("pw")));

            assertEquals(issued.key(), read(files).keys().getFirst().key());

            TestAuthority.put(dir.resolve("pw"), "another\n");
            assertSays("chat.p12", refused(files));

            Files.setPosixFilePermissions(
                    dir.resolve("pw"), PosixFilePermissions.fromString("rw-r--r--"));
            assertSays("chmod 600 " + dir.resolve("pw"), refused(files));
        }

        @Test
        void is_refused_where_others_may_read_the_key() {
            var files = issued("P-256").write(dir, "chat");

            for (var mode : List.of("rw----r--", "rw--w----", "rw-----w-", "rw-rw----")) {
                setMode(files.key(), mode);
                assertSays("chmod 600 " + files.key(), refused(files));
            }
        }

        /// That is how certificate tools hand it to daemons.
        @Test
        void may_be_read_by_a_group() throws Exception {
            var files = issued("P-256").write(dir, "chat");
            setMode(files.key(), "rw-r-----");

            assertEquals(1, read(files).keys().size());
        }

        private void setMode(Path file, String mode) {
            try {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void is_refused_when_the_key_is_anothers() {
            var files = issued("P-256").write(dir, "chat");
            var other = issued("P-256").write(dir, "other");

            assertSays(
                    "does not belong",
                    refused(new DaemonConfig.Tls.Pem(files.certificate(), other.key())));
        }

        @Test
        void is_refused_when_the_key_is_of_another_kind() {
            var files = issued("P-256").write(dir, "chat");
            var other = issued("RSA 2048").write(dir, "other");

            assertSays(
                    "does not belong",
                    refused(new DaemonConfig.Tls.Pem(files.certificate(), other.key())));
        }

        @Test
        void is_refused_when_the_chain_is_out_of_order() {
            var issued = issued("P-256");
            var other = TestAuthority.root("Stranger").certificate();

            var mixed =
                    new Issued(issued.key(), List.of(issued.chain().getFirst(), other))
                            .write(dir, "mixed");
            assertSays(
                    "certificate 2 in the file, of CN=Stranger, is not the one that signed"
                            + " certificate 1",
                    refused(mixed));

            var turned = new Issued(issued.key(), issued.chain().reversed()).write(dir, "turned");
            assertSays("does not belong to the certificate of CN=Between", refused(turned));
        }

        /// The name is right, the signature is not.
        @Test
        void is_refused_when_a_namesake_stands_in_the_chain() {
            var issued = issued("P-256");
            var namesake = TestAuthority.root("Between").certificate();

            assertSays(
                    "is not the one that signed",
                    refused(
                            new Issued(issued.key(), List.of(issued.chain().getFirst(), namesake))
                                    .write(dir, "namesake")));
        }

        @Test
        void is_refused_when_it_is_not_for_servers() {
            var files =
                    AUTHORITY
                            .issue(
                                    Wish.server("chat.example")
                                            .forUse(KeyPurposeId.id_kp_clientAuth))
                            .write(dir, "chat");

            assertSays("not meant for TLS servers", refused(files));
        }

        @ParameterizedTest
        @ValueSource(strings = {"RSA 1024", "Ed448"})
        void is_refused_when_clients_would_refuse_it(String kind) {
            assertSays("which", refused(issued(kind).write(dir, "chat")));
        }

        @Test
        void is_refused_when_half_of_it_is_written() throws Exception {
            var files = issued("P-256").write(dir, "chat");
            var whole = Files.readString(files.certificate());

            TestAuthority.put(files.certificate(), whole.substring(0, whole.length() - 100));
            assertSays("not a PEM certificate", refused(files));

            TestAuthority.put(files.certificate(), "");
            assertSays("no certificate in it", refused(files));

            TestAuthority.put(files.certificate(), whole);
            var key = Files.readString(files.key());
            TestAuthority.put(files.key(), key.substring(0, key.length() / 2));
            assertSays(files.key().toString(), refused(files));
        }

        @Test
        void is_refused_with_the_way_to_decrypt_it_when_the_key_is_encrypted() throws Exception {
            var issued = issued("P-256");
            var files = issued.write(dir, "chat");
            var encryptor =
                    new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                            .setProvider(new BouncyCastleProvider())
                            .setRandom(new SecureRandom())
                            .setPassword("secret".toCharArray())
                            .build();
            TestAuthority.put(files.key(), pem(new JcaPKCS8Generator(issued.key(), encryptor)));

            var message = refused(files);

            assertSays("the key is encrypted", message);
            assertSays("openssl pkey -in " + files.key(), message);
        }

        @Test
        void is_refused_when_there_is_no_such_file() {
            var files = issued("P-256").write(dir, "chat");

            assertSays(
                    "no such file",
                    refused(
                            new DaemonConfig.Tls.Pem(
                                    files.certificate(), dir.resolve("nothing.key"))));
        }
    }

    @Nested
    class Its_summary {

        @Test
        void says_names_kind_and_until_when() throws Exception {
            var until = Instant.parse("2031-05-06T07:08:09Z");
            var wish =
                    Wish.server("chat.example", "*.chat.example")
                            .valid(until.minus(Duration.ofDays(90)), until);
            var files = AUTHORITY.issue(wish).write(dir, "chat");
            var now = Clock.fixed(until.minus(Duration.ofDays(10)), ZoneOffset.UTC);

            assertEquals(
                    List.of(
                            "chat.example, *.chat.example; ECDSA P-256; until 2031-05-06 (10 days)"),
                    ServerTls.of(new DaemonConfig.Tls(files), now).summary());
        }
    }

    @Nested
    class Reading_all_again {

        private DaemonConfig.Tls.Pem files;

        @BeforeEach
        void write() {
            files = issued("P-256").write(dir, "chat");
        }

        @Test
        void changes_nothing_when_nothing_has_changed() throws Exception {
            var tls = read(files);

            assertEquals(List.of(), tls.reread(new DaemonConfig.Tls(files)));
        }

        @Test
        void takes_up_renewed_files_and_others_that_are_named_now() throws Exception {
            var tls = read(files);
            var renewed = issued("P-384");
            renewed.write(dir, "chat");
            var other = AUTHORITY.issue(Wish.server("other.example")).write(dir, "other");

            assertEquals(
                    List.of("tls.certificate", "tls.more"),
                    tls.reread(new DaemonConfig.Tls(files, List.of(other), Optional.empty())));
            assertEquals(renewed.key(), tls.keys().getFirst().key());
            assertEquals(List.of("other.example"), tls.keys().getLast().names().dns());
        }

        /// The watch had just begun to look at it.
        @Test
        void forgets_files_that_are_named_no_more() throws Exception {
            var other = AUTHORITY.issue(Wish.server("other.example")).write(dir, "other");
            var tls = ServerTls.of(new DaemonConfig.Tls(files, List.of(other), Optional.empty()));
            tls.reread(new DaemonConfig.Tls(files));

            assertFalse(tls.renew(new TlsPart.Certificate(other)));
            assertEquals(List.of("chat.example"), tls.keys().getFirst().names().dns());
        }

        @Test
        void changes_nothing_when_one_of_them_is_wrong() throws Exception {
            var tls = read(files);
            var before = tls.keys();
            issued("P-384").write(dir, "chat");
            var more = List.<DaemonConfig.Tls.Files>of(new DaemonConfig.Tls.Pem(dir, dir));

            assertThrows(
                    ConfigProblem.class,
                    () -> tls.reread(new DaemonConfig.Tls(files, more, Optional.empty())));
            assertEquals(before, tls.keys());
        }

        /// The one that has expired goes on being shown, and other settings can be changed.
        @Test
        void is_not_stopped_by_one_that_expired_meanwhile() throws Exception {
            var longAgo = Instant.now().minus(Duration.ofDays(5));
            var wish =
                    Wish.server("chat.example").valid(longAgo.minus(Duration.ofDays(5)), longAgo);
            AUTHORITY.issue(wish).write(dir, "chat");
            var tls = read(files);

            assertEquals(List.of(), tls.reread(new DaemonConfig.Tls(files)));
        }
    }
}
