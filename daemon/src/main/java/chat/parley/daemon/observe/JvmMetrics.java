package chat.parley.daemon.observe;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.function.DoubleSupplier;

/// What the Java machine says of itself, asked when somebody looks.
final class JvmMetrics {

    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private JvmMetrics() {}

    static void in(Metrics metrics) {
        var memory = ManagementFactory.getMemoryMXBean();
        memory(metrics, "heap_used", () -> memory.getHeapMemoryUsage().getUsed());
        memory(metrics, "heap_max", () -> most(memory.getHeapMemoryUsage()));
        memory(metrics, "other_used", () -> memory.getNonHeapMemoryUsage().getUsed());
        var threads = ManagementFactory.getThreadMXBean();
        metrics.gauge(Metric.THREADS, threads::getThreadCount);
        metrics.gauge(Metric.GC, JvmMetrics::collecting);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            metrics.gauge(Metric.CPU, () -> os.getProcessCpuTime() / NANOS);
            metrics.gauge(Metric.DESCRIPTORS, os::getOpenFileDescriptorCount);
            metrics.gauge(Metric.MOST_DESCRIPTORS, os::getMaxFileDescriptorCount);
        }
    }

    private static void memory(Metrics metrics, String of, DoubleSupplier value) {
        metrics.gauge(Metric.MEMORY, of, value);
    }

    private static double most(MemoryUsage usage) {
        return usage.getMax();
    }

    private static double collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()
                / MILLIS;
    }
}
