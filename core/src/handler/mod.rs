//! What a handler sees: a request to take arguments from, a response to write.
//!
//! Owns the traits a signature is made of ([`param::FromParam`],
//! [`extract::FromRequest`], [`responder::Responder`]) and the set of routes
//! that calls handlers ([`set::Serve`]). Refuses to know how bytes arrive or
//! leave: `connection` lends it a request and an output buffer. Below it are
//! `routing` and `http`.

pub(crate) mod argument;
pub(crate) mod asked;
pub(crate) mod blocking;
pub(crate) mod body;
pub(crate) mod call;
pub(crate) mod catch;
#[cfg(feature = "cookie")]
pub(crate) mod cookies;
pub(crate) mod either;
pub(crate) mod escaped;
pub(crate) mod events;
pub(crate) mod extract;
pub(crate) mod failure;
#[cfg(feature = "form")]
pub(crate) mod form;
pub(crate) mod guard;
#[cfg(feature = "headers")]
pub(crate) mod header;
pub(crate) mod header_list;
pub(crate) mod html;
#[cfg(feature = "http")]
pub(crate) mod http_types;
pub(crate) mod incoming;
#[cfg(feature = "json")]
pub(crate) mod json;
pub(crate) mod late;
pub(crate) mod layer;
pub(crate) mod layers;
pub(crate) mod miss;
pub(crate) mod one_of;
pub(crate) mod param;
pub(crate) mod per_worker;
pub(crate) mod precomputed;
pub(crate) mod problem;
pub(crate) mod producer;
pub(crate) mod proved;
pub(crate) mod redirect;
pub(crate) mod request;
pub(crate) mod responder;
pub(crate) mod response;
pub(crate) mod segment;
pub(crate) mod set;
pub(crate) mod several;
pub(crate) mod state;
pub(crate) mod streamed;
pub(crate) mod summary;
pub(crate) mod text;
pub(crate) mod trail;
pub(crate) mod unwinding;
pub(crate) mod url;
pub(crate) mod wrap;
pub(crate) mod written;

// What the macros' expansions name. Hidden: not part of the public interface.
pub use self::argument::{Argument, Arguments, At, Takes, Unhandled, arguments};
pub use self::blocking::{can_be_sent, unblock};
pub use self::call::{Call, Done, Uncalled, calling};
pub use self::catch::{Catcher, detail, is_catcher, uncaught};
pub use self::extract::{Extractor, NoReader, Reader, is_extractor};
pub use self::guard::{Asked, Guard, Verdict};
pub use self::layer::Layers;
pub use self::one_of::{
    OneOf2, OneOf3, OneOf4, OneOf5, OneOf6, OneOf7, OneOf8, absent, no_handler,
};
pub use self::param::{decode, not_found, param, parse_decoded};
pub use self::precomputed::{Precomputed, length as precomputed_length};
pub use self::proved::Proved;
pub use self::response::{BYTES, TEXT};
pub use self::state::{Kept, NoState, Source, part};
pub use self::text::Text;
pub use self::url::Url;
pub use self::wrap::wrapped;
