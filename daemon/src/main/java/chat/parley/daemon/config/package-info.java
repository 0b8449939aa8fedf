/// What the admin decided: the configuration file as checked, immutable records.
///
/// The lowest floor: everybody may read it, it knows nobody. [ConfigLoader] reads the file once at
/// the start; from then on only [DaemonConfig] and its parts are passed about, each part to who
/// needs it.
@NullMarked
package chat.parley.daemon.config;

import org.jspecify.annotations.NullMarked;
