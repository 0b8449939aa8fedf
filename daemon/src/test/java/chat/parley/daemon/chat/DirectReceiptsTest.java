package chat.parley.daemon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.daemon.store.Deliveries;
import chat.parley.daemon.store.DirectLog.Told;
import chat.parley.daemon.store.InMemoryDirectLog;
import chat.parley.daemon.store.InMemoryLog;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Name;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DirectReceiptsTest {

    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    private final InMemoryDirectLog log = new InMemoryDirectLog(new InMemoryLog());
    private final DirectReceipts receipts = new DirectReceipts(log);
    private final Device desk = new Device("desk");
    private final Device phone = new Device("phone");
    private final User ann = new User(new Person("ann", Instant.EPOCH), profile(), new Keys());

    private static User.Profile profile() {
        var nick = Name.Nick.of("ann").orElseThrow();
        return new User.Profile(nick, "~ann", "Ann", "parley.example", Optional.empty(), Set.of());
    }

    private OptionalLong comes(Device device) throws InterruptedException {
        ann.attach(device);
        return receipts.came(ann, device);
    }

    /// One message is said, and heard by these.
    private void said(long number, int second, Device... hearing) throws Exception {
        receipts.begin();
        receipts.missed(ann, List.of(hearing));
        for (var device : hearing) {
            receipts.heard(ann, device, true);
        }
        receipts.settled(number, START.plusSeconds(second));
    }

    private void leaves(Device device) throws InterruptedException {
        ann.detach(device);
        receipts.parted(ann, Optional.of(device), false);
    }

    private static Told told(String device, long until) {
        return new Told(new Deliveries.Device("ann", device), until);
    }

    /// The newest that was noted of a device.
    private Optional<Told> noted(Device device) {
        return log.told().reversed().stream()
                .filter(one -> one.device().name().equals(device.device()))
                .findFirst();
    }

    @Nested
    class A_session_that_leaves {

        @Test
        void was_told_all_if_it_said_goodbye() throws Exception {
            comes(desk);
            said(1, 0, desk);
            said(2, 1, desk);
            leaves(desk);

            assertEquals(Optional.of(told("desk", 2)), noted(desk));
        }

        @Test
        void was_told_what_is_sure_if_it_was_lost() throws Exception {
            comes(desk);
            for (var i = 1; i <= 9; i++) {
                said(i, i, desk);
            }
            desk.sureUntil = Optional.of(START.plusMillis(5_500));
            leaves(desk);

            assertEquals(Optional.of(told("desk", 5)), noted(desk));
        }

        /// Or it would be told once more at each login, however often it was here.
        @Test
        void was_told_what_it_missed_even_if_nothing_is_sure_of_what_came_later() throws Exception {
            comes(desk);
            said(1, 0, desk);
            comes(phone);
            said(2, 1, desk, phone);
            phone.sureUntil = Optional.of(START.minusSeconds(1));
            leaves(phone);

            assertEquals(Optional.of(told("phone", 1)), noted(phone));
        }

        @Test
        void was_not_told_what_was_said_while_it_was_leaving() throws Exception {
            comes(desk);
            comes(phone);
            said(1, 0, desk, phone);
            said(2, 1, phone);
            leaves(desk);
            leaves(phone);

            assertEquals(Optional.of(told("desk", 1)), noted(desk));
            assertEquals(Optional.of(told("phone", 2)), noted(phone));
        }

        @Test
        void was_not_told_what_could_not_be_queued() throws Exception {
            comes(desk);
            said(1, 0, desk);
            receipts.heard(ann, desk, false);
            receipts.settled(2, START.plusSeconds(1));
            leaves(desk);

            assertEquals(Optional.of(told("desk", 1)), noted(desk));
        }

        @Test
        void counts_for_nothing_until_it_was_told_what_it_missed() throws Exception {
            comes(desk);
            desk.upToDate = false;
            said(1, 0, desk);
            leaves(desk);

            assertEquals(List.of(), log.told().stream().filter(one -> one.until() > 0).toList());
        }
    }

    @Nested
    class A_session_that_comes {

        @Test
        void hears_by_itself_what_is_said_from_then_on() throws Exception {
            comes(desk);
            said(1, 0, desk);
            said(2, 1, desk);

            assertEquals(OptionalLong.of(2), comes(phone));
        }

        /// Or it would be told again what it has just heard.
        @Test
        void has_come_with_the_first_that_it_heard() throws Exception {
            comes(desk);
            said(1, 0, desk);
            ann.attach(phone);
            said(2, 1, desk, phone);

            assertEquals(OptionalLong.of(1), receipts.came(ann, phone));
        }

        @Test
        void of_the_same_device_is_not_told_again_what_the_other_heard() throws Exception {
            comes(desk);
            said(1, 0, desk);
            comes(new Device("desk"));

            assertEquals(Optional.of(told("desk", 1)), noted(desk));
        }
    }

    @Test
    void all_are_noted_once_a_minute_should_the_daemon_be_killed() throws Exception {
        comes(desk);
        said(1, 0, desk);
        said(2, 59, desk);
        assertEquals(Optional.of(told("desk", 1)), noted(desk));

        said(3, 61, desk);

        assertEquals(Optional.of(told("desk", 3)), noted(desk));
    }

    @Test
    void who_is_another_account_is_noted_as_what_it_was_and_then_no_more() throws Exception {
        comes(desk);
        said(1, 0, desk);
        said(2, 1, desk);
        ann.whose(new User.Whose(new Person("bob", Instant.EPOCH), new Keys()));
        receipts.parted(ann, Optional.empty(), true);
        said(3, 100, desk);
        leaves(desk);

        assertEquals(List.of(told("desk", 1), told("desk", 2)), log.told());
    }

    private static final class Device implements Recipient {

        @Override
        public InetAddress address() {
            return InetAddress.getLoopbackAddress();
        }

        private final String name;
        private boolean upToDate = true;
        private Optional<Instant> sureUntil = Optional.empty();

        Device(String name) {
            this.name = name;
        }

        @Override
        public Capabilities capabilities() {
            return Capabilities.NONE;
        }

        @Override
        public boolean deliver(byte[] lines) {
            return true;
        }

        @Override
        public String device() {
            return name;
        }

        @Override
        public boolean isUpToDate() {
            return upToDate;
        }

        @Override
        public Optional<Instant> sureUntil() {
            return sureUntil;
        }
    }
}
