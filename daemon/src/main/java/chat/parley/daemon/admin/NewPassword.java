package chat.parley.daemon.admin;

import chat.parley.protocol.JsonLine;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The options that say where a new password comes from, and how it is got.
final class NewPassword {

    private static final int TRIES = 3;

    @ArgGroup(exclusive = true)
    private Source source = new Source();

    /// At most one of the two.
    private static final class Source {

        @Option(
                names = "--password-stdin",
                description = "the password is the first line of standard input")
        private boolean stdin;

        @Option(
                names = "--generate",
                description =
                        "makes a good one and prints it, once it holds, alone on standard output")
        private boolean generate;
    }

    /// What to do with a password.
    interface Use {
        /// @return what is answered if it was done; empty if it was refused, and why told
        Optional<JsonLine> with(Secret password) throws IOException;
    }

    /// Gets a password that suits the account, uses it and wipes it. A generated one is shown only
    /// once it holds.
    ///
    /// @return the exit code
    int use(UserTool tool, UserDesk desk, String account, JsonAnswer answer, Use use)
            throws IOException {
        if (source.generate) {
            return useGenerated(tool, answer, use);
        }
        var given = source.stdin ? fromStdin(tool, desk, account) : typed(tool, desk, account);
        if (given.isEmpty()) {
            return source.stdin || isSomebodyThere ? UserTool.REFUSED : UserTool.WRONG_USE;
        }
        try (var password = given.get()) {
            var done = use.with(password);
            done.ifPresent(line -> answer.print(tool, line));
            return done.isPresent() ? UserTool.DONE : UserTool.REFUSED;
        }
    }

    private boolean isSomebodyThere;

    private static int useGenerated(UserTool tool, JsonAnswer answer, Use use) throws IOException {
        var chars = GeneratedPassword.make(new SecureRandom());
        try (var password = new Secret(chars)) {
            var done = use.with(password);
            done.ifPresent(line -> answer.print(tool, line, chars));
            return done.isPresent() ? UserTool.DONE : UserTool.REFUSED;
        }
    }

    private static Optional<Secret> fromStdin(UserTool tool, UserDesk desk, String account)
            throws IOException {
        var line = new SecretLines(tool.streams().in()).next();
        if (line.isEmpty()) {
            tool.say("there is no password on standard input, or it is not UTF-8");
            return Optional.empty();
        }
        return accepted(tool, desk, account, line.get());
    }

    private Optional<Secret> typed(UserTool tool, UserDesk desk, String account)
            throws IOException {
        for (var tries = 0; tries < TRIES; tries++) {
            var first = tool.streams().terminal().readPassword("Password for " + account + ": ");
            if (first.isEmpty()) {
                tool.say("there is no terminal to ask on: use --password-stdin or --generate");
                return Optional.empty();
            }
            isSomebodyThere = true;
            var password = accepted(tool, desk, account, new Secret(first.get()));
            if (password.isPresent() && isTypedAgain(tool, first.get())) {
                return password;
            }
            password.ifPresent(Secret::close);
        }
        return Optional.empty();
    }

    private static boolean isTypedAgain(UserTool tool, char[] first) {
        var second = tool.streams().terminal().readPassword("The same again: ").orElse(new char[0]);
        var same = Arrays.equals(first, second);
        Arrays.fill(second, '\0');
        if (!same) {
            tool.say("these were two different passwords");
        }
        return same;
    }

    /// The password if it may be used; otherwise it is wiped and the reason told.
    private static Optional<Secret> accepted(
            UserTool tool, UserDesk desk, String account, Secret password) throws IOException {
        var objection = desk.rule().objection(account, desk.beside(account), password);
        if (objection.isEmpty()) {
            return Optional.of(password);
        }
        password.close();
        tool.say(objection.get());
        return Optional.empty();
    }
}
