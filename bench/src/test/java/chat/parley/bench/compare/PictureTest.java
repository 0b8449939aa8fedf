package chat.parley.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bench.report.Result;
import chat.parley.bench.scenario.Target;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PictureTest {

    private static final Machine MACHINE =
            new Machine(LocalDate.EPOCH, "a <fast> one", 2, 4, "Linux", 0.1);
    private static final List<Workload> WORKLOADS = Workload.all(true).subList(0, 1);

    private final Findings findings = new Findings();

    private void found(int round, String server, double deliveries, boolean sound) {
        findings.add(
                "fan-out-many",
                round,
                new Result()
                        .with("server", server)
                        .with("version", "1")
                        .with("deliveries/s", deliveries)
                        .with("sound", sound));
    }

    private void threeRounds() {
        found(1, "parley-commit", 100, true);
        found(1, "inspircd", 50, true);
        found(2, "parley-commit", 300, true);
        found(2, "inspircd", 400, true);
        found(3, "parley-commit", 900, true);
        found(3, "inspircd", 300, true);
    }

    @Nested
    class A_figure {

        @Test
        void is_the_middle_one_of_all_rounds() {
            threeRounds();

            assertEquals(
                    OptionalDouble.of(300),
                    findings.median("fan-out-many", "parley-commit", "deliveries/s"));
        }

        @Test
        void is_compared_within_its_round_only() {
            threeRounds();

            assertEquals(
                    OptionalDouble.of(2),
                    findings.ratio("fan-out-many", "parley-commit", "deliveries/s"));
        }

        @Test
        void is_missing_where_nothing_was_found() {
            threeRounds();

            assertTrue(findings.median("idle", "inspircd", "rss-kib/session").isEmpty());
            assertTrue(findings.ratio("idle", "inspircd", "rss-kib/session").isEmpty());
        }
    }

    @Nested
    class The_table {

        @Test
        void has_a_row_for_each_server() {
            threeRounds();

            assertTrue(
                    new Table(findings)
                            .of(MACHINE, 3, WORKLOADS)
                            .contains("| Parley 1, commit | 300 | 2.0 |  |  |  |  |"));
        }

        @Test
        void names_each_server_that_can_be_started() {
            for (var launcher : Target.launchers()) {
                found(1, launcher.name(), 5, true);
            }

            assertEquals(
                    List.of(
                            "Parley 1, commit",
                            "Parley 1, process",
                            "InspIRCd 1",
                            "ngIRCd 1",
                            "Ergo 1",
                            "the limit (C, 1)"),
                    findings.servers().stream().map(findings::title).toList());
        }

        @Test
        void says_that_something_was_lost() {
            found(1, "ngircd", 5, false);

            assertTrue(
                    new Table(findings)
                            .of(MACHINE, 1, WORKLOADS)
                            .contains("Lost, doubled or ended in 1 measurements of ngIRCd 1."));
        }
    }

    @Nested
    class The_picture {

        @Test
        void is_XML_with_a_bar_for_each_server() throws Exception {
            threeRounds();

            var picture = new Picture(findings).of(MACHINE, WORKLOADS);
            var parsed =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(picture)));

            assertEquals(2, parsed.getElementsByTagName("rect").getLength());
            assertTrue(picture.contains("prefers-color-scheme: dark"));
        }
    }
}
