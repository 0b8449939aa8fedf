/// The way to the daemon: connect, check who is there, log in, keep alive, come back.
///
/// Read [Dialer] and [Link] first. A [Link] has two virtual threads, its reader and its writer, and
/// the writer alone encrypts ([GatedSocket] says how the reader is kept from it). What happens is
/// posted as [chat.parley.client.model.Event]s; nothing here shows anything or asks anybody. What
/// cannot be trusted is a value ([Outcome]), and whoever can ask a person does so and dials again.
@NullMarked
package chat.parley.client.link;

import org.jspecify.annotations.NullMarked;
