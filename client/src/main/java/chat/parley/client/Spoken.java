package chat.parley.client;

import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.WrongUse;
import java.util.Map;

/// A mode as it is written on the command line, and what it asks for.
interface Spoken {

    Mode mode();

    /// @param environment variables that stand in for options
    Request request(Given.Asked given, Map<String, String> environment) throws WrongUse;
}
