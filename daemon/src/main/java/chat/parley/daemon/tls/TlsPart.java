package chat.parley.daemon.tls;

import chat.parley.daemon.config.DaemonConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What can be renewed by itself: files that make sense together. A pure value.
sealed interface TlsPart {

    /// A certificate and its key.
    record Certificate(DaemonConfig.Tls.Files files) implements TlsPart {}

    /// Who must have signed the certificates of clients.
    record Authorities(Path file) implements TlsPart {}

    /// All files it is read from.
    default List<Path> paths() {
        return switch (this) {
            case Certificate(DaemonConfig.Tls.Pem(var certificate, var key)) ->
                    List.of(certificate, key);
            case Certificate(DaemonConfig.Tls.Pkcs12(var keystore, var password)) ->
                    Stream.concat(Stream.of(keystore), password.stream()).toList();
            case Authorities(var file) -> List.of(file);
        };
    }
}
