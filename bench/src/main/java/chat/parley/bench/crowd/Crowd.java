package chat.parley.bench.crowd;

import chat.parley.bench.wire.Loop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/// The sessions of one measurement. Made, asked and closed by one thread; the members are their
/// loops'.
public final class Crowd implements AutoCloseable {

    private static final int ANSWER_SECONDS = 60;

    /// Who is to be there.
    ///
    /// @param channels none is possible: then everybody is only logged in
    /// @param speakers in all channels together
    /// @param text bytes of what is said
    /// @param timedOneIn one in so many listeners notes how long each message took
    /// @param atOnce how many come in at the same time
    /// @param threads loops
    public record Plan(
            LoginWay way,
            String names,
            int sessions,
            int channels,
            int speakers,
            int text,
            int timedOneIn,
            int atOnce,
            int threads) {

        public Plan {
            if (sessions < 1 || threads < 1 || atOnce < 1 || timedOneIn < 1) {
                throw new IllegalArgumentException("at least one of each");
            }
            if (text < Mark.LENGTH) {
                throw new IllegalArgumentException("a text has at least " + Mark.LENGTH + " bytes");
            }
            if (channels > 0 && (speakers < channels || speakers > sessions)) {
                throw new IllegalArgumentException("one speaker for each channel, or more");
            }
        }

        /// One room of a thousand, or as many as are asked for.
        int speakersOfRoom(int room) {
            return speakers / channels + (room < speakers % channels ? 1 : 0);
        }
    }

    private final Dialling dialling;
    private final Plan plan;
    private final List<Ear> ears = new ArrayList<>();
    private final List<Room> rooms = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final List<Member> speakers = new ArrayList<>();

    private Crowd(Dialling dialling, Plan plan) throws IOException {
        this.dialling = dialling;
        this.plan = plan;
        for (var i = 0; i < plan.threads(); i++) {
            ears.add(new Ear(Loop.start("loop-" + i)));
        }
        for (var i = 0; i < plan.channels(); i++) {
            rooms.add(new Room(i, "#bench" + i, plan.speakersOfRoom(i)));
        }
    }

    /// Everybody, logged in and where they belong.
    public static Crowd gather(Dialling dialling, Plan plan)
            throws IOException, InterruptedException {
        var crowd = new Crowd(dialling, plan);
        var door = new Door(plan.atOnce());
        for (var i = 0; i < plan.sessions(); i++) {
            crowd.members.add(door.admit(crowd.member(i, false), dialling));
        }
        door.awaitAll();
        crowd.members.stream().filter(Member::isSpeaker).forEach(crowd.speakers::add);
        return crowd;
    }

    /// Members come in by turns: the first of each room are its speakers, and those live on the
    /// first loop, where the talking is done.
    private Member member(int number, boolean late) {
        var room = plan.channels() == 0 ? null : rooms.get(number % plan.channels());
        var place = plan.channels() == 0 ? 0 : number / plan.channels();
        var speaker = room != null && !late && place < room.speakers() ? place : -1;
        var ear = speaker >= 0 ? ears.getFirst() : ears.get(number % ears.size());
        var timed = number % plan.timedOneIn() == plan.timedOneIn() - 1;
        var role = new Member.Role(plan.names() + number, room, speaker, timed, late);
        return new Member(ear, role, plan.way(), plan.text());
    }

    /// One more listener, while others are speaking.
    public CompletableFuture<Member> more(int number) {
        var member = member(number, true);
        member.ear().loop().execute(() -> member.open(dialling));
        return member.in();
    }

    public Plan plan() {
        return plan;
    }

    Dialling dialling() {
        return dialling;
    }

    List<Member> speakers() {
        return speakers;
    }

    /// Those who came first, in order.
    public List<Member> members() {
        return members;
    }

    Loop firstLoop() {
        return ears.getFirst().loop();
    }

    /// How many deliveries there were.
    public long heard() {
        return sum(Ear::heard);
    }

    /// How many deliveries there should have been so far.
    public long expected() {
        var expected = 0L;
        for (var room : rooms) {
            expected += room.expected();
        }
        return expected;
    }

    /// How many deliveries one message makes, on the average.
    public double audience() {
        return rooms.stream().mapToInt(Room::audience).average().orElse(0);
    }

    /// How much was said.
    public long said() {
        return rooms.stream().mapToLong(Room::all).sum();
    }

    /// Sessions that were in and have been ended, the deaf ones left out.
    public long gone() {
        return sum(Ear::goneSoFar);
    }

    /// Messages in the wrong room, or cut.
    public long strayed() {
        return sum(Ear::strayedSoFar);
    }

    public String lastGoodbye() {
        return ears.stream().map(Ear::lastGoodbye).filter(s -> !s.isEmpty()).findAny().orElse("");
    }

    /// The processor time of the loops.
    public long cpuNanos() {
        return sum(ear -> ear.loop().cpuNanos());
    }

    private long sum(ToLongFunction<Ear> what) {
        return ears.stream().mapToLong(what).sum();
    }

    /// From now on what is said is timed; what was timed before is forgotten.
    public void startTimes() throws InterruptedException {
        var now = System.nanoTime();
        for (var ear : ears) {
            on(
                    ear,
                    () -> {
                        ear.startTimes(now);
                        return now;
                    });
        }
    }

    /// How long each delivery took since then, in microseconds.
    public Histogram times() throws InterruptedException {
        var all = new Histogram(TimeUnit.MINUTES.toMicros(1), 3);
        for (var ear : ears) {
            all.add(on(ear, () -> ear.times().copy()));
        }
        return all;
    }

    /// What those who are still there have missed or heard twice, once all should be in.
    public Ledger.Faults faults() throws InterruptedException {
        var all = Ledger.Faults.NONE;
        for (var member : members) {
            if (!member.isDeaf()) {
                all = all.plus(on(member.ear(), member::faults));
            }
        }
        return all;
    }

    /// Has the members do something, each on its own thread, and waits.
    public void each(List<Member> some, Consumer<Member> act) throws InterruptedException {
        for (var member : some) {
            on(
                    member.ear(),
                    () -> {
                        act.accept(member);
                        return member;
                    });
        }
    }

    private static <T> T on(Ear ear, Supplier<T> what) throws InterruptedException {
        var answer = new CompletableFuture<T>();
        ear.loop().execute(() -> answer.complete(what.get()));
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a loop does not answer", e);
        }
    }

    @Override
    public void close() {
        members.forEach(member -> member.ear().loop().execute(member::drop));
        ears.forEach(ear -> ear.loop().close());
    }

    /// So many at a time come in.
    private static final class Door {

        private final Semaphore turns;
        private final List<CompletableFuture<Member>> coming = new ArrayList<>();

        Door(int atOnce) {
            turns = new Semaphore(atOnce);
        }

        Member admit(Member member, Dialling dialling) throws IOException, InterruptedException {
            turns.acquire();
            coming.add(member.in().whenComplete((_, _) -> turns.release()));
            member.ear().loop().execute(() -> member.open(dialling));
            return member;
        }

        void awaitAll() throws IOException, InterruptedException {
            for (var one : coming) {
                try {
                    one.get(5, TimeUnit.MINUTES);
                } catch (ExecutionException e) {
                    throw new IOException("somebody could not come in: " + e.getCause(), e);
                } catch (TimeoutException e) {
                    throw new IOException("somebody has not come in within five minutes", e);
                }
            }
        }
    }
}
