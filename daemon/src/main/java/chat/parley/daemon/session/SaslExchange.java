package chat.parley.daemon.session;

import chat.parley.protocol.SaslPlain;
import chat.parley.protocol.Secret;
import java.util.ArrayList;
import java.util.List;

/// The pieces of one SASL answer, until the last one is here (IRCv3 sasl-3.1). Belongs to the
/// session's reader. Closing it wipes them.
final class SaslExchange implements AutoCloseable {

    /// Room for an account, a password of over 2,000 bytes and base64; an endless answer is cut
    /// off.
    private static final int MOST_PIECES = 8;

    private final List<Secret> pieces = new ArrayList<>();

    private final Mechanism mechanism;

    SaslExchange(Mechanism mechanism) {
        this.mechanism = mechanism;
    }

    Mechanism mechanism() {
        return mechanism;
    }

    enum Progress {
        MORE,
        COMPLETE,
        TOO_LONG
    }

    /// Takes one AUTHENTICATE parameter over.
    Progress add(Secret piece) {
        if (piece.length() > SaslPlain.CHUNK || pieces.size() == MOST_PIECES) {
            piece.close();
            return Progress.TOO_LONG;
        }
        if (piece.length() == 1 && piece.startsWith('+')) { // nothing more after a full piece
            piece.close();
            return Progress.COMPLETE;
        }
        pieces.add(piece);
        return piece.length() == SaslPlain.CHUNK ? Progress.MORE : Progress.COMPLETE;
    }

    /// All pieces as one; the pieces are wiped.
    Secret joined() {
        return Secret.join(pieces);
    }

    @Override
    public void close() {
        pieces.forEach(Secret::close);
    }
}
