/// Keys and policy: what our TLS is, decided in one place.
///
/// [ServerTls] is made once at the start from the files the admin named and is never changed;
/// `listen` turns it into sockets. Nothing here opens a connection, and no provider is registered
/// with the JVM: Bouncy Castle is passed by hand.
@NullMarked
package chat.parley.daemon.tls;

import org.jspecify.annotations.NullMarked;
