/// Peers that mean harm, or act as if: one for every bound, in each state of a session where it
/// applies. Each test also has somebody who means well, and who must not notice.
@NullMarked
package chat.parley.daemon.hostile;

import org.jspecify.annotations.NullMarked;
