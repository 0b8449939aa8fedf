package chat.parley.protocol.websocket;

/// Whether bytes that come piece by piece are UTF-8: Unicode, table 3-7. Whoever reads the message
/// owns it.
final class Utf8Check {

    private int missing; // continuation bytes of the character that has begun
    private int least = 0x80; // of the next continuation byte
    private int most = 0xbf;

    /// Whether it is UTF-8 so far.
    boolean accepts(byte[] bytes, int offset, int count) {
        for (var i = offset; i < offset + count; i++) {
            if (!accepts(bytes[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    private boolean accepts(int one) {
        if (missing == 0) {
            return one < 0x80 || begins(one);
        }
        if (one < least || one > most) {
            return false;
        }
        missing--;
        least = 0x80;
        most = 0xbf;
        return true;
    }

    /// Not in another's place: no overlong form, no surrogate, nothing above U+10FFFF.
    private boolean begins(int one) {
        missing = one < 0xe0 ? 1 : one < 0xf0 ? 2 : 3;
        switch (one) {
            case 0xe0 -> least = 0xa0;
            case 0xed -> most = 0x9f;
            case 0xf0 -> least = 0x90;
            case 0xf4 -> most = 0x8f;
            default -> {}
        }
        return one >= 0xc2 && one <= 0xf4;
    }

    /// Whether the last character is whole. The next message begins anew only if so.
    boolean isWhole() {
        return missing == 0;
    }
}
