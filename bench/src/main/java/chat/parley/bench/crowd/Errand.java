package chat.parley.bench.crowd;

/// What a [Caller] comes for. For one thread.
sealed interface Errand {

    /// How it stands.
    enum State {
        GOING_ON,
        DONE,
        REFUSED
    }

    /// The handshake is done.
    void connected();

    /// A line of the server.
    State line(String line);

    /// To log in, up to the welcome.
    ///
    /// @param admission to no channel
    record LoggingIn(Admission admission) implements Errand {

        @Override
        public void connected() {
            admission.connected();
        }

        @Override
        public State line(String line) {
            if (Admission.words(line)[0].equals("001")) {
                return State.DONE;
            }
            admission.line(line);
            return switch (admission.state()) {
                case COMING -> State.GOING_ON;
                case IN -> State.DONE;
                case REFUSED -> State.REFUSED;
            };
        }
    }

    /// To say one line and hear its answer.
    ///
    /// @param ask says it
    /// @param answer what a line begins with, after its source, if it is the answer
    record Asking(Runnable ask, String answer) implements Errand {

        @Override
        public void connected() {
            ask.run();
        }

        @Override
        public State line(String line) {
            var said = String.join(" ", Admission.words(line));
            if (said.startsWith(answer)) {
                return State.DONE;
            }
            return said.startsWith("ERROR") || said.startsWith("WRONG")
                    ? State.REFUSED
                    : State.GOING_ON;
        }
    }
}
