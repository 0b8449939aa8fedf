/// What the admin decided: the configuration file as checked, immutable records.
///
/// The lowest floor: everybody may read it, it knows nobody. [ConfigLoader] reads the file; from
/// then on only [DaemonConfig] and its parts are passed about, each part to who needs it. What may
/// change while the daemon runs (REHASH, SIGHUP) is asked of [CurrentConfig] each time.
@NullMarked
package chat.parley.daemon.config;

import org.jspecify.annotations.NullMarked;
