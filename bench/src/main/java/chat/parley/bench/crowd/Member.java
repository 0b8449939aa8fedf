package chat.parley.bench.crowd;

import chat.parley.bench.wire.TlsLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One session: comes in, then counts what it hears; a speaker also speaks. Belongs to its loop's
/// thread.
public final class Member implements TlsLink.Listener, Lines.Taker {

    /// What a member is to be.
    ///
    /// @param speaker which of the room's speakers; negative for one that only listens
    /// @param late whether others may be speaking when it comes
    record Role(String account, @Nullable Room room, int speaker, boolean timed, boolean late) {}

    private final Ear ear;
    private final Role role;
    private final Admission admission;
    private final Lines lines;
    private final Ledger ledger;
    private final byte[] saying; // a line whose mark is written anew each time
    private final int mark;
    private final CompletableFuture<Member> in = new CompletableFuture<>();
    private @Nullable TlsLink link;
    private int heardNow; // in the piece that is being taken
    private boolean deaf;
    private boolean present; // is waited for
    private long saidBefore; // it came
    private String gone = "";

    /// @param text how long what is said is
    Member(Ear ear, Role role, LoginWay way, int text) {
        this.ear = ear;
        this.role = role;
        var room = role.room();
        var channel = room == null ? "" : room.channel();
        var password = LoginWay.password(role.account());
        admission = new Admission(way, role.account(), password, channel, this::say);
        lines = new Lines(this, text);
        ledger = new Ledger(room == null ? 0 : room.speakers(), role.late());
        saying = role.speaker() < 0 ? new byte[0] : Mark.line(channel, text);
        mark = Mark.at(saying);
    }

    /// Complete once it is in, exceptionally if it is refused.
    CompletableFuture<Member> in() {
        return in;
    }

    void open(Dialling dialling) {
        try {
            link = dialling.open(ear.loop(), role.account(), this);
        } catch (IOException e) {
            closed(e.toString());
        }
    }

    /// Says the next thing.
    ///
    /// @param due when it should be said, as [System#nanoTime]
    void speak(long due) {
        var room = role.room();
        if (room != null && gone.isEmpty()) {
            var number = room.says(role.speaker());
            Mark.write(saying, mark, room.number(), role.speaker(), number, due);
            send(ByteBuffer.wrap(saying));
        }
    }

    /// Any line.
    public void say(String line) {
        send(ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.UTF_8)));
    }

    private void send(ByteBuffer line) {
        if (link != null) {
            link.send(line);
        }
    }

    /// Stops reading, or reads again; it is not waited for any more.
    public void deafen(boolean yes) {
        if (yes && !deaf) {
            leaveRoom();
            deaf = true;
        }
        if (link != null) {
            link.deafen(yes);
        }
    }

    /// Goes without a word.
    public void drop() {
        if (link != null) {
            link.drop();
        }
    }

    /// Why it is over; empty if it is not.
    public String gone() {
        return gone;
    }

    public boolean isDeaf() {
        return deaf;
    }

    public boolean isSpeaker() {
        return role.speaker() >= 0;
    }

    Ear ear() {
        return ear;
    }

    public String account() {
        return role.account();
    }

    private void enterRoom() {
        if (role.room() != null) {
            role.room().came();
            saidBefore = saidByOthers();
            present = true;
        }
    }

    private void leaveRoom() {
        if (role.room() != null && present) {
            present = false;
            role.room().went(saidByOthers() - saidBefore - ledger.heard());
        }
    }

    private long saidByOthers() {
        var room = role.room();
        if (room == null) {
            return 0;
        }
        return room.all() - (isSpeaker() ? room.said().get(role.speaker()) : 0);
    }

    /// Where everything that was said should be in.
    Ledger.Faults faults() {
        var room = role.room();
        return room == null ? Ledger.Faults.NONE : ledger.faults(room.said(), role.speaker());
    }

    @Override
    public void connected() {
        admission.connected();
    }

    @Override
    public void received(byte[] bytes, int count) {
        heardNow = 0;
        lines.received(bytes, count);
        if (heardNow > 0) {
            ear.heard(heardNow);
        }
    }

    @Override
    public void line(byte[] bytes, int from, int to, int mark) {
        var room = role.room();
        if (mark >= 0 && room != null) {
            if (mark + Mark.LENGTH > to || Mark.room(bytes, mark) != room.number()) {
                ear.strayed();
            } else {
                heardNow++;
                ledger.heard(Mark.speaker(bytes, mark), Mark.number(bytes, mark));
                if (role.timed()) {
                    ear.time(Mark.time(bytes, mark));
                }
            }
        } else {
            // A crowd's joins are many and say nothing.
            other(bytes, from, to);
        }
    }

    private void other(byte[] bytes, int from, int to) {
        var line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        var words = Admission.words(line);
        if (words[0].equals("PING")) {
            say("PONG " + line.substring(line.indexOf("PING ") + 5));
        } else if (!in.isDone()) {
            admission.line(line);
            switch (admission.state()) {
                case COMING -> {}
                case IN -> {
                    enterRoom();
                    in.complete(this);
                }
                case REFUSED -> {
                    in.completeExceptionally(new IOException(admission.why()));
                    drop();
                }
            }
        } else if (words[0].equals("ERROR")) {
            ear.told(line);
        }
    }

    @Override
    public void closed(String why) {
        gone = why;
        leaveRoom();
        in.completeExceptionally(new IOException(why));
        ear.gone(this);
    }
}
