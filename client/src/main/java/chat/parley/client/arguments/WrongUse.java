package chat.parley.client.arguments;

/// What is wrong with the arguments, as a sentence for the person.
public final class WrongUse extends Exception {

    private static final long serialVersionUID = 1;

    public WrongUse(String message) {
        super(message);
    }
}
