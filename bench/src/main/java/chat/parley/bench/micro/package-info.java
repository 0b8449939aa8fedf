/// JMH benchmarks of the parts that every message goes through. `bench/micro` runs them. Those of
/// parts that only their package knows stand in that package.
@NullMarked
package chat.parley.bench.micro;

import org.jspecify.annotations.NullMarked;
