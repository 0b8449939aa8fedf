package chat.parley.daemon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig.History.Durability;
import chat.parley.protocol.ByteSize;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

    @TempDir Path dir;

    @Nested
    class A_file {

        @Test
        void that_is_empty_means_all_defaults() throws Exception {
            var config = load("");

            assertEquals("localhost", config.name());
            assertEquals(List.of(new InetSocketAddress("0.0.0.0", 6697)), config.listen());
            assertEquals(ByteSize.ofKiB(64 * 1024), config.auth().argon2().memory());
            assertEquals(Durability.COMMIT, config.history().durability());
            assertEquals(10_000, config.limits().connections().total());
            assertEquals(ByteSize.ofKiB(512), config.limits().sendQueue());
            assertEquals(Duration.ofSeconds(30), config.limits().loginWithin());
            assertEquals(List.of("#lobby"), config.channels().autojoin());
        }

        @Test
        void is_the_place_where_relative_paths_start() throws Exception {
            var config =
                    load(
                            """
                            parley { data-dir = state, motd-file = motd.txt
                              tls { certificate = "../pem/c.crt", key = /etc/k.key } }
                            """);

            assertEquals(dir.resolve("conf/state"), config.dataDir());
            assertEquals(Optional.of(dir.resolve("conf/motd.txt")), config.motdFile());
            assertEquals(
                    new DaemonConfig.Tls.Pem(dir.resolve("pem/c.crt"), Path.of("/etc/k.key")),
                    config.tls().main());
        }

        @Test
        void may_name_a_keystore_instead_of_a_certificate() throws Exception {
            var config = load("parley.tls { keystore = k.p12, keystore-password-file = pw }");

            assertEquals(
                    new DaemonConfig.Tls.Pkcs12(
                            dir.resolve("conf/k.p12"), Optional.of(dir.resolve("conf/pw"))),
                    config.tls().main());
        }

        @Test
        void may_not_allow_a_message_that_no_peer_could_be_sent() {
            var problem =
                    assertThrows(
                            ConfigProblem.class,
                            () ->
                                    load(
                                            "parley.limits { send-queue = 64 KiB, multiline.bytes ="
                                                    + " 60 KiB }"));

            assertTrue(
                    String.valueOf(problem.getMessage())
                            .contains("does not fit into limits.send-queue"));
        }

        @Test
        void may_raise_limits_as_far_as_it_likes() throws Exception {
            var config =
                    load(
                            """
                            parley.limits {
                              frame = 1 MiB, send-queue = 1 GiB, inbox = 1000000, linger = 0s
                              rate { burst = 1000000000, every = 1ms }
                              connections { total = 1000000, per-address = 1000000 }
                            }
                            """);

            assertEquals(ByteSize.ofKiB(1024), config.limits().frame());
            assertEquals(1_000_000_000, config.limits().rate().burst());
            assertEquals(Duration.ZERO, config.limits().linger());
        }

        @Test
        void that_is_not_there_is_a_problem() {
            var problem =
                    assertThrows(
                            ConfigProblem.class,
                            () -> ConfigLoader.load(dir.resolve("none.conf"), Map.of()));

            assertTrue(problem.toString().contains("none.conf"), problem.toString());
            assertTrue(problem.toString().contains("--config FILE"), problem.toString());
        }
    }

    @Nested
    class What_is_kept {

        @Test
        void is_everything_unless_bounds_are_set() throws Exception {
            assertFalse(load("").history().keep().isBounded());
            assertFalse(
                    load("parley.history.keep { age = forever, size = Unlimited }")
                            .history()
                            .keep()
                            .isBounded());
        }

        @Test
        void has_bounds_in_all_and_for_single_channels() throws Exception {
            var keep =
                    load("""
                    parley.history.keep { age = 90d, size = 10 GiB, channels = [
                      { channel = "#Tea", age = forever }
                      { channel = "#bots", age = 7d, size = 100 MiB } ] }
                    """)
                            .history()
                            .keep();
            assertEquals(Optional.of(Duration.ofDays(90)), keep.all().age());
            assertEquals(OptionalLong.of(10L << 30), keep.all().bytes());
            assertEquals(
                    Optional.of(
                            new DaemonConfig.Keep.Bound(Optional.empty(), OptionalLong.empty())),
                    Optional.ofNullable(keep.channels().get("#tea")));
            assertEquals(
                    Optional.of(
                            new DaemonConfig.Keep.Bound(
                                    Optional.of(Duration.ofDays(7)), OptionalLong.of(100L << 20))),
                    Optional.ofNullable(keep.channels().get("#bots")));
        }

        @Test
        void has_no_bounds_that_make_no_sense() throws Exception {
            problem("parley.history.keep.age = 3s", ":1: history.keep.age is too short");
            problem("parley.history.keep.age = 30", "history.keep.age has no unit");
            problem("parley.history.keep.size = 1 B", ":1: history.keep.size is too small");
            problem("parley.history.keep.channels = [{ age = 1d }]", "no channel can be called");
            problem(
                    "parley.history.keep.channels = [{ channel = \"#a\", days = 1 }]",
                    ":1: days is not known");
            problem(
                    "parley.history.keep.channels = [{ channel = \"#a\" }, { channel = \"#A\" }]",
                    ":1: #A stands there twice");
            problem("parley.history.keep.channels = [\"#a\"]", "history.keep.channels cannot be");
        }
    }

    @Nested
    class Addresses_to_listen_on {

        @Test
        void are_host_and_port() throws Exception {
            var config = load("parley.listen = [\"127.0.0.1:0\", \"[::1]:6697\", \"*:1\"]");

            assertEquals(
                    List.of(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                            new InetSocketAddress(InetAddress.ofLiteral("::1"), 6697),
                            new InetSocketAddress(1)),
                    config.listen());
        }

        @Test
        void are_refused_when_they_are_not() throws Exception {
            for (var wrong : List.of("6697", "host", "::1:6697", "h:99999", "", "a b:1")) {
                var all = problem("parley.listen = [\"" + wrong + "\"]", ":1: cannot listen on");
                assertFalse(all.contains("is empty"), all);
            }
            problem("parley.listen = []", ":1: listen is empty");
        }
    }

    @Nested
    class Web_clients {

        @Test
        void have_nowhere_to_connect_to_unless_it_is_said() throws Exception {
            assertEquals(
                    new DaemonConfig.WebSocket(List.of(), Set.of(), "/"), load("").webSocket());
        }

        @Test
        void have_addresses_origins_and_a_path() throws Exception {
            var config =
                    load(
                            """
                            parley.websocket {
                              listen = ["127.0.0.1:8097", "127.0.0.1:0"], path = /irc/
                              origins = ["https://Chat.example.org", "http://localhost:8080",
                                "https://[::1]:8443", "tauri://localhost"]
                            }
                            """);

            assertEquals(
                    new DaemonConfig.WebSocket(
                            List.of(
                                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8097),
                                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0)),
                            Set.of(
                                    "https://chat.example.org",
                                    "http://localhost:8080",
                                    "https://[::1]:8443",
                                    "tauri://localhost"),
                            "/irc/"),
                    config.webSocket());
        }

        @Test
        void have_no_port_that_lines_have() throws Exception {
            problem(
                    "parley { listen = [\"127.0.0.1:6697\"]\n websocket.listen = [\"127.0.0.1:6697\"] }",
                    ":2: websocket.listen and listen have the same address",
                    "a port of its own");
            load("parley { listen = [\"127.0.0.1:0\"], websocket.listen = [\"127.0.0.1:0\"] }");
            problem("parley.websocket.listen = [\"8097\"]", ":1: cannot listen on \"8097\"");
        }

        @Test
        void are_not_named_by_what_no_browser_says() throws Exception {
            for (var wrong :
                    List.of(
                            "chat.example.org",
                            "https://chat.example.org/",
                            "https://chat.example.org/app",
                            "https://",
                            "https://a b",
                            "https://*.example.org",
                            "https://bücher.example",
                            "*",
                            "null",
                            "")) {
                problem(
                        "parley.websocket.origins = [\n\"" + wrong + "\"]",
                        ":1: \"" + wrong + "\" is not an origin",
                        "https://chat.example.org, no path");
            }
            for (var needless : List.of("https://chat.example.org:443", "http://localhost:80")) {
                problem(
                        "parley.websocket.origins = [\"" + needless + "\"]",
                        ":1: \"" + needless + "\" is not an origin",
                        "leave out the port");
            }
        }

        @Test
        void have_a_path_that_is_one() throws Exception {
            for (var wrong : List.of("irc", "", "/a b", "/?x", "/%2f")) {
                problem(
                        "parley.websocket.path = \"" + wrong + "\"",
                        ":1: websocket.path cannot be \"" + wrong + "\"",
                        "begin with /");
            }
        }
    }

    @Nested
    class An_icon_of_the_network {

        @Test
        void is_an_https_address_which_may_leave_the_size_open() throws Exception {
            for (var url :
                    List.of("https://example.org/i.svg", "https://example.org/i?size={size}")) {
                assertEquals(
                        Optional.of(url),
                        load("parley.network-icon = \"" + url + "\"").networkIcon());
            }
            assertEquals(Optional.empty(), load("parley {}").networkIcon());
        }

        @Test
        void is_refused_when_it_is_anything_else() throws Exception {
            for (var wrong :
                    List.of(
                            "http://example.org/i.svg",
                            "icon.svg",
                            "https://",
                            "https://example.org/a b",
                            "https://example.org/ä",
                            "https://example.org/" + "i".repeat(200))) {
                problem("parley.network-icon = \"" + wrong + "\"", ":1: network-icon cannot be");
            }
        }
    }

    @Nested
    class A_mistake {

        @Test
        void in_a_key_has_its_line_and_the_key_that_was_meant() throws Exception {
            problem(
                    "parley {\n  limits {\n    send-que = 1 MiB\n  }\n}",
                    "parley.conf:3: limits.send-que is not known\n"
                            + "  hint: did you mean limits.send-queue?");
            problem("parley {\n  frame = 1 KiB }", ":2: frame is not known", "limits.frame?");
            problem("parley.colour = red", ":1: colour is not known", "lists all settings");
            problem("parley { tls = 5 }", ":1: tls is not known", "tls is a group");
            problem("limits { inbox = 5 }", ":1: limits is not known", "inside parley { … }");
        }

        @Test
        void in_a_unit_has_a_hint() throws Exception {
            problem(
                    "parley.limits.silence = 120",
                    ":1: limits.silence has no unit: 120",
                    "10s, 500ms or 2m");
            problem("parley.limits.frame = 512", "has no unit", "512 B");
            problem("parley.limits.silence = 5 parsecs", ":1: limits.silence cannot be");
            problem("parley.limits.frame = 5 furlongs", ":1: limits.frame cannot be");
            problem("parley.limits.frame = 4 GiB", "limits.frame is too large", "2047 MiB");
        }

        @Test
        void in_a_value_has_a_hint() throws Exception {
            problem("parley.limits.frame = 80 B", "too small: 80 B", "at least 512 B");
            problem("parley.limits.inbox = 0", "limits.inbox cannot be 0", "at least 1");
            problem("parley.limits.inbox = many", "limits.inbox cannot be");
            problem("parley.limits.inbox = [1]", "limits.inbox cannot be");
            problem("parley.limits.login-within = 0s", "limits.login-within is too short");
            problem("parley.auth.argon2 { lanes = 4, memory = 16 KiB }", "at least 32 KiB");
            problem("parley.history.durability = maybe", "commit or process");
            problem("parley.identity.nick = any", "account or free");
            problem("parley.name = \"a b\"", "name cannot be \"a b\"");
            problem("parley.channels.autojoin = [lobby]", "no channel can be called \"lobby\"");
        }

        @Test
        void in_the_syntax_has_its_line() throws Exception {
            problem("parley {\n  name = [x\n}\n", "parley.conf:", "missing quote");
        }

        @Test
        void is_not_the_only_one_that_is_told() throws Exception {
            var problem =
                    problem(
                            "parley { nam = x\n limits { inbox = 0\n silence = 5 } }",
                            ":1: nam is not known");

            assertTrue(problem.contains(":2: limits.inbox"), problem);
            assertTrue(problem.contains(":3: limits.silence"), problem);
        }
    }

    @Nested
    class The_environment {

        @Test
        void has_the_last_word() throws Exception {
            var config =
                    ConfigLoader.load(
                            write("parley { name = file, limits.inbox = 5 }"),
                            Map.of(
                                    "CONFIG_FORCE_parley_name", "forced",
                                    "CONFIG_FORCE_parley_data__dir", "/srv/p",
                                    "CONFIG_FORCE_parley_limits_send__queue", "1 MiB",
                                    "CONFIG_FORCE_parley_listen", "127.0.0.1:1, 127.0.0.1:2",
                                    "CONFIG_FORCE_parley_limits_inbox", "7"));

            assertEquals("forced", config.name());
            assertEquals(Path.of("/srv/p"), config.dataDir());
            assertEquals(ByteSize.ofKiB(1024), config.limits().sendQueue());
            assertEquals(2, config.listen().size());
            assertEquals(7, config.limits().inbox());
        }

        @Test
        void is_substituted_where_the_file_asks_for_it() throws Exception {
            var file = write("parley { name = file, name = ${?PARLEY_NAME} }");

            assertEquals("file", ConfigLoader.load(file, Map.of()).name());
            assertEquals("env", ConfigLoader.load(file, Map.of("PARLEY_NAME", "env")).name());
        }

        @Test
        void is_named_when_the_mistake_is_there() throws Exception {
            var file = write("");
            var problem =
                    assertThrows(
                            ConfigProblem.class,
                            () ->
                                    ConfigLoader.load(
                                            file,
                                            Map.of(
                                                    "CONFIG_FORCE_parley_limits_inbox", "x",
                                                    "CONFIG_FORCE_parley_nam", "y")));

            assertTrue(
                    problem.toString()
                            .contains("environment variable CONFIG_FORCE_parley_limits_inbox"),
                    problem.toString());
            assertTrue(
                    problem.toString()
                            .contains("environment variable CONFIG_FORCE_parley_nam: nam"),
                    problem.toString());
        }
    }

    private String problem(String text, String... parts) throws Exception {
        var message = assertThrows(ConfigProblem.class, () -> load(text), text).toString();
        for (var part : parts) {
            assertTrue(message.contains(part), message);
        }
        assertTrue(message.contains("hint: "), message);
        return message;
    }

    private DaemonConfig load(String text) throws Exception {
        return ConfigLoader.load(write(text), Map.of());
    }

    private Path write(String text) throws Exception {
        return Files.writeString(
                Files.createDirectories(dir.resolve("conf")).resolve("parley.conf"), text);
    }
}
