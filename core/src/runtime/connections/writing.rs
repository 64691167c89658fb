//! Output that waits for a peer to read.
//!
//! Owns the going on with it, and the judgement whether the peer reads fast
//! enough. Refuses to begin: `connections` sends first, and comes here only
//! for what did not fit into the socket.

use core::mem;

use crate::runtime::connections::Connections;
use crate::runtime::poller::Poller;
use crate::runtime::slot::State;

impl Connections {
    /// Sends more of what waits. If the peer has taken too little, its time
    /// runs on.
    #[cold]
    pub(super) fn write_more(&mut self, key: usize, poller: &Poller) {
        let slot = &mut self.slots[key];
        let (since, pace) = (slot.since, slot.pace);
        let before = match mem::replace(&mut slot.state, State::Running) {
            State::Sending { conn, sent } => {
                self.send(key, conn, sent, poller);
                sent
            }
            other => {
                slot.state = other;
                return;
            }
        };
        let Some(slot) = self.slots.get_mut(key) else {
            return;
        };
        if let State::Sending { sent, .. } = &slot.state
            // Less than before is the start of something else.
            && let Some(bytes) = sent.checked_sub(before)
        {
            (slot.since, slot.pace) = (since, pace);
            slot.advance(bytes, &self.patience, self.now);
        }
    }
}
