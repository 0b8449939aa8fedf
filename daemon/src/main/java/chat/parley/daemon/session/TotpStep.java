package chat.parley.daemon.session;

import java.util.List;

/// What came of one TOTP command.
public sealed interface TotpStep {

    /// It is not on.
    record Off() implements TotpStep {}

    /// @param codesLeft how many recovery codes there are
    record On(int codesLeft) implements TotpStep {}

    /// A key that holds once it is confirmed.
    ///
    /// @param uri as authenticator apps take it
    /// @param key as people type it
    record Proposed(String uri, String key) implements TotpStep {

        @Override
        public String toString() {
            return "Proposed[hidden]";
        }
    }

    /// It is on from now on, or has other recovery codes; these are shown once.
    ///
    /// @param isNew whether it was just turned on
    record Codes(List<String> codes, boolean isNew) implements TotpStep {

        public Codes {
            codes = List.copyOf(codes);
        }

        @Override
        public String toString() {
            return "Codes[hidden]";
        }
    }

    record TurnedOff() implements TotpStep {}

    /// @param code as a standard reply says it
    /// @param text for people
    record Failed(String code, String text) implements TotpStep {}
}
