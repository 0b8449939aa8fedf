package chat.parley.daemon.limit;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who lets others go first when there is not processor enough for all: those who hash passwords.
///
/// By setpriority(2), on Linux, where niceness is each thread's own ("C library/kernel differences"
/// there). Java's thread priorities do nothing on Linux unless the JVM is told so, and then it
/// warns who is not root. Elsewhere, and where the system does not allow it, nothing happens:
/// nothing depends on it but who is heard sooner.
public final class Niceness {

    private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

    /// Of 19. A tenth of the processor beside somebody who wants all of it, and all that is left.
    private static final int NICE = 10;

    private static final int PRIO_PROCESS = 0;
    private static final int CALLER = 0;

    private Niceness() {}

    /// The calling thread, one of the platform's, lets all others go first from now on.
    @SuppressWarnings("restricted") // the launchers allow native access
    public static void letOthersGoFirst() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return;
        }
        var linker = Linker.nativeLinker();
        var type = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
        linker.defaultLookup()
                .find("setpriority")
                .map(found -> linker.downcallHandle(found, type))
                .ifPresent(Niceness::beNice);
    }

    private static void beNice(MethodHandle setpriority) {
        try {
            if ((int) setpriority.invokeExact(PRIO_PROCESS, CALLER, NICE) != 0) {
                LOG.warn("the system does not let a thread be nice");
            }
        } catch (Throwable impossible) { // it is C, and throws nothing
            throw new IllegalStateException(impossible);
        }
    }
}
