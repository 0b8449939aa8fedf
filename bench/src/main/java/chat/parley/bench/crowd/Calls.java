package chat.parley.bench.crowd;

import chat.parley.bench.wire.Loop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/// Calls at one server, one after the other, by the generator that crowds are made of. For one
/// thread, which waits.
public final class Calls implements AutoCloseable {

    private static final int ANSWER_SECONDS = 60;

    private final Dialling dialling;
    private final Loop loop;

    public Calls(InetSocketAddress server) throws IOException {
        dialling = new Dialling(server);
        loop = Loop.start("calls");
    }

    /// Logs in by SASL PLAIN, up to the welcome, and goes without a word.
    ///
    /// @param from the number of the address to come from
    /// @return how long it took from before it connected, in nanoseconds
    public long logIn(String account, int from) throws IOException, InterruptedException {
        return call(
                from,
                say ->
                        new Errand.LoggingIn(
                                new Admission(
                                        LoginWay.SASL,
                                        account,
                                        LoginWay.password(account),
                                        "",
                                        say)));
    }

    /// Says one line, hears its answer, and goes without a word.
    ///
    /// @param from the number of the address to come from
    /// @param answer what the answer begins with, after its source
    /// @return how long it took from before it connected, in nanoseconds
    public long ask(String line, String answer, int from) throws IOException, InterruptedException {
        return call(from, say -> new Errand.Asking(() -> say.accept(line), answer));
    }

    private long call(int from, Function<Consumer<String>, Errand> errand)
            throws IOException, InterruptedException {
        var took = new CompletableFuture<CompletableFuture<Long>>();
        loop.execute(
                () -> took.complete(Caller.call(loop, dialling, Integer.toString(from), errand)));
        try {
            return took.thenCompose(Function.identity()).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("not answered: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("not answered within " + ANSWER_SECONDS + " seconds", e);
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
