package chat.parley.daemon.config;

import chat.parley.protocol.ByteSize;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// All that `parley.conf` can say, checked and with its units; made by [ConfigLoader], never
/// changed.
///
/// @param name the daemon's own name, the source of its replies, such as `chat.example.org`
/// @param network the name of the network, shown in the welcome and in ISUPPORT
/// @param networkIcon where clients find an image for the network, if there is one
/// @param dataDir the one directory that holds all state
/// @param listen where to listen; port 0 asks the system for a free one
/// @param webSocket where to listen for web clients
/// @param motdFile the message of the day, if there is one
/// @param metricsListen where numbers are shown, loopback addresses; nowhere by default
public record DaemonConfig(
        String name,
        String network,
        Optional<String> networkIcon,
        Path dataDir,
        List<InetSocketAddress> listen,
        WebSocket webSocket,
        Optional<Path> motdFile,
        Tls tls,
        Channels channels,
        Identity identity,
        Auth auth,
        History history,
        Audit audit,
        List<InetSocketAddress> metricsListen,
        Limits limits) {

    public DaemonConfig {
        listen = List.copyOf(listen);
        metricsListen = List.copyOf(metricsListen);
    }

    /// @param listen where to listen; nowhere by default
    /// @param origins of the web pages that may connect, as browsers say them: `https://host`
    /// @param path where the WebSocket is, such as `/`
    public record WebSocket(List<InetSocketAddress> listen, Set<String> origins, String path) {

        public WebSocket {
            listen = List.copyOf(listen);
            origins = Set.copyOf(origins);
        }
    }

    /// What the daemon shows in TLS, and whom it asks for.
    ///
    /// @param main its certificate, for whoever asks for no name or for one that nobody else has
    /// @param more certificates for other names, or of another kind for the same name
    /// @param clientAuthorities PEM certificates of those who must have signed a client's
    ///   certificate; none if it does not matter who signed it
    public record Tls(Files main, List<Files> more, Optional<Path> clientAuthorities) {

        public Tls {
            more = List.copyOf(more);
        }

        /// One certificate, and it does not matter who signed those of clients.
        public Tls(Files main) {
            this(main, List.of(), Optional.empty());
        }

        /// Where a certificate and its key come from: two PEM files, or one PKCS#12 file.
        public sealed interface Files {}

        public record Pem(Path certificate, Path key) implements Files {}

        /// @param passwordFile a file whose first line opens the keystore; none for an empty
        ///   password
        public record Pkcs12(Path keystore, Optional<Path> passwordFile) implements Files {}
    }

    /// @param autojoin the channels everybody is in after login
    /// @param create who starts channels that were not there before
    public record Channels(List<String> autojoin, Create create) {

        /// Who starts a channel.
        public enum Create {
            /// Everybody.
            MEMBERS,

            /// Operators of the server.
            OPERATORS
        }

        public Channels {
            autojoin = List.copyOf(autojoin);
        }
    }

    public record Identity(Nick nick) {

        /// What nick a session may carry.
        public enum Nick {
            /// The account's name, always.
            ACCOUNT,
            /// Any nick that is nobody else's account; for networks that migrate.
            FREE
        }
    }

    /// @param argon2 the price of a password; a cheaper stored hash is raised at the next login
    /// @param threads how many passwords are hashed at once
    /// @param waiting how many logins may wait for a hashing thread
    /// @param attempts wrong passwords on one connection before it is ended
    /// @param pepperFile a key that each password is keyed with before it is hashed; none by
    ///   default
    /// @param commonPasswords a file of passwords that nobody may take, besides those we know
    public record Auth(
            Argon2 argon2,
            int threads,
            int waiting,
            int attempts,
            Optional<Path> pepperFile,
            Optional<Path> commonPasswords,
            Invite invite,
            Totp totp) {}

    /// @param requiredFor roles that cannot do without a second factor
    public record Totp(Set<RoleName> requiredFor) {

        public Totp {
            requiredFor = Set.copyOf(requiredFor);
        }
    }

    /// The roles that an account can have.
    public enum RoleName {
        MEMBER,
        OPERATOR,
        ADMIN,
        BOT
    }

    /// Passwords for one login.
    ///
    /// @param valid how long one opens the account, unless the invitation says otherwise
    /// @param changeWithin from the first login with it until there must be another
    public record Invite(Duration valid, Duration changeWithin) {}

    public record Argon2(ByteSize memory, int passes, int lanes) {}

    /// How much of what was said is kept.
    ///
    /// @param all for all that has no bounds of its own, taken together
    /// @param channels the bounds of single channels, by their folded names
    public record Keep(Bound all, Map<String, Bound> channels) {

        /// @param age how long; empty for ever
        /// @param bytes how much; empty without a bound
        public record Bound(Optional<Duration> age, OptionalLong bytes) {

            public boolean isAnything() {
                return age.isPresent() || bytes.isPresent();
            }
        }

        public Keep {
            channels = Map.copyOf(channels);
        }

        /// Whether there is anything that would not be kept.
        public boolean isBounded() {
            return all.isAnything() || channels.values().stream().anyMatch(Bound::isAnything);
        }
    }

    /// @param replay how many lines of a channel a device that was away is told at most; 0 for none
    /// @param redactWithin how long one may take back what one has said; zero for as long as one
    ///   likes
    public record History(Durability durability, int replay, Duration redactWithin, Keep keep) {

        /// When a message counts as kept.
        public enum Durability {
            /// Flushed to the disk: survives loss of power.
            COMMIT,
            /// Handed to the operating system: survives `kill -9` only.
            PROCESS
        }
    }

    /// @param keep how long the files of the audit log are kept; empty for ever
    public record Audit(Optional<Duration> keep) {}

    /// Every bound on what a peer controls.
    ///
    /// @param frame the longest line without tags, line ending included
    /// @param tags the longest tags section a client may send, `@` and space included
    /// @param beforeLogin the longest line before login, line ending included
    /// @param sendQueue what may wait for one peer
    /// @param sendQueueTotal what may wait for all peers together, in bytes
    /// @param inbox how many requests may wait for one channel
    /// @param channelsPerUser how many channels one user may be in
    /// @param multiline what a message of several lines may be
    /// @param handshakeWithin from accept to the end of the TLS handshake
    /// @param loginWithin from the end of the handshake to login
    /// @param silence how long a peer may be silent before it gets a PING
    /// @param pongWithin how long it then has to answer
    /// @param writeWithin how long one write may take
    /// @param linger how long a user whose last session was lost stays
    /// @param drainWithin how long a graceful stop may take
    public record Limits(
            ByteSize frame,
            ByteSize tags,
            ByteSize beforeLogin,
            Rate rate,
            Connections connections,
            ByteSize sendQueue,
            long sendQueueTotal,
            int inbox,
            int channelsPerUser,
            Multiline multiline,
            Metadata metadata,
            Duration handshakeWithin,
            Duration loginWithin,
            Duration silence,
            Duration pongWithin,
            Duration writeWithin,
            Duration linger,
            Duration drainWithin) {}

    /// What people and channels may say of themselves (IRCv3 metadata).
    ///
    /// @param keys how many keys one account or channel may have
    /// @param keySize the longest name of a key
    /// @param valueSize the longest value
    /// @param subscriptions how many keys one session may subscribe to
    public record Metadata(int keys, ByteSize keySize, ByteSize valueSize, int subscriptions) {}

    /// A session's budget of commands.
    ///
    /// @param burst how much may be spent at once
    /// @param every the time in which one is earned back
    /// @param patience how long a session may be held back without a pause before it is ended
    public record Rate(int burst, Duration every, Duration patience) {}

    /// A message of several lines.
    ///
    /// @param bytes its whole text, line feeds included
    /// @param lines how many there may be
    /// @param within from the beginning of its batch to the end
    public record Multiline(ByteSize bytes, int lines, Duration within) {}

    /// @param total connections in all
    /// @param perAddress connections from one IPv4 address or one IPv6 /64
    /// @param beforeLogin connections that have not logged in
    /// @param perAccount sessions that one account may have at once
    public record Connections(int total, int perAddress, int beforeLogin, int perAccount) {}
}
