/// Conversations with a whole daemon over real TLS: `*.talk` files, and what runs them.
@NullMarked
package chat.parley.daemon.talks;

import org.jspecify.annotations.NullMarked;
