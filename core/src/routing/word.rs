//! Words: eight bytes of a path or a pattern at a time.
//!
//! Owns how text is cut into words, and what is told from one: where a segment
//! ends, and a hash. Refuses to know of tables: `trie` and `whole_paths` compare
//! words, `tracks` makes labels of patterns.

const ONES: u64 = u64::from_le_bytes([1; 8]);
const TOPS: u64 = ONES << 7;
const SLASHES: u64 = u64::from_le_bytes([b'/'; 8]);

/// A number without a pattern: 2^64 divided by the golden ratio.
const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Stands in a label for the eighth byte if that is neither the last of its
/// segment nor behind it: the label has seven. It is in no text.
const GOES_ON: u64 = 0xff << 56;

/// The label that `text` starts with, whose first word is `word`: its bytes, the
/// first one lowest, up to its first slash and with it, zeros above; or eight
/// bytes that a slash follows, or the end; or seven, and [`GOES_ON`].
///
/// What is no ASCII may end it as a slash does: that is cheaper to find, and
/// does no harm, since patterns are cut in the same way.
#[inline]
pub(crate) const fn label(word: u64, text: &[u8]) -> u64 {
    let ends = ends(word);
    if ends == 0 {
        return long_label(word, text);
    }
    word & (ends ^ ends.wrapping_sub(1))
}

#[inline]
const fn long_label(word: u64, text: &[u8]) -> u64 {
    if ends_at_eight(text) {
        word
    } else {
        word | GOES_ON
    }
}

/// Whether the eighth byte is the last before a slash, if it is none.
#[inline]
pub(crate) const fn ends_at_eight(text: &[u8]) -> bool {
    text.len() <= 8 || text[8] == b'/'
}

/// How many bytes of a path a label stands for, the slash after it included.
pub(crate) const fn label_len(label: u64) -> usize {
    if label >= GOES_ON {
        7
    } else if ends(label) == 0 {
        9
    } else {
        (ends(label).trailing_zeros() as usize + 1) / 8
    }
}

/// The top bit of each byte that may end a label.
#[inline]
const fn ends(word: u64) -> u64 {
    (word ^ SLASHES).wrapping_sub(ONES) & TOPS
}

/// The bytes of a word that a label has.
pub(crate) const fn mask(label: u64) -> u64 {
    match label_len(label) {
        len @ 0..8 => !(u64::MAX << (8 * len)),
        _ => u64::MAX,
    }
}

/// How many bytes precede the first slash of `word`, if there is one.
#[inline]
pub(crate) const fn before_slash(word: u64) -> Option<usize> {
    let others = word ^ SLASHES;
    // Above the lowest slash, bits may be set where there is none.
    match others.wrapping_sub(ONES) & !others & TOPS {
        0 => None,
        slashes => Some(slashes.trailing_zeros() as usize / 8),
    }
}

/// The last eight bytes of a path; if it is shorter, zeros precede it.
#[inline]
pub(crate) fn last_word(path: &[u8]) -> u64 {
    match path.last_chunk() {
        Some(last) => u64::from_le_bytes(*last),
        // Shifted twice: there may be nothing.
        None => short_word(path) << (56 - 8 * path.len()) << 8,
    }
}

/// The first eight bytes of `rest`, and slashes where it is shorter. `last` is
/// the [`last_word`] of the path, which ends with `rest` and has at least one
/// byte more.
#[inline]
pub(crate) fn first_word(rest: &[u8], last: u64) -> u64 {
    match rest.first_chunk() {
        Some(first) => u64::from_le_bytes(*first),
        // What precedes `rest` is shifted out, 56 bits less those of `rest` and
        // then the slash.
        None => last >> (0x38 ^ (8 * rest.len())) >> 8 | ENDS[rest.len()],
    }
}

/// What follows so many bytes of text in a word.
const ENDS: [u64; 8] = {
    let mut ends = [SLASHES; 8];
    let mut len = 1;
    while len < 8 {
        ends[len] = ends[len - 1] << 8;
        len += 1;
    }
    ends
};

/// Less than eight bytes, and zeros.
#[inline]
pub(crate) const fn short_word(text: &[u8]) -> u64 {
    match (text, text.first_chunk(), text.last_chunk()) {
        // Both hold the bytes in the middle.
        (_, Some(first), Some(last)) => {
            let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            first as u64 | (last as u64) << (8 * (text.len() - 4))
        }
        (&[first, second, third], ..) => u64::from_le_bytes([first, second, third, 0, 0, 0, 0, 0]),
        (&[first, second], ..) => u64::from_le_bytes([first, second, 0, 0, 0, 0, 0, 0]),
        (&[first], ..) => first as u64,
        _ => 0,
    }
}

/// Whether two texts are the same.
#[inline]
pub(crate) fn same_text(text: &[u8], other: &[u8]) -> bool {
    if text.len() != other.len() {
        return false;
    }
    // Word by word and without a call: routes are a few words long.
    let (Some(last), Some(other_last)) = (text.last_chunk::<8>(), other.last_chunk()) else {
        return text == other;
    };
    let ((words, _), (others, _)) = (text.as_chunks::<8>(), other.as_chunks());
    last == other_last && words.iter().zip(others).all(|(word, other)| word == other)
}

/// Both words in one, in which each byte of both has a say.
#[inline]
pub(crate) const fn mix(word: u64, other: u64) -> u64 {
    word.wrapping_mul(ODD) ^ other
}

/// The topmost `bits` of a number made of `word`, in which each of its bytes has
/// a say; at least one.
#[inline]
pub(crate) const fn topmost(word: u64, bits: u32) -> u64 {
    word.wrapping_mul(ODD).wrapping_shr(64 - bits)
}

/// The [`topmost`] eight.
#[allow(clippy::cast_possible_truncation)]
#[inline]
pub(crate) const fn hash(label: u64) -> u16 {
    topmost(label, 8) as u16
}

#[cfg(test)]
mod tests {
    use super::{before_slash, first_word, label, label_len, last_word, mask, same_text};

    #[test]
    fn a_segment_is_cut_in_steps() {
        let table: &[(&str, &[&str])] = &[
            ("", &["/"]),
            ("a", &["a/"]),
            ("seventh", &["seventh/"]),
            ("products", &["products/"]),
            ("ninebytes", &["ninebyt", "es/"]),
            ("subscriptions", &["subscri", "ptions/"]),
            ("of-fifteen-byte", &["of-fift", "een-byte/"]),
        ];
        for (segment, steps) in table {
            for after in ["", "/", "/a", "/abcdefghijklmnop"] {
                let path = format!("/a/long/start/{segment}{after}");
                let mut rest = &path.as_bytes()["/a/long/start/".len()..];
                for step in *steps {
                    let word = first_word(rest, last_word(path.as_bytes()));
                    let label = label(word, rest);
                    let len = label_len(label);
                    assert_eq!(len, step.len(), "{path}, {step}");
                    assert_eq!((label ^ word) & mask(label), 0, "{path}, {step}");
                    assert_eq!(
                        mask(label).count_ones(),
                        8 * u32::try_from(len.min(8)).unwrap()
                    );
                    let text = &step.as_bytes()[..len.min(rest.len())];
                    assert_eq!(&rest[..len.min(rest.len())], text, "{path}");
                    rest = rest.get(len..).unwrap_or_default();
                }
                assert_eq!(rest, after.strip_prefix('/').unwrap_or("").as_bytes());
            }
        }
    }

    #[test]
    fn the_first_word_of_what_is_left() {
        for path in ["/", "/ab", "/abcdef", "/abcdefg", "/abcdefghijklm"] {
            for start in 1..=path.len() {
                let rest = &path.as_bytes()[start..];
                let padded = [rest, b"////////"].concat();
                let expected = u64::from_le_bytes(padded[..8].try_into().unwrap());
                assert_eq!(
                    first_word(rest, last_word(path.as_bytes())),
                    expected,
                    "{path}, {start}"
                );
                let slash = padded[..8].iter().position(|byte| *byte == b'/');
                assert_eq!(before_slash(expected), slash, "{path}, {start}");
            }
        }
    }

    #[test]
    fn a_change_of_one_byte_changes_the_text() {
        let text = b"/the/quick/brown/fox/jumps/over";
        for len in 0..text.len() {
            let (text, longer) = (&text[..len], &text[..=len]);
            for at in 0..len {
                let mut other = text.to_vec();
                other[at] ^= 1;
                assert!(!same_text(text, &other), "{len}, {at}");
                other[at] ^= 1;
                assert!(same_text(text, &other));
            }
            assert!(!same_text(text, longer));
        }
    }
}
