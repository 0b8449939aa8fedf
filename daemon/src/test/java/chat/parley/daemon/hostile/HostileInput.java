package chat.parley.daemon.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What stands around and behind a command in the matrix of [LoginWall]. `{n}` is somebody's nick
/// and account, `{c}` a channel, `{sasl}` an answer of SASL PLAIN.
final class HostileInput {

    private HostileInput() {}

    /// Those that go to the bottom of most handlers.
    private static final List<String> PARAMETERS =
            List.of(
                    "",
                    "{c}",
                    "{n} :orange",
                    "{c} :orange",
                    "{c} {n}",
                    "{n} {c}",
                    "+ {n},eve",
                    "* %tcuihsnfdlaor,7",
                    "LATEST {c} * 100",
                    "in={c};from={n};text=e",
                    "+b draft/multiline {c}",
                    "{c} GET url",
                    "*ALL SYNC",
                    "* SUB url",
                    "REQ :echo-message {n}",
                    "{sasl}",
                    "-1 99999999999 +1",
                    "a b c d e f g h i j k l m n o p q r s t",
                    ":\u0001VERSION\u0001",
                    "{c} :\u0000\u0007\u001b[2J\u202e",
                    "{c} :a\rPRIVMSG {c} :orange",
                    "{c} :" + Peer.NOT_UTF8 + " orange",
                    "{n} :" + "x".repeat(600));

    private static final List<String> MORE =
            List.of(
                    "{n}",
                    "{n} {n}",
                    "#lobby +o {n}",
                    "*!*@* o",
                    "TARGETS * * 100",
                    "END 1",
                    "LS 302",
                    "{n}:orange",
                    "0",
                    "{n} " + "x".repeat(300),
                    "{n} LIST",
                    "{n},{c},#lobby :orange",
                    "*",
                    ":",
                    "::",
                    ": {n}",
                    ",",
                    ",,{n},",
                    "#",
                    "#*",
                    "&{n}",
                    "@{c} :orange",
                    "+{c} :orange",
                    "~{n} :orange",
                    "$* :orange",
                    "$parley.example :orange",
                    "parley.example {n}",
                    "{n}!{n}@parley.example :orange",
                    "{n}@parley.example :orange",
                    "eve",
                    "eve :orange",
                    "#lobby",
                    "#lobby eve",
                    "#lobby {n} :orange",
                    "{c} +b",
                    "{c} +k orange",
                    "{c} -i+v-o {n} {n} {n}",
                    "{n} +o",
                    "C",
                    "L",
                    "S",
                    "BEFORE {n} timestamp=2099-01-01T00:00:00.000Z 50",
                    "BETWEEN {c} msgid=1-1 msgid=9-9 50",
                    "{c} 1-1",
                    "{c} 1-1 :orange",
                    "{c} timestamp=2099-01-01T00:00:00.000Z",
                    "{n} SET url :orange",
                    "{c} CLEAR",
                    "*ALL LIST",
                    "PLAIN",
                    "EXTERNAL",
                    "+",
                    "=",
                    "{n} 0 * :{n}",
                    "END OTHERS",
                    "LIST",
                    "\t{n}",
                    "a\u200bb \u0430nn",
                    "%s%n$1\\ ${jndi:ldap://{n}/}",
                    "' OR 1=1 -- {n}",
                    "../../{n}",
                    "{c} :\nPRIVMSG {c} :orange",
                    "x".repeat(450));

    /// Each parameter behind the command, and the command in other clothes.
    static List<String> lines(String command, boolean all) {
        var lines = new ArrayList<String>();
        PARAMETERS.forEach(given -> lines.add((command + " " + given).stripTrailing()));
        if (all) {
            MORE.forEach(given -> lines.add(command + " " + given));
        }
        var lower = command.toLowerCase(Locale.ROOT);
        lines.add("   " + lower + "   {c}   :orange");
        lines.add(":{n}!~{n}@parley.example " + command + " {c} :orange");
        lines.add("@label=7 " + command + " {n} :orange");
        lines.add("@label=7;+draft/reply=1-1;account={n};time=x;batch=b " + lower + " {c} orange");
        lines.add("@" + "x".repeat(200) + "=\\s\\: " + command + " {n}");
        return lines;
    }

    /// A few, for commands that do not exist here.
    static List<String> few(String command) {
        return List.of(
                command,
                command.toLowerCase(Locale.ROOT) + " {c} :orange",
                command + " {n} :orange",
                "@label=1;+x=y :{n}!{n}@parley.example " + command + " #lobby hello");
    }
}
