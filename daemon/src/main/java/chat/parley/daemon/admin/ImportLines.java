package chat.parley.daemon.admin;

import chat.parley.daemon.auth.PasswordRule.Beside;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is to be imported, line by line: whether each may be an account here, and no two the same.
///
/// Adds nothing. For one thread; closing it wipes the passwords.
final class ImportLines implements AutoCloseable {

    private final UserDesk desk;
    private final Map<String, Integer> names = new HashMap<>(); // to the line; 0 is the database
    private final Map<String, Integer> certificates = new HashMap<>();
    private final List<Credentials> passwords = new ArrayList<>();
    private final List<Newcomer> exported = new ArrayList<>();
    private int mistakes;

    /// Who is told what is wrong, and where.
    interface Complaints {
        void about(int line, String why);
    }

    ImportLines(UserDesk desk) throws IOException {
        this.desk = desk;
        for (var account : desk.accounts().list()) {
            names.put(account.folded(), 0);
        }
    }

    void read(InputStream in, Complaints complaints) throws IOException {
        var lines = new SecretLines(in);
        for (var number = 1; !lines.isEnded(); number++) {
            var mistake =
                    lines.nextBeginsWith('{')
                            ? takeExported(lines, number)
                            : takePassword(lines, number);
            if (mistake.isPresent()) {
                mistakes++;
                complaints.about(number, mistake.get());
            }
        }
    }

    /// How many lines are wrong.
    int mistakes() {
        return mistakes;
    }

    /// Whose password is still to be hashed.
    List<Credentials> passwords() {
        return passwords;
    }

    /// Who comes with a hash.
    List<Newcomer> exported() {
        return exported;
    }

    private Optional<String> takePassword(SecretLines lines, int number) throws IOException {
        var line = lines.next();
        if (line.isEmpty() ? lines.isEnded() : line.get().isEmpty()) {
            return Optional.empty(); // the end, or a line with nothing in it
        }
        var credentials = line.flatMap(Credentials::ofPass);
        if (credentials.isEmpty()) {
            return Optional.of("not name:password in UTF-8");
        }
        passwords.add(credentials.get());
        var name = credentials.get().account();
        return objection(name, number)
                .or(() ->
                        desk.rule().objection(name, Beside.NOTHING, credentials.get().password()));
    }

    private Optional<String> takeExported(SecretLines lines, int number) throws IOException {
        var line = lines.nextText();
        if (line.isEmpty()) {
            return Optional.of("no line of an export: too long, or not UTF-8");
        }
        return switch (AccountLine.read(line.get())) {
            case AccountLine.Read.Mistake(var why) -> Optional.of(why);
            case AccountLine.Read.Whole(var newcomer) -> {
                exported.add(newcomer);
                var objection =
                        objection(newcomer.name(), number)
                                .or(() -> desk.hasher().objection(newcomer.hash()));
                yield objection.isPresent() ? objection : bound(newcomer, number);
            }
        };
    }

    private Optional<String> objection(String name, int number) {
        var objection = desk.objection(name);
        if (objection.isPresent()) {
            return objection;
        }
        var before = names.putIfAbsent(CaseMapping.fold(name), number);
        if (before == null) {
            return Optional.empty();
        }
        return Optional.of(
                before == 0
                        ? "there is an account " + name + " already"
                        : name + " stands on line " + before + " already");
    }

    private Optional<String> bound(Newcomer newcomer, int number) throws IOException {
        for (var fingerprint : newcomer.certificates()) {
            if (desk.certificates().owner(fingerprint).isPresent()) {
                return Optional.of("the key " + fingerprint + " opens another account");
            }
            var before = certificates.putIfAbsent(fingerprint, number);
            if (before != null) {
                return Optional.of(
                        "the key " + fingerprint + " stands on line " + before + " already");
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        passwords.forEach(Credentials::close);
    }
}
