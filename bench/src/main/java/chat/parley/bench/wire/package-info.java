/// TLS from the client's side without a thread for each session: a selector's thread and many
/// links.
///
/// It knows nothing of IRC. A link and all it calls belong to its loop's thread.
@NullMarked
package chat.parley.bench.wire;

import org.jspecify.annotations.NullMarked;
