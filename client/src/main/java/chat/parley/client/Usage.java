package chat.parley.client;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/// What `--help` and `--version` print. The README holds the same text.
final class Usage {

    private static final String TEXT =
            """
            parley: talk, securely. A client for Parley and other IRCv3 daemons with TLS and SASL.

            Usage:
              parley [[user@]host[:port]] [options]       talk; the port is 6697 unless given
              parley send TARGET [TEXT|-] [options]       say TEXT, or each line of the standard input
              parley tail TARGET [options]                print what is said, until interrupted
              parley passwd [options]                     give yourself a new password; other sessions end
              parley sessions [end NUMBER|all] [options]  list where you are logged in, or end it there
              parley totp [ACTION] [options]              the second factor of your account: status,
                                                          enable, codes (new recovery codes), disable

            TARGET is a channel, such as '#lobby' (quote it), or a nick. `send` ends with 0 only when the
            daemon has echoed every message, which is its word that they are kept.

            Which server and account:
              -s, --server [user@]host[:port]   for all but talking; else PARLEY_SERVER, else localhost
              -u, --user NAME                   else the user before the @, PARLEY_USER or USER

            The password (never an argument: everybody on the machine could read it):
              --password-stdin                  the first line of the standard input; for passwd the new
                                                one is the second
              --password-command CMD            the first line CMD prints; sh runs it
              PARLEY_PASSWORD                   a variable; your other processes, root, and whatever the
                                                shell records can see it: good for a container, poor elsewhere
              else it is asked for on the terminal, without echo.
              --totp                            the account has a second factor: ask for the code of the app,
                                                or a recovery code; without it, after a first refusal. A link
                                                that broke comes back when you give a new one (/code)

            Whom to trust: the system's certificate authorities, else a key you accepted before, else you are
            asked on the terminal. Keys are kept in ~/.config/parley/known_servers; a changed key stops everything.
              --ca FILE                         only the authorities in FILE (PEM)
              --pin sha256/KEY                  only this key, as the daemon prints it

            Talk:
              -j, --join CHANNEL                join it too; may be repeated. /help lists the commands
              --no-color                        also by NO_COLOR, TERM=dumb, or a pipe

            Tail:
              --json                            one object a line: time, id, channel, from, account, kind, text
              -n, --count N                     end after N messages
              --for TIME                        end after TIME, such as 30s, 5m, 1h

              -h, --help    -V, --version

            Exit codes:
            """;

    private Usage() {}

    static String text() {
        return TEXT
                + Arrays.stream(ExitCode.values())
                        .map(code -> "  " + code.number() + "  " + code.meaning() + "\n")
                        .collect(Collectors.joining());
    }

    static String version() {
        var version = Usage.class.getPackage().getImplementationVersion();
        return "parley " + Objects.requireNonNullElse(version, "(not packaged)");
    }
}
