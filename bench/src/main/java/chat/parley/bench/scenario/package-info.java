/// What can be measured: each scenario is a command of [chat.parley.bench.Main].
@NullMarked
package chat.parley.bench.scenario;

import org.jspecify.annotations.NullMarked;
