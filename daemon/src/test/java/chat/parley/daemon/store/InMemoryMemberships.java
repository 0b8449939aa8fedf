package chat.parley.daemon.store;

import chat.parley.protocol.CaseMapping;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Who is in which channel, for as long as the test runs.
public final class InMemoryMemberships implements Memberships {

    private final Map<String, Map<String, String>> channels = new ConcurrentHashMap<>();

    @Override
    public Set<String> of(String account) {
        return new LinkedHashSet<>(ofAccount(account).values());
    }

    @Override
    public void joined(String account, String channel) {
        ofAccount(account).putIfAbsent(CaseMapping.fold(channel), channel);
    }

    @Override
    public void left(String account, String channel) {
        ofAccount(account).remove(CaseMapping.fold(channel));
    }

    private Map<String, String> ofAccount(String account) {
        return channels.computeIfAbsent(
                CaseMapping.fold(account), _ -> new ConcurrentSkipListMap<>());
    }
}
