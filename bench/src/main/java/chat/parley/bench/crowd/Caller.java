package chat.parley.bench.crowd;

import chat.parley.bench.wire.Loop;
import chat.parley.bench.wire.TlsLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who connects for one thing, and is gone when it is done. Belongs to its loop's thread.
final class Caller implements TlsLink.Listener, Lines.Taker {

    private final Errand errand;
    private final Lines lines = new Lines(this, Mark.LENGTH);
    private final CompletableFuture<Long> took = new CompletableFuture<>();
    private final long began = System.nanoTime();
    private @Nullable TlsLink link;

    private Caller(Function<Consumer<String>, Errand> errand) {
        this.errand = errand.apply(this::say);
    }

    /// The loop's thread.
    ///
    /// @param from whose address to come from
    /// @return completed with the nanoseconds from before it connects until it is done
    static CompletableFuture<Long> call(
            Loop loop, Dialling dialling, String from, Function<Consumer<String>, Errand> errand) {
        var caller = new Caller(errand);
        try {
            caller.link = dialling.open(loop, from, caller);
        } catch (IOException e) {
            caller.closed(e.toString());
        }
        return caller.took;
    }

    private void say(String line) {
        if (link != null) {
            link.send(ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void connected() {
        errand.connected();
    }

    @Override
    public void received(byte[] bytes, int count) {
        lines.received(bytes, count);
    }

    @Override
    public void line(byte[] bytes, int from, int to, int mark) {
        if (took.isDone()) {
            return;
        }
        var line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        switch (errand.line(line)) {
            case GOING_ON -> {}
            case DONE -> {
                took.complete(System.nanoTime() - began);
                go();
            }
            case REFUSED -> {
                took.completeExceptionally(new IOException(line));
                go();
            }
        }
    }

    private void go() {
        if (link != null) {
            link.drop();
        }
    }

    @Override
    public void closed(String why) {
        took.completeExceptionally(new IOException(why));
    }
}
