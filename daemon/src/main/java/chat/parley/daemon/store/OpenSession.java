package chat.parley.daemon.store;

import java.time.Instant;

/// A session that has logged in, as its owner and the admin may see it.
///
/// @param number of this session, since the daemon started
/// @param device as it was named at login; empty if it was not
/// @param address where it comes from
/// @param security version and cipher of TLS
/// @param since when it had logged in
public record OpenSession(
        long number,
        String account,
        String device,
        String address,
        String security,
        Instant since) {}
