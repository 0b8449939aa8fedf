package chat.parley.daemon;

import chat.parley.daemon.auth.LoginGuard;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.session.Sessions;
import chat.parley.daemon.store.AccountWatch;

/// Who must know that an account was changed, here or by another program. On the watch's thread.
record AccountNews(Sessions sessions, Channels channels, LoginGuard guard)
        implements AccountWatch.Listener {

    @Override
    public void accountChanged(String name) {
        sessions.accountChanged(name);
    }

    @Override
    public void accountAdded(String name) {
        guard.added(name);
    }

    @Override
    public void accountUnlocked(String name) {
        guard.unlock(name, System.nanoTime());
    }

    @Override
    public void accountDeleted(String name) {
        guard.forget(name);
        Thread.ofVirtual() // it waits for channels, and whoever calls must not
                .name("forget-" + name)
                .start(() -> {
                    try {
                        channels.forget(name);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt(); // nobody does; the thread ends
                    }
                });
    }

    @Override
    public void certificateUnbound(String name, String fingerprint) {
        sessions.certificateUnbound(name, fingerprint);
    }
}
