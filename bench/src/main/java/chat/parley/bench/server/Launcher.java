package chat.parley.bench.server;

import java.io.IOException;
import java.nio.file.Path;

/// A kind of server that we can start, configured so that no limit of its own is measured.
public sealed interface Launcher permits Parley, InspIrcd, NgIrcd, Ergo, FanOutOnly {

    /// What may wait for one peer, at every server alike: a megabyte.
    int SEND_QUEUE = 1 << 20;

    /// As it is called in results.
    String name();

    /// What to do to have it; empty if it is there.
    String missing();

    /// A fresh one, with all that it keeps in this folder.
    ///
    /// @param sessions how many will come; each has an account if the server has accounts
    Server start(Path work, int sessions) throws IOException, InterruptedException;
}
