package chat.parley.daemon.store;

/// Why something that an admin asked for was not done, in words for the terminal. Nothing was
/// changed.
public final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    private final String why;

    public Refused(String why) {
        super(why);
        this.why = why;
    }

    @Override
    public String getMessage() {
        return why;
    }
}
