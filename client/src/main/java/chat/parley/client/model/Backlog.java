package chat.parley.client.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What was said and what happened in one conversation, oldest first; the oldest are forgotten.
///
/// @param next the number of the next entry
/// @param isWhole whether the daemon has nothing older
/// @param weight how many characters are kept
/// @param hidden how many of the oldest were fetched and not shown, as they had been read before
public record Backlog(List<Entry> entries, long next, boolean isWhole, long weight, int hidden) {

    /// Entries of one conversation: more than anybody scrolls back.
    static final int LONGEST = 2000;

    private static final Backlog EMPTY = new Backlog(List.of(), 1, false, 0, 0);

    public Backlog {
        entries = List.copyOf(entries);
    }

    static Backlog empty() {
        return EMPTY;
    }

    /// The same with one more at its end, as it was just said.
    Backlog plus(String id, String label, Line line, Entry.State state) {
        return inserted(entries.size(), id, label, line, state);
    }

    /// The same with one more where its time belongs: what was fetched is older than what is here.
    Backlog insert(String id, Line line, Instant at) {
        var index = entries.size();
        while (index > 0 && timeOf(entries.get(index - 1)).isAfter(at)) {
            index--;
        }
        return inserted(index, id, "", line, Entry.State.STORED);
    }

    private Backlog inserted(int at, String id, String label, Line line, Entry.State state) {
        var more = new ArrayList<>(entries);
        var one = new Entry(next, id, label, line, state, Reactions.none());
        more.add(at, one);
        var gone = more.size() > LONGEST ? more.removeFirst().weight() : 0;
        return new Backlog(
                more,
                next + 1,
                isWhole && more.size() > entries.size(),
                weight + one.weight() - gone,
                gone > 0 ? Math.max(0, hidden - 1) : hidden);
    }

    Backlog replace(Entry changed) {
        return of(
                entries.stream()
                        .map(one -> one.number() == changed.number() ? changed : one)
                        .toList(),
                isWhole);
    }

    Backlog without(Entry gone) {
        return of(entries.stream().filter(one -> one.number() != gone.number()).toList(), isWhole);
    }

    /// The younger half: what is kept in all has its bound too.
    Backlog halved() {
        return of(entries.subList((entries.size() + 1) / 2, entries.size()), false);
    }

    Backlog hiding(int oldest) {
        return new Backlog(entries, next, isWhole, weight, oldest);
    }

    /// The youngest of those that were not shown.
    List<Entry> hidden(int most) {
        return entries.subList(Math.max(0, hidden - most), Math.min(hidden, entries.size()));
    }

    Backlog whole() {
        return new Backlog(entries, next, true, weight, hidden);
    }

    public Optional<Entry> byId(String id) {
        return id.isEmpty() ? Optional.empty() : last(one -> one.id().equals(id));
    }

    /// Whether this is here. Where the daemon gives no ids, what was said at the same moment in the
    /// same words is the same.
    boolean has(String id, Line.Said line) {
        return id.isEmpty()
                ? last(one ->
                                one.line() instanceof Line.Said said
                                        && said.at().equals(line.at())
                                        && said.who().equals(line.who())
                                        && said.text().equals(line.text()))
                        .isPresent()
                : byId(id).isPresent();
    }

    Optional<Entry> byLabel(String label) {
        return label.isEmpty() ? Optional.empty() : last(one -> one.label().equals(label));
    }

    public Optional<Entry> byNumber(long number) {
        return last(one -> one.number() == number);
    }

    /// The newest that is like this.
    Optional<Entry> last(Predicate<Entry> wanted) {
        return entries.reversed().stream().filter(wanted).findFirst();
    }

    /// The oldest and the newest that the daemon has a name for, or a time where it gives none.
    Optional<Entry> oldestStored() {
        return entries.stream()
                .filter(one -> !one.id().isEmpty())
                .findFirst()
                .or(() -> entries.stream().filter(Entry::isSaid).findFirst());
    }

    Optional<Entry> newestStored() {
        return last(one -> !one.id().isEmpty() && one.state() == Entry.State.STORED)
                .or(() -> last(Entry::isSaid));
    }

    static Instant timeOf(Entry entry) {
        return switch (entry.line()) {
            case Line.Said said -> said.at();
            case Line.Happened happened -> happened.at();
            case Line.Note _, Line.Trouble _ -> Instant.MIN;
        };
    }

    private Backlog of(List<Entry> changed, boolean whole) {
        var gone = Math.max(0, entries.size() - changed.size());
        var weighs = changed.stream().mapToLong(Entry::weight).sum();
        return new Backlog(changed, next, whole, weighs, Math.max(0, hidden - gone));
    }
}
