package chat.parley.daemon.auth;

import chat.parley.daemon.store.GuardRow;
import chat.parley.daemon.store.GuardRow.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What [LoginGuard] counts, in memory, and what of it is to be written down.
///
/// The guard's lock guards it. Memory is bounded: of what a peer can make up, the least recently
/// used is forgotten; the rest grows with the accounts that there are. What is failed at names that
/// nobody has is kept apart, so that it cannot displace what was failed at accounts.
final class GuardTables {

    /// Of each thing that a peer can make up. Each takes some hundred bytes.
    static final int REMEMBERED = 10_000;

    /// Networks and devices of one account.
    static final int KNOWN_PLACES = 16;

    static final Duration KNOWN_FOR = Duration.ofDays(180);

    /// Failures of a network, and those at a name that nobody has.
    static final Duration FAILED_FOR = Duration.ofDays(1);

    private static final int WAITING_TO_BE_WRITTEN = 3 * REMEMBERED;

    /// What is counted: an account, a place, or both.
    record Key(Kind kind, String account, String place) {}

    /// Something that is counted, where it is found again.
    record Entry(Key key, Tally tally) {}

    private record Pair(String account, String network) {}

    /// A place that an account has logged in from.
    private static final class Known {
        private final Tally tally;
        private long rightAt;

        Known(Tally tally, long rightAt) {
            this.tally = tally;
            this.rightAt = rightAt;
        }
    }

    /// Attempts at an account from places that it never logged in from.
    private record Strangers(Tally first, Tally again, Tally all) {

        Strangers(long now) {
            this(
                    new Tally(GuardRules.FIRST, now),
                    new Tally(GuardRules.AGAIN, now),
                    new Tally(GuardRules.STRANGERS, now));
        }

        Tally of(Kind kind) {
            return switch (kind) {
                case FIRST -> first;
                case AGAIN -> again;
                case STRANGERS, KNOWN, PAIR, NETWORK -> all;
            };
        }
    }

    private final Map<String, Map<String, Known>> known = new HashMap<>(); // by account
    private final Map<Pair, Tally> pairs = new Recent<>(REMEMBERED);
    private final Map<String, Tally> networks = new Recent<>(REMEMBERED);
    private final Map<String, Strangers> accounts = new HashMap<>(); // that there are
    private final Map<String, Strangers> names = new Recent<>(REMEMBERED); // that may be none
    private final Set<Key> changed = new LinkedHashSet<>();

    /// The place, if the account has logged in from there lately.
    Optional<Entry> known(String account, String place, long now) {
        var found = places(account).get(place);
        return found != null && now - found.rightAt < KNOWN_FOR.toNanos()
                ? Optional.of(new Entry(new Key(Kind.KNOWN, account, place), found.tally))
                : Optional.empty();
    }

    private Map<String, Known> places(String account) {
        return known.getOrDefault(account, Map.of());
    }

    Entry pair(String account, String network, long now) {
        var tally =
                pairs.computeIfAbsent(
                        new Pair(account, network), _ -> new Tally(GuardRules.PAIR, now));
        return new Entry(new Key(Kind.PAIR, account, network), tally);
    }

    Entry network(String network, long now) {
        var tally = networks.computeIfAbsent(network, _ -> new Tally(GuardRules.NETWORK, now));
        return new Entry(new Key(Kind.NETWORK, "", network), tally);
    }

    /// @param kind FIRST, AGAIN or STRANGERS
    Entry strangers(Kind kind, String account, long now) {
        return new Entry(new Key(kind, account, ""), strangers(account, now).of(kind));
    }

    private Strangers strangers(String account, long now) {
        var lasting = accounts.get(account);
        if (lasting != null) {
            return lasting;
        }
        var passing = names.get(account);
        if (passing == null || passing.all().isOlderThan(FAILED_FOR, now)) {
            passing = new Strangers(now);
            names.put(account, passing);
        }
        return passing;
    }

    /// There is such an account: what was failed at it is not forgotten before its time.
    void exists(String account, long now) {
        if (!accounts.containsKey(account)) {
            accounts.put(account, strangers(account, now));
            names.remove(account);
        }
    }

    /// The account has logged in from there.
    void learn(String account, String place, long now) {
        var places = known.computeIfAbsent(account, _ -> new Places());
        var found = places.remove(place);
        var fresh = found == null ? new Known(new Tally(GuardRules.KNOWN, now), now) : found;
        fresh.tally.clear(now);
        fresh.rightAt = now;
        places.put(place, fresh); // as the newest
        changed(new Key(Kind.KNOWN, account, place));
    }

    /// The account has logged in: what was failed in a row is over, wherever.
    void endRows(String account) {
        var strangers = accounts.get(account);
        if (strangers != null && strangers.all().endRow()) {
            changed(new Key(Kind.STRANGERS, account, ""));
        }
        for (var place : places(account).entrySet()) {
            if (place.getValue().tally.endRow()) {
                changed(new Key(Kind.KNOWN, account, place.getKey()));
            }
        }
    }

    /// Forgets what the network failed at the account.
    void clearPair(String account, String network, long now) {
        var tally = pairs.get(new Pair(account, network));
        if (tally != null) {
            tally.clear(now);
            changed(new Key(Kind.PAIR, account, network));
        }
    }

    /// Forgets what was failed at the account.
    void clear(String account, long now) {
        forEachOf(
                account,
                (key, tally) -> {
                    tally.clear(now);
                    changed(key);
                });
    }

    /// Forgets what was failed at the name while nobody had it.
    void added(String account) {
        names.remove(account);
    }

    /// Forgets the account itself.
    void forget(String account) {
        forEachOf(account, (key, _) -> changed.remove(key));
        accounts.remove(account);
        names.remove(account);
        known.remove(account);
        pairs.keySet().removeIf(pair -> pair.account().equals(account));
    }

    private void forEachOf(String account, BiConsumer<Key, Tally> what) {
        var strangers = accounts.containsKey(account) ? accounts.get(account) : names.get(account);
        if (strangers != null) {
            for (var kind : List.of(Kind.FIRST, Kind.AGAIN, Kind.STRANGERS)) {
                what.accept(new Key(kind, account, ""), strangers.of(kind));
            }
        }
        places(account)
                .forEach((place, one) ->
                        what.accept(new Key(Kind.KNOWN, account, place), one.tally));
        pairs.forEach((pair, tally) -> {
            if (pair.account().equals(account)) {
                what.accept(new Key(Kind.PAIR, account, pair.network()), tally);
            }
        });
    }

    /// It is to be written down, if there is such an account.
    void changed(Key key) {
        if (changed.size() < WAITING_TO_BE_WRITTEN) { // the disk does not take any
            changed.add(key);
        }
    }

    /// What is to be written down, this many at most; they count as written from here on.
    List<GuardRow> takeChanges(int most, long now, Instant wall) {
        var rows = new ArrayList<GuardRow>();
        var keys = changed.iterator();
        while (keys.hasNext() && rows.size() < most) {
            var key = keys.next();
            keys.remove();
            row(key, now, wall).ifPresent(rows::add);
        }
        return rows;
    }

    private Optional<GuardRow> row(Key key, long now, Instant wall) {
        var tally = find(key);
        if (tally == null) {
            return Optional.empty();
        }
        var place = key.kind() == Kind.KNOWN ? places(key.account()).get(key.place()) : null;
        return Optional.of(
                new GuardRow(
                        key.kind(),
                        key.account(),
                        key.place(),
                        tally.strikes().countThen(),
                        tally.inARow(),
                        wall.minusNanos(now - tally.strikes().countedAt()),
                        place == null ? Instant.EPOCH : wall.minusNanos(now - place.rightAt)));
    }

    private @Nullable Tally find(Key key) {
        return switch (key.kind()) {
            case KNOWN -> {
                var place = places(key.account()).get(key.place());
                yield place == null ? null : place.tally;
            }
            case PAIR -> pairs.get(new Pair(key.account(), key.place()));
            case NETWORK -> networks.get(key.place());
            case FIRST, AGAIN, STRANGERS -> {
                var strangers = accounts.get(key.account()); // never of a name that may be none
                yield strangers == null ? null : strangers.of(key.kind());
            }
        };
    }

    /// Takes back what was written down, by this daemon or the one before.
    void restore(GuardRow row, long now, Instant wall) {
        var failedAt = now - age(row.failedAt(), wall);
        var tally = new Tally(GuardRules.of(row.kind()), row.strikes(), row.inARow(), failedAt);
        switch (row.kind()) {
            case KNOWN ->
                    known.computeIfAbsent(row.account(), _ -> new Places())
                            .put(row.place(), new Known(tally, now - age(row.rightAt(), wall)));
            case PAIR -> pairs.put(new Pair(row.account(), row.place()), tally);
            case NETWORK -> networks.put(row.place(), tally);
            case FIRST, AGAIN, STRANGERS -> {
                var all = accounts.computeIfAbsent(row.account(), _ -> new Strangers(now));
                accounts.put(
                        row.account(),
                        new Strangers(
                                row.kind() == Kind.FIRST ? tally : all.first(),
                                row.kind() == Kind.AGAIN ? tally : all.again(),
                                row.kind() == Kind.STRANGERS ? tally : all.all()));
            }
        }
    }

    /// What the clock says is later than now is now.
    private static long age(Instant then, Instant wall) {
        var age = Duration.between(then, wall);
        return age.isNegative() ? 0 : Math.min(age.toMillis(), KNOWN_FOR.toMillis()) * 1_000_000;
    }

    /// How many things are remembered, in all.
    int size() {
        return known.values().stream().mapToInt(Map::size).sum()
                + pairs.size()
                + networks.size()
                + accounts.size()
                + names.size()
                + changed.size();
    }

    /// A map that forgets what was not used for longest.
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1;

        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }

    /// The places of one account, the one that it logged in from last at the end.
    private static final class Places extends LinkedHashMap<String, Known> {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > KNOWN_PLACES;
        }
    }
}
