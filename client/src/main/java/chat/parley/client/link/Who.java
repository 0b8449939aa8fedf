package chat.parley.client.link;

import chat.parley.protocol.Credentials;
import java.util.Optional;

/// Who logs in, and by what.
///
/// @param credentials an empty password stands for none: then the key is what opens (SASL EXTERNAL)
/// @param device the name to log in by, where the daemon knows of devices
/// @param key shown to the daemon if there is one
public record Who(Credentials credentials, Optional<String> device, Optional<ClientKey> key) {

    public static Who by(Credentials credentials) {
        return new Who(credentials, Optional.empty(), Optional.empty());
    }

    boolean isByKey() {
        return key.isPresent() && credentials.password().isEmpty();
    }

    Who with(Credentials shown) {
        return new Who(shown, device, key);
    }
}
