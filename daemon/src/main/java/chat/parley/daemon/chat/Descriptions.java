package chat.parley.daemon.chat;

import chat.parley.daemon.store.Metadata;
import chat.parley.daemon.store.Metadata.Owner;
import chat.parley.protocol.ByteSize;
import chat.parley.protocol.CaseMapping;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What people and channels say of themselves (IRCv3 metadata): kept in the store, and held here
/// for whoever asks, so that nobody waits for the disk to look at it. Any thread.
///
/// Users of one account share its [Keys]. Those of accounts that were here stay in memory until the
/// daemon ends: only admins make accounts, and each has at most so many keys.
public final class Descriptions {

    private static final Logger LOG = LoggerFactory.getLogger(Descriptions.class);

    private final Metadata store;
    private final int most;
    private final MetadataSync sync;
    private final Map<Owner, Keys> ofAccounts = new ConcurrentHashMap<>();

    /// @param most how many keys an owner may have
    /// @param sendQueue what may wait for one session: half of it is the most it is told at once
    public Descriptions(Server server, Metadata store, int most, ByteSize sendQueue) {
        this.store = store;
        this.most = most;
        this.sync = new MetadataSync(server, sendQueue.bytes() / 2);
    }

    public MetadataSync sync() {
        return sync;
    }

    MetadataLines lines() {
        return sync.lines();
    }

    /// Those of an account, as they are on disk now. Waits for the log; what cannot be read is not
    /// there until the next change.
    Keys of(Person person) throws InterruptedException {
        var owner = owner(person);
        var keys = ofAccounts.computeIfAbsent(owner, _ -> new Keys());
        try {
            keys.learn(store.of(owner));
        } catch (IOException e) { // the user is in, if with nothing to show
            LOG.atError().setCause(e).log("metadata of an account not readable");
        }
        return keys;
    }

    /// Reads those of a channel.
    void restore(Owner.OfChannel channel, Keys keys) throws IOException, InterruptedException {
        keys.learn(store.of(channel));
    }

    private static Owner owner(Person person) {
        return new Owner.OfAccount(CaseMapping.fold(person.account()), person.since());
    }

    /// The same as below for an account.
    Outcome keep(User.Whose whose, Map<String, String> changes) throws InterruptedException {
        return keep(owner(whose.person()), whose.keys(), changes);
    }

    /// Keeps changes, and then they are so. Waits for the log.
    ///
    /// @param changes what each key is set to; empty to remove it
    Outcome keep(Owner owner, Keys keys, Map<String, String> changes) throws InterruptedException {
        try {
            var change = store.change(owner, changes, most);
            if (change.isEmpty()) {
                return new Outcome.NotStored();
            }
            keys.learn(change.get().now());
            return new Outcome.Kept(change.get().now(), change.get().refused());
        } catch (IOException _) { // the log has said why; here it is an answer
            return new Outcome.NotStored();
        }
    }
}
