package chat.parley.daemon.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The settings below `tls`. That the files exist and are good is seen when they are read.
final class TlsFiles {

    private final Settings settings;
    private final Path folder;

    /// @param folder where relative paths start
    TlsFiles(Settings settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
    }

    DaemonConfig.Tls all() {
        var certificate = path(settings, "tls.certificate").orElse(at("../certs/parley.crt"));
        var key = path(settings, "tls.key").orElse(at("../certs/parley.key"));
        var main =
                keystore(settings, "tls.")
                        .orElseGet(() -> new DaemonConfig.Tls.Pem(certificate, key));
        return new DaemonConfig.Tls(main, more(), path(settings, "tls.client-authorities"));
    }

    private List<DaemonConfig.Tls.Files> more() {
        return settings.groups("tls.more").stream()
                .flatMap(group -> one(group).stream())
                .distinct()
                .toList();
    }

    private Optional<DaemonConfig.Tls.Files> one(Settings group) {
        var keystore = keystore(group, "");
        var certificate = path(group, "certificate");
        var key = path(group, "key");
        if (keystore.isPresent() == (certificate.isPresent() || key.isPresent())
                || certificate.isPresent() != key.isPresent()) {
            settings.problem(
                    "tls.more",
                    "each group of tls.more names a certificate and its key, or a keystore",
                    "write { certificate = other.crt, key = other.key }");
            return Optional.empty();
        }
        return keystore.or(() ->
                Optional.of(
                        new DaemonConfig.Tls.Pem(certificate.orElseThrow(), key.orElseThrow())));
    }

    private Optional<DaemonConfig.Tls.Files> keystore(Settings from, String prefix) {
        var keystore = path(from, prefix + "keystore");
        var password = path(from, prefix + "keystore-password-file");
        return keystore.map(file -> new DaemonConfig.Tls.Pkcs12(file, password));
    }

    private Optional<Path> path(Settings from, String key) {
        return from.text(key).map(this::at);
    }

    private Path at(String path) {
        return folder.resolve(path).normalize();
    }
}
