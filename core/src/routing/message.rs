//! Compile errors in our own words.
//!
//! Owns the text of a [`Problem`] and the panic that shows it. Const evaluation
//! has no allocation and no formatting, so the text is put together from whole
//! pieces in a place of constant size.

/// Room for the text of a problem, in bytes: two routes with long patterns in
/// deep modules take less than half of it.
const ROOM: usize = 2048;

/// Why a route cannot be in the set: the text of a compile error.
#[derive(Clone, Copy, Debug)]
pub struct Problem {
    bytes: [u8; ROOM],
    len: usize,
}

impl Problem {
    pub(crate) const fn new() -> Self {
        Self {
            bytes: [0; ROOM],
            len: 0,
        }
    }

    /// Adds the pieces one after the other.
    pub(crate) const fn say(&mut self, pieces: &[&str]) {
        let mut piece = 0;
        while piece < pieces.len() {
            self.say_bytes(pieces[piece].as_bytes());
            piece += 1;
        }
    }

    /// Adds a piece of a pattern. A piece for which there is no room is left
    /// out as a whole, so that the text stays text.
    pub(crate) const fn say_bytes(&mut self, piece: &[u8]) {
        if piece.len() <= ROOM - self.len {
            let (_, room) = self.bytes.split_at_mut(self.len);
            let (place, _) = room.split_at_mut(piece.len());
            place.copy_from_slice(piece);
            self.len += piece.len();
        }
    }

    /// The text.
    ///
    /// # Panics
    ///
    /// Never: all pieces are whole.
    pub const fn as_str(&self) -> &str {
        match str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => panic!("whole pieces of text are text"),
        }
    }
}

/// Ends const evaluation with exactly this message, shown where it was called.
///
/// # Panics
///
/// Always: that is the compile error.
#[track_caller]
pub const fn reject(message: &str) -> ! {
    panic!("{}", message)
}

#[cfg(test)]
mod tests {
    use super::{Problem, ROOM, reject};

    #[test]
    fn a_problem_is_its_pieces() {
        let mut problem = Problem::new();
        problem.say(&["`GET`", " "]);
        problem.say_bytes("größer".as_bytes());
        assert_eq!(problem.as_str(), "`GET` größer");
    }

    #[test]
    fn a_piece_without_room_is_left_out() {
        let long = "ö".repeat(ROOM / 2 - 1);
        let mut problem = Problem::new();
        problem.say(&[&long, "three", "öö", "12"]);
        assert_eq!(problem.as_str(), format!("{long}12"));
    }

    #[test]
    #[should_panic(expected = "exactly this")]
    fn reject_says_the_message() {
        reject("exactly this");
    }
}
