package chat.parley.client.arguments;

/// A variable of the environment that is read.
public record Variable(String name, String help) implements Item {

    @Override
    public String head() {
        return name;
    }
}
