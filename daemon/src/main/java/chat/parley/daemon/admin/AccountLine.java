package chat.parley.daemon.admin;

import chat.parley.daemon.auth.TotpSeal;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.Account.Status;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.daemon.store.SecondFactors.Kept;
import chat.parley.protocol.JsonLine;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// An account as `parley-user export` prints it and `parley-user import` takes it: a line of JSON.
///
/// Without what it opens with (hash, key of an app, recovery codes) nothing in it is a secret, and
/// it cannot be imported. What is not known here is refused: a newer Parley may mean a restriction
/// by it.
final class AccountLine {

    private static final Set<String> MEMBERS =
            Set.of(
                    "name",
                    "role",
                    "status",
                    "created",
                    "oneTimeUntil",
                    "certificates",
                    "totp",
                    "hash",
                    "totpKey",
                    "totpStep",
                    "recoveryCodes");

    /// Of all brackets: more would be no line of ours, and deep ones would cost a parser its stack.
    private static final int MOST_BRACKETS = 3;

    private static final int HASH_OF_CODE = 64; // hexadecimal digits
    private static final int MOST_CODES = 64;

    private AccountLine() {}

    /// What came of reading one.
    sealed interface Read {

        record Whole(Newcomer account) implements Read {}

        record Mistake(String why) implements Read {}
    }

    /// Thrown and caught in here.
    private static final class Wrong extends Exception {

        private static final long serialVersionUID = 1;

        Wrong(String why) {
            super(why, null, false, false);
        }
    }

    /// @param withSecrets whether whoever has the line may guess the password at leisure
    static JsonLine of(
            Account account,
            List<String> certificates,
            Optional<Kept> secondFactor,
            boolean withSecrets) {
        var line =
                UserLists.object(account)
                        .withTexts("certificates", certificates)
                        .with("totp", secondFactor.isPresent());
        if (!withSecrets) {
            return line;
        }
        line.with("hash", account.hash());
        secondFactor.ifPresent(kept ->
                line.with("totpKey", kept.key())
                        .with("totpStep", kept.lastStep())
                        .withTexts("recoveryCodes", List.copyOf(new TreeSet<>(kept.codes()))));
        return line;
    }

    /// What it says; whether this may be an account here is for others to say.
    static Read read(String json) {
        try {
            return new Read.Whole(newcomer(members(json)));
        } catch (Wrong wrong) {
            return new Read.Mistake(String.valueOf(wrong.getMessage()));
        }
    }

    private static Map<String, Object> members(String json) throws Wrong {
        if (json.chars().filter(c -> c == '[' || c == '{').count() > MOST_BRACKETS) {
            throw new Wrong("no line of an export");
        }
        try {
            var options = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);
            var members = ConfigFactory.parseString(json, options).root().unwrapped();
            if (!MEMBERS.containsAll(members.keySet())) {
                throw new Wrong("no line of an export of this version: it has other members");
            }
            return members;
        } catch (ConfigException _) { // its message would show what stands there
            throw new Wrong("no line of an export: this is not JSON");
        }
    }

    private static Newcomer newcomer(Map<String, Object> members) throws Wrong {
        var name = text(members, "name");
        if (!members.containsKey("hash")) {
            throw new Wrong("no hash: export --with-hashes writes it");
        }
        return new Newcomer(
                name,
                text(members, "hash"),
                among(Role.class, members, "role"),
                among(Status.class, members, "status"),
                oneTimeUntil(members),
                certificates(members),
                secondFactor(name, members));
    }

    private static String text(Map<String, Object> members, String member) throws Wrong {
        if (members.get(member) instanceof String text) {
            return text;
        }
        throw new Wrong("no " + member + ", or it is no text");
    }

    private static <E extends Enum<E>> E among(
            Class<E> all, Map<String, Object> members, String member) throws Wrong {
        var text = text(members, member);
        try {
            return Enum.valueOf(all, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new Wrong("no such " + member);
        }
    }

    private static Optional<Instant> oneTimeUntil(Map<String, Object> members) throws Wrong {
        if (!members.containsKey("oneTimeUntil")) {
            return Optional.empty();
        }
        try {
            var until = Instant.parse(text(members, "oneTimeUntil"));
            return Optional.of(Instant.ofEpochMilli(until.toEpochMilli())); // as it is stored
        } catch (DateTimeParseException | ArithmeticException _) {
            throw new Wrong("oneTimeUntil is no time such as 2026-01-31T10:00:00Z");
        }
    }

    private static List<String> certificates(Map<String, Object> members) throws Wrong {
        var given = texts(members, "certificates");
        var digits = given.stream().flatMap(text -> Fingerprint.ofDigits(text).stream()).toList();
        if (digits.size() < given.size() || new HashSet<>(digits).size() < given.size()) {
            throw new Wrong("certificates are not different fingerprints of 64 digits");
        }
        return digits;
    }

    private static List<String> texts(Map<String, Object> members, String member) throws Wrong {
        if (members.getOrDefault(member, List.of()) instanceof List<?> list
                && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new Wrong(member + " is no array of texts");
    }

    /// Who had one does not come without it: the password may be too short to stand alone.
    private static Optional<Kept> secondFactor(String name, Map<String, Object> members)
            throws Wrong {
        if (!members.containsKey("totpKey")) {
            if (!members.getOrDefault("totp", false).equals(false)) {
                throw new Wrong("its second factor is missing: export --with-hashes writes it");
            }
            return Optional.empty();
        }
        var key = text(members, "totpKey");
        var codes = texts(members, "recoveryCodes");
        if (!new TotpSeal().isReadable(name, key)
                || !(members.get("totpStep") instanceof Number step)
                || codes.size() > MOST_CODES
                || !codes.stream().allMatch(AccountLine::isHashOfCode)) {
            throw new Wrong("its second factor cannot be read");
        }
        return Optional.of(new Kept(key, step.longValue(), Set.copyOf(codes), Instant.now()));
    }

    private static boolean isHashOfCode(String text) {
        return text.length() == HASH_OF_CODE
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
