package chat.parley.daemon.command;

import chat.parley.daemon.chat.User;
import chat.parley.daemon.store.Memberships;
import chat.parley.protocol.Name;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which channels an account is put in again at its next login. Any reader's thread; holds nothing.
///
/// The command itself has happened, whether this can be kept or not.
final class Remembered {

    private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);

    private final Memberships memberships;

    Remembered(Memberships memberships) {
        this.memberships = memberships;
    }

    private interface Change {
        void run() throws IOException, InterruptedException;
    }

    void joined(User user, Name.Channel channel) throws InterruptedException {
        keep(() -> memberships.joined(user.account(), channel.text()));
    }

    void left(User user, Name.Channel channel) throws InterruptedException {
        keep(() -> memberships.left(user.account(), channel.text()));
    }

    private static void keep(Change change) throws InterruptedException {
        try {
            change.run();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("channels not remembered");
        }
    }
}
