/// What is done to the jars on their way into the distribution folder. Build time only: nothing
/// here is shipped.
///
/// One thread, a few files, no state. Only the distribution module's pom calls it.
@NullMarked
package chat.parley.distribution;

import org.jspecify.annotations.NullMarked;
