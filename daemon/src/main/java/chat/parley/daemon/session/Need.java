package chat.parley.daemon.session;

/// What somebody who has logged in must do before they are here. Until then nobody sees or hears
/// them, nothing is told to them, and of all commands there are only those that every session
/// needs, and the one that serves it.
public enum Need {
    /// The password was for one login.
    PASSWORD(
            "PASSWORD_CHANGE_REQUIRED",
            "Your password is for this first login: set one of your own with"
                    + " /quote PASSWD <new password> (by hand: PASSWD <new password>)",
            "PASSWD"),

    /// The account's role is one of `auth.totp.required-for`, and it has none.
    SECOND_FACTOR(
            "TOTP_REQUIRED",
            "Your role needs a second factor: /quote TOTP ENABLE <password>, then"
                    + " /quote TOTP CONFIRM <code>; or parley totp enable",
            "TOTP");

    private final String code;
    private final String how;
    private final String command;

    Need(String code, String how, String command) {
        this.code = code;
        this.how = how;
        this.command = command;
    }

    /// As a standard reply says it.
    public String code() {
        return code;
    }

    /// What to do, for people.
    public String how() {
        return how;
    }

    /// Whether this command serves another need.
    public boolean hides(String other) {
        for (var need : values()) {
            if (need != this && need.command.equals(other)) {
                return true;
            }
        }
        return false;
    }
}
