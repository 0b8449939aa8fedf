package chat.parley.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The map of the client. A package may know the packages below it in the list, and no other.
class ArchitectureTest {

    private static final String ROOT = "chat.parley.client";
    private static final List<String> FLOORS_TOP_DOWN = List.of("arguments", "ui", "link", "model");
    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    private static String in(String floor) {
        return ROOT + "." + floor + "..";
    }

    @Test
    void a_package_knows_only_the_packages_below_it() {
        for (var floor = 0; floor < FLOORS_TOP_DOWN.size(); floor++) {
            for (var above : FLOORS_TOP_DOWN.subList(0, floor)) {
                noClasses()
                        .that()
                        .resideInAPackage(in(FLOORS_TOP_DOWN.get(floor)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(in(above))
                        .check(HOUSE);
            }
            noClasses()
                    .that()
                    .resideInAPackage(in(FLOORS_TOP_DOWN.get(floor)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT)
                    .check(HOUSE);
        }
    }

    @Test
    void every_package_is_on_the_map() {
        var found = new TreeSet<String>();
        HOUSE.forEach(c -> found.add(c.getPackageName().replaceFirst(ROOT + "\\.?", "")));
        found.remove("");
        assertEquals(new TreeSet<>(FLOORS_TOP_DOWN), found);
    }

    @Test
    void the_model_is_pure() {
        noClasses()
                .that()
                .resideInAPackage(in("model"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio.file..",
                        "java.util.concurrent..",
                        "javax.net..",
                        "org.jline..")
                .check(HOUSE);
    }

    @Test
    void the_network_is_known_to_the_link_only_and_the_terminal_to_the_ui_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage(in("link"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.net..", "java.net..", "org.bouncycastle..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideOutsideOfPackage(in("ui"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jline..")
                .check(HOUSE);
    }

    @Test
    void the_client_never_knows_the_daemon() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("chat.parley.daemon..")
                .check(HOUSE);
    }

    @Test
    void nothing_is_synchronized_or_static_and_changing_or_a_thread_s_own() {
        methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(HOUSE);
        fields().that().areStatic().should().beFinal().check(HOUSE);
        noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class).check(HOUSE);
    }

    @Test
    void a_password_is_revealed_by_nobody_here() {
        noClasses().should().callMethod("chat.parley.protocol.Secret", "reveal").check(HOUSE);
    }
}
