package chat.parley.daemon;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.auth.Argon2Hasher;
import chat.parley.daemon.auth.RecoveryCode;
import chat.parley.daemon.store.OnlyServer;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.FirstWord;
import chat.parley.protocol.OpaqueString;
import chat.parley.protocol.PasswordAndCode;
import chat.parley.protocol.PasswordPair;
import chat.parley.protocol.SaslExternal;
import chat.parley.protocol.SaslPlain;
import chat.parley.protocol.Secret;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The map of the house. A package may know the packages below it in the list, and no other.
class ArchitectureTest {

    private static final List<String> FLOORS_TOP_DOWN =
            List.of(
                    "admin",
                    "listen",
                    "websocket",
                    "command",
                    "session",
                    "chat",
                    "auth",
                    "store",
                    "bus",
                    "tls",
                    "limit",
                    "observe",
                    "config");

    private static final String ROOT = "chat.parley.daemon";

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(ROOT);

    private static final JavaClasses WIRE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("chat.parley.protocol");

    static IntStream floors() {
        return IntStream.range(0, FLOORS_TOP_DOWN.size());
    }

    private static String in(String floor) {
        return ROOT + "." + floor + "..";
    }

    @Nested
    class Floors {

        static IntStream floors() {
            return ArchitectureTest.floors();
        }

        @ParameterizedTest
        @MethodSource("floors")
        void a_package_knows_only_the_packages_below_it(int floor) {
            var above =
                    FLOORS_TOP_DOWN.subList(0, floor).stream()
                            .map(ArchitectureTest::in)
                            .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(in(FLOORS_TOP_DOWN.get(floor)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT)
                    .allowEmptyShould(true)
                    .check(HOUSE);
        }

        @Test
        void every_package_is_on_the_map() {
            var found = new TreeSet<String>();
            HOUSE.forEach(
                    c -> found.add(c.getPackageName().replaceFirst("chat.parley.daemon\\.?", "")));
            found.remove("");
            found.removeAll(FLOORS_TOP_DOWN);
            assertEquals(Set.of(), found);
        }

        @Test
        void the_wire_knows_nothing_but_the_language() {
            classes()
                    .that()
                    .resideOutsideOfPackage("chat.parley.protocol.tls")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "chat.parley.protocol",
                            "chat.parley.protocol.websocket",
                            "java.lang..",
                            "java.util..",
                            "java.io",
                            "java.nio",
                            "java.nio.charset",
                            "java.text",
                            "org.jspecify.annotations")
                    .check(WIRE);
        }

        @Test
        void what_TLS_needs_of_the_JDK_knows_nothing_of_the_wire() {
            classes()
                    .that()
                    .resideInAPackage("chat.parley.protocol.tls")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "chat.parley.protocol.tls",
                            "java.lang..",
                            "java.util..",
                            "java.security..",
                            "org.jspecify.annotations")
                    .check(WIRE);
        }
    }

    /// Lines know nothing of what they come over.
    @Test
    void the_lines_do_not_know_WebSocket() {
        noClasses()
                .that()
                .resideInAPackage("chat.parley.protocol")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("chat.parley.protocol.websocket")
                .check(WIRE);
    }

    @Nested
    class Sockets {

        private static final Set<Class<?>> PLAIN =
                Set.of(
                        Socket.class,
                        ServerSocket.class,
                        DatagramSocket.class,
                        NetworkChannel.class,
                        Selector.class);

        /// And to `Daemon`, which puts the listener together.
        @Test
        void are_known_to_listen_tls_and_bus_only() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(ROOT, in("listen"), in("tls"), in("bus"))
                    .should()
                    .dependOnClassesThat(
                            describe(
                                    "open connections",
                                    type ->
                                            type.getPackageName().startsWith("javax.net")
                                                    || PLAIN.stream()
                                                            .anyMatch(type::isAssignableTo)))
                    .check(HOUSE);
        }

        @Test
        void are_not_known_as_Bouncy_Castle_calls_them_either() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(in("listen"), in("tls"), in("bus"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.bouncycastle.jsse..", "org.bouncycastle.tls..")
                    .check(HOUSE);
        }

        /// An interrupt closes a file channel for everybody, and here a deadline is an interrupt.
        /// Those there are belong to the thread that starts and stops the daemon, to the audit
        /// log's, or to a tool's.
        @Test
        void have_no_files_like_them() {
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName(OnlyServer.class.getName())
                    .and()
                    .doNotHaveFullyQualifiedName(ROOT + ".store.WholeFile")
                    .and()
                    .doNotHaveFullyQualifiedName(ROOT + ".observe.AuditLock")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(FileChannel.class)
                    .check(HOUSE);
        }
    }

    private static boolean locks(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(ReentrantLock.class)
                && call.getName().startsWith("lock");
    }

    private static boolean waits(JavaMethodCall call) {
        return !call.getTargetOwner().isEquivalentTo(Condition.class)
                && !call.getTargetOwner().isEquivalentTo(ReentrantLock.class)
                && Stream.of(InterruptedException.class, IOException.class, SQLException.class)
                        .anyMatch(call.getTarget().getThrowsClause()::containsType);
    }

    @Nested
    class Threads_share {

        @Test
        void nothing_by_synchronized_methods() {
            methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(HOUSE);
            methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(WIRE);
        }

        /// A block leaves no mark that ArchUnit could see.
        @Test
        void nothing_by_synchronized_blocks() throws IOException {
            var word = "synchronized" + " (";
            try (var files = Files.walk(Path.of("src", "main", "java"))) {
                var found = new TreeSet<Path>();
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    if (Files.readString(file).contains(word)) {
                        found.add(file);
                    }
                }
                assertEquals(Set.of(), found);
            }
        }

        /// What may wait says so: it may be interrupted, or meet a disk or a wire that fails. A
        /// condition gives its lock back while it waits.
        @Test
        void no_lock_that_is_held_while_something_waits() {
            var found = new TreeSet<String>();
            for (var type : HOUSE) {
                for (var method : type.getMethods()) {
                    var calls = method.getMethodCallsFromSelf();
                    if (calls.stream().anyMatch(ArchitectureTest::locks)) {
                        calls.stream()
                                .filter(ArchitectureTest::waits)
                                .forEach(call ->
                                        found.add(
                                                type.getSimpleName()
                                                        + "."
                                                        + method.getName()
                                                        + ": "
                                                        + call.getName()));
                    }
                }
            }
            assertEquals(
                    Set.of(
                            // After it has given the lock back, which cannot be seen here.
                            "Channels.orStart: await",
                            // It says that the reader reads; whoever else wants it does not wait.
                            "RecordInput.awaitRecord: header",
                            "RecordInput.whole: fetch"),
                    found);
        }

        @Test
        void no_static_that_changes() {
            fields().that().areStatic().should().beFinal().check(HOUSE);
            fields().that().areStatic().should().beFinal().check(WIRE);
        }

        @Test
        void no_static_that_could_change_inside() {
            var changeable =
                    Set.of(
                            "java.util.concurrent.atomic",
                            "java.util.concurrent.locks",
                            "java.util.concurrent");
            noFields()
                    .that()
                    .areStatic()
                    .should()
                    .haveRawType(
                            describe(
                                    "something that changes",
                                    type -> changeable.contains(type.getPackageName())))
                    .check(HOUSE);
        }

        @Test
        void no_state_by_thread() {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(ThreadLocal.class)
                    .check(HOUSE);
        }

        @Test
        void no_timer_but_the_deadlines() {
            noClasses().should().dependOnClassesThat().areAssignableTo(Timer.class).check(HOUSE);
        }
    }

    @Nested
    class A_secret {

        /// Who looks at the characters: the hasher, and in the wire what takes lines apart.
        private static final Set<String> MAY_REVEAL =
                Set.of(
                        Argon2Hasher.class.getName(),
                        "chat.parley.daemon.auth.CommonPasswords",
                        OpaqueString.class.getName(),
                        RecoveryCode.class.getName(),
                        PasswordAndCode.class.getName(),
                        FirstWord.class.getName(),
                        PasswordPair.class.getName(),
                        SaslExternal.class.getName(),
                        SaslPlain.class.getName(),
                        Credentials.class.getName());

        @Test
        void is_revealed_to_the_hasher_and_to_what_takes_it_apart_only() {
            for (var classes : List.of(HOUSE, WIRE)) {
                noClasses()
                        .that(
                                describe(
                                        "may not see passwords",
                                        type -> !MAY_REVEAL.contains(outermost(type))))
                        .should()
                        .callMethod(Secret.class, "reveal")
                        .check(classes);
            }
        }

        @Test
        void has_no_other_way_out() {
            var ways =
                    WIRE.get(Secret.class).getMethods().stream()
                            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                            .filter(method -> leavesWithCharacters(method.getRawReturnType()))
                            .map(method -> method.getName())
                            .sorted()
                            .toList();
            assertEquals(List.of("reveal", "toString"), ways);
        }

        private static boolean leavesWithCharacters(JavaClass type) {
            return type.isArray()
                    || type.isAssignableTo(CharSequence.class)
                    || type.isAssignableTo(Collection.class)
                    || type.isAssignableTo(Map.class);
        }

        private static String outermost(JavaClass type) {
            var outer = type;
            while (outer.getEnclosingClass().isPresent()) {
                outer = outer.getEnclosingClass().get();
            }
            return outer.getName();
        }
    }

    /// The rules above look at something.
    @Test
    void the_house_was_found() {
        DescribedPredicate<JavaClass> any = describe("any", _ -> true);
        assertTrue(HOUSE.that(any).size() > 100 && WIRE.that(any).size() > 20);
    }
}
