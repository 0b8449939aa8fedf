/// Is this who they say? By a password, or by the key of a client certificate.
///
/// There are two doors: [Authenticator] for passwords, whatever the mechanism, and
/// [CertificateLogins]. The first asks [LoginGuard] whether this attempt may be made at all, then
/// hands it to [HashingPool], whose few platform threads alone look into the account store and call
/// the [Hasher]. `session` and the admin's tool use this package; it knows no socket and no line.
///
/// A password is a `Secret`. Only [Argon2Hasher] sees its characters. Whoever makes one wipes it;
/// the copy that waits for a hashing thread is wiped by that thread, or when it is turned away.
@NullMarked
package chat.parley.daemon.auth;

import org.jspecify.annotations.NullMarked;
