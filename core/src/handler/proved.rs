//! Types that hold only together with a proof, so that one mistake is one
//! message.
//!
//! Owns [`Proved`]. What generated code has to name more than once, such as an
//! extractor in the signature of `call` and again wherever `call` is called,
//! would be complained of each time. Here the complaint is in a constant, shown
//! at the user's own token: a constant with an error makes an error of every
//! type that has it, and of such a type the compiler says no more.

use core::marker::PhantomData;

/// `T`, if the proof holds. Named by generated code, as `Proved<(not_found), {
/// is_catcher::<(not_found)>() }>`.
pub type Proved<T, const PROOF: bool> = <With<T, PROOF> as Stands>::For;

/// A type together with a proof.
#[derive(Debug)]
pub struct With<T, const PROOF: bool>(PhantomData<T>);

pub trait Stands {
    type For;
}

impl<T, const PROOF: bool> Stands for With<T, PROOF> {
    type For = T;
}
