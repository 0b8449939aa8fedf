package chat.parley.protocol.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeTest {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455 1.3

    /// As RFC 6455 1.2 has it.
    private static final String GOOD =
            """
            GET /chat HTTP/1.1
            Host: server.example.com
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13
            """;

    private static Upgrade upgrade(String request) throws IOException {
        var in =
                new ByteArrayInputStream(
                        request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return switch (RequestHead.read(in)) {
            case RequestHead.Read.Good(var head) -> Upgrade.of(head);
            case RequestHead.Read.Bad(var why) -> new Upgrade.Refused(why);
        };
    }

    private static Upgrade.Wanted wanted(String fields) throws IOException {
        return (Upgrade.Wanted) upgrade(GOOD + fields + "\n");
    }

    private static void refuses(Refusal why, String request) throws IOException {
        assertEquals(new Upgrade.Refused(why), upgrade(request), request);
    }

    @Nested
    class A_request {

        @Test
        void is_good_as_the_RFC_has_it() throws IOException {
            assertEquals(
                    new Upgrade.Wanted("/chat", Optional.empty(), KEY, Optional.empty()),
                    wanted(""));
        }

        @Test
        void may_be_as_browsers_send_it() throws IOException {
            var request =
                    """
                    GET /?x=1 HTTP/1.1
                    Host: localhost:8097
                    Connection: keep-alive, Upgrade
                    Pragma: no-cache
                    Upgrade: WebSocket
                    Origin: https://chat.example.org
                    Sec-WebSocket-Version: 13
                    Accept-Encoding: gzip, deflate, br, zstd
                    Cookie: session=%s
                    Sec-WebSocket-Key: %s
                    Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits
                    Sec-WebSocket-Protocol: text.ircv3.net, binary.ircv3.net

                    """
                            .formatted("x".repeat(8000), KEY);
            assertEquals(
                    new Upgrade.Wanted(
                            "/",
                            Optional.of("https://chat.example.org"),
                            KEY,
                            Optional.of(SubProtocol.TEXT)),
                    upgrade(request));
        }

        @Test
        void is_read_to_its_end_and_no_further() throws IOException {
            var in = new ByteArrayInputStream((GOOD + "\nframes").getBytes(StandardCharsets.UTF_8));
            assertTrue(RequestHead.read(in) instanceof RequestHead.Read.Good);
            assertEquals("frames", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }

        @Test
        void that_is_cut_off_is_a_broken_wire() {
            for (var cut = 0; cut < GOOD.length(); cut++) {
                var part = GOOD.substring(0, cut);
                assertThrows(EOFException.class, () -> upgrade(part));
            }
        }
    }

    @Nested
    class The_sub_protocol {

        @Test
        void is_the_first_of_the_clients_that_we_speak() throws IOException {
            var protocol = "Sec-WebSocket-Protocol: ";
            assertEquals(
                    Optional.of(SubProtocol.BINARY),
                    wanted(protocol + "soap,binary.ircv3.net ,text.ircv3.net\n").subProtocol());
            assertEquals(
                    Optional.of(SubProtocol.TEXT),
                    wanted(protocol + "soap\n" + protocol + "text.ircv3.net, binary.ircv3.net\n")
                            .subProtocol());
        }

        @Test
        void need_not_be_named_but_must_not_be_another() throws IOException {
            assertEquals(Optional.empty(), wanted("").subProtocol());
            refuses(
                    Refusal.NO_SUB_PROTOCOL,
                    GOOD + "Sec-WebSocket-Protocol: soap, TEXT.ircv3.net\n\n");
        }
    }

    @Nested
    class Refused {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CAP LS 302\n",
                    "NICK ann\n",
                    "\n",
                    "GET /chat\n",
                    "GET  /chat HTTP/1.1\n",
                    "GET /chat HTTP/1.1 \n",
                    "GET /ch at HTTP/1.1\n",
                    "GET /\u00fc HTTP/1.1\n",
                    "G\0T / HTTP/1.1\n",
                    "\u0016\u0003\u0001 / HTTP/1.1\n"
                })
        void is_what_is_not_HTTP(String request) throws IOException {
            refuses(Refusal.NOT_HTTP, request + "\n");
        }

        @Test
        void is_another_version_of_HTTP() throws IOException {
            refuses(Refusal.HTTP_VERSION, GOOD.replace("HTTP/1.1", "HTTP/1.0") + "\n");
            refuses(Refusal.HTTP_VERSION, "PRI * HTTP/2.0\n\nSM\n\n");
        }

        @Test
        void is_another_method() throws IOException {
            refuses(Refusal.METHOD, GOOD.replace("GET", "POST") + "\n");
            refuses(Refusal.METHOD, GOOD.replace("GET", "get") + "\n");
        }

        @Test
        void is_a_line_without_end() throws IOException {
            refuses(Refusal.TARGET_TOO_LONG, "GET /" + "x".repeat(RequestHead.LONGEST_LINE));
            refuses(Refusal.TARGET_TOO_LONG, "x".repeat(RequestHead.LONGEST_LINE));
        }

        @Test
        void is_a_head_without_end() throws IOException {
            refuses(Refusal.TOO_LARGE, GOOD + "X-Long: " + "x".repeat(RequestHead.LONGEST));
            refuses(Refusal.TOO_LARGE, GOOD + "X: y\n".repeat(RequestHead.MOST_FIELDS));
            refuses(
                    Refusal.TOO_LARGE,
                    GOOD + ("X: " + "y".repeat(250) + "\n").repeat(RequestHead.LONGEST / 250));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "no colon",
                    ": no name",
                    "Space : before the colon",
                    " folded: line",
                    "\tfolded",
                    "X: control\u0001character",
                    "X: a carriage\rreturn",
                    "X: NUL\0",
                    "N\u00e4me: x",
                    "Content-Length: 5",
                    "Content-Length: 0\nContent-Length: 7",
                    "Transfer-Encoding: chunked",
                    "Host: another.example.com",
                    "Origin: https://a.example\nOrigin: https://b.example"
                })
        void is_a_head_that_is_none(String fields) throws IOException {
            refuses(Refusal.BAD_REQUEST, GOOD + fields + "\n\n");
        }

        @Test
        void is_a_request_without_a_host_or_a_path() throws IOException {
            refuses(Refusal.BAD_REQUEST, GOOD.replace("Host: server.example.com\n", "") + "\n");
            refuses(Refusal.BAD_REQUEST, GOOD.replace("/chat", "*") + "\n");
            refuses(Refusal.BAD_REQUEST, GOOD.replace("/chat", "http://x/chat") + "\n");
        }

        @Test
        void is_what_does_not_ask_for_a_WebSocket() throws IOException {
            refuses(Refusal.NO_UPGRADE, "GET / HTTP/1.1\nHost: x\n\n");
            refuses(Refusal.NO_UPGRADE, GOOD.replace("Upgrade: websocket", "Upgrade: h2c") + "\n");
            refuses(
                    Refusal.NO_UPGRADE,
                    GOOD.replace("Connection: Upgrade", "Connection: keep-alive") + "\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"8", "14", "13, 8", "", "x"})
        void is_another_version_of_WebSocket(String version) throws IOException {
            refuses(
                    Refusal.WEBSOCKET_VERSION,
                    GOOD.replace("Version: 13", "Version: " + version) + "\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "x",
                    "dGhlIHNhbXBsZSBub25jZ",
                    "dGhlIHNhbXBsZSBub25jZQ===",
                    "AAAA",
                    "dGhlIHNhbXBsZSBub25jZSBhbmQgbW9yZQ=="
                })
        void is_a_key_that_is_none(String key) throws IOException {
            refuses(Refusal.BAD_KEY, GOOD.replace(KEY, key) + "\n");
        }

        @Test
        void are_two_keys() throws IOException {
            refuses(Refusal.BAD_KEY, GOOD + "Sec-WebSocket-Key: " + KEY + "\n\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_is_an_answer_that_a_person_can_read(Refusal why) {
        var answer = new String(HttpAnswer.refusing(why), StandardCharsets.US_ASCII);
        var parts = answer.split("\r\n\r\n", -1);
        assertEquals(2, parts.length, answer);
        assertTrue(answer.startsWith("HTTP/1.1 " + why.status() + " "), answer);
        assertTrue(parts[0].contains("Connection: close\r\n"), answer);
        assertTrue(parts[0].contains("Content-Length: " + parts[1].length()), answer);
        // RFC 9110 15.5.22: a 426 says which protocol, and RFC 9110 7.8: Connection says so too
        assertEquals(
                why.status() == 426,
                parts[0].contains("Upgrade: websocket\r\n")
                        && parts[0].contains("Connection: Upgrade\r\n"),
                answer);
    }

    @Test
    void the_good_answer_names_what_was_agreed_on_and_nothing_else() {
        var with =
                new String(
                        HttpAnswer.switching("accept", Optional.of(SubProtocol.TEXT)),
                        StandardCharsets.US_ASCII);
        assertEquals(
                """
                HTTP/1.1 101 Switching Protocols
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Accept: accept
                Sec-WebSocket-Protocol: text.ircv3.net

                """,
                with.replace("\r\n", "\n"));
        var without =
                new String(
                        HttpAnswer.switching("accept", Optional.empty()),
                        StandardCharsets.US_ASCII);
        assertEquals(with.replace("Sec-WebSocket-Protocol: text.ircv3.net\r\n", ""), without);
    }
}
