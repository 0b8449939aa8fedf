package chat.parley.daemon.observe;

import java.io.IOException;
import java.util.Optional;

/// The newest line of the audit log, as it is known outside of its files.
///
/// @param seq the number of the line
/// @param hash its SHA-256
public record AuditHead(long seq, String hash) {

    /// Where it is kept: a place that whoever cuts the files has to change as well.
    public interface Keeper {

        /// Keeps nothing.
        Keeper NOWHERE =
                new Keeper() {
                    @Override
                    public Optional<AuditHead> newest() {
                        return Optional.empty();
                    }

                    @Override
                    public void keep(AuditHead head) {}
                };

        /// Empty if nothing was ever written.
        Optional<AuditHead> newest() throws IOException;

        void keep(AuditHead head) throws IOException;
    }
}
