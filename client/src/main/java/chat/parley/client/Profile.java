package chat.parley.client;

import chat.parley.client.link.Fingerprint;
import chat.parley.client.link.ServerAddress;
import chat.parley.client.ui.Taste;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A server by a name of one's own, and how one logs in there; see [Profiles].
///
/// @param join channels to join besides those the daemon joins one to
/// @param taste how things are shown
record Profile(
        String name,
        ServerAddress server,
        Optional<String> account,
        Optional<Path> authorities,
        Optional<Fingerprint> fingerprint,
        Optional<Request.KeyFiles> own,
        Optional<String> passwordCommand,
        List<String> join,
        Taste taste) {

    Profile {
        join = List.copyOf(join);
    }
}
