package chat.parley.client.arguments;

/// One entry in a section of the help.
public sealed interface Item permits Option, Variable {

    /// What the person writes, as it stands on the left.
    String head();

    String help();
}
