//! A route that makes sense: the validated model between parsing and emitting.
//!
//! Owns what concerns pattern and function together: which argument is which
//! parameter. A [`Route`] exists only if every parameter has its argument, so
//! `expand` checks nothing. Refuses to judge types: that is the compiler's,
//! through the library's traits.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::{Attribute, Error, LitStr, Path, Result, Visibility};

use crate::args::{Args, Method};
use crate::argument::{Argument, borrow};
use crate::pattern::Pattern;
use crate::signature::{Attached, Content, Handler, Item, is_primitive};
use crate::suggest::nearest;

pub(crate) struct Route<'a> {
    /// The `cfg`s of the item, which hold for its marker too.
    pub(crate) conditions: Vec<&'a Attribute>,
    pub(crate) is_deprecated: bool,
    pub(crate) visibility: &'a Visibility,
    pub(crate) name: &'a Ident,
    /// At least one, and each stands once.
    pub(crate) methods: Vec<Method>,
    /// At least one; all have the same parameters in the same order.
    pub(crate) patterns: Vec<Pattern>,
    /// In the order they are asked.
    pub(crate) guards: Vec<Path>,
    pub(crate) answer: Answer,
}

pub(crate) enum Answer {
    Call {
        run: Run,
        /// In the order of the signature.
        inputs: Vec<Input>,
        /// The places of the return type's ends; `None` without one.
        output: Option<(Span, Span)>,
    },
    Precomputed(Content),
}

/// How the function is run.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Run {
    Inline,
    Async,
    /// On the pool of threads; nothing it takes or returns borrows from the
    /// request.
    Blocking,
}

pub(crate) struct Input {
    pub(crate) name: Ident,
    /// From the state, what is behind the `&`.
    pub(crate) ty: TokenStream,
    pub(crate) source: Source,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Source {
    /// The parameter that is this far from the end; 1 is the last. Counted so
    /// because a mount prefix may bring parameters before.
    Parameter(usize),
    Request,
    /// Lent by the state.
    State,
    /// The status of an error: what only a catcher has.
    Status,
    /// What the error says behind it; the same.
    Detail,
}

impl<'a> Route<'a> {
    pub(crate) fn new(args: Args, item: &'a Item) -> Result<Self> {
        // Patterns and signature are several places: report them all.
        let (patterns, answer) = match (patterns(args.patterns), Handler::new(item)) {
            (Ok(patterns), Ok(handler)) => {
                // The others have the same parameters.
                let answer = Answer::new(
                    handler,
                    &args.methods,
                    &patterns[0],
                    &item.name,
                    args.blocking,
                )?;
                (patterns, answer)
            }
            (Err(mut error), Err(other)) => {
                error.combine(other);
                return Err(error);
            }
            (Err(error), Ok(_)) | (Ok(_), Err(error)) => return Err(error),
        };
        if let Answer::Call { inputs, .. } = &answer {
            these_are_not_too_many(&args.guards, inputs)?;
        }
        Ok(Self {
            conditions: item.conditions().collect(),
            is_deprecated: item.has("deprecated"),
            visibility: &item.visibility,
            name: &item.name,
            methods: args.methods,
            patterns,
            guards: args.guards,
            answer,
        })
    }

    /// Whether some argument must be taken by value that could be lent.
    pub(crate) fn is_given_values(&self) -> bool {
        let Answer::Call { inputs, .. } = &self.answer else {
            return false;
        };
        self.is_blocking() || inputs.iter().any(Input::is_value)
    }

    /// Which argument each parameter is, in the order of the pattern, unless they
    /// are the first arguments in that order.
    pub(crate) fn places(&self) -> Option<Vec<usize>> {
        let Answer::Call { inputs, .. } = &self.answer else {
            return None;
        };
        let count = self.patterns.first()?.parameters.len();
        let places = (1..=count).rev().filter_map(|behind| {
            let source = Source::Parameter(behind);
            inputs.iter().position(|input| input.source == source)
        });
        let places: Vec<usize> = places.collect();
        (!places.iter().copied().eq(0..count)).then_some(places)
    }

    pub(crate) fn is_blocking(&self) -> bool {
        matches!(
            self.answer,
            Answer::Call {
                run: Run::Blocking,
                ..
            }
        )
    }
}

/// The most guards and arguments that are not of the path: what each wants of the
/// state is an element of a tuple, for which the library has as many.
const MOST_WANTED: usize = 12;

fn these_are_not_too_many(guards: &[Path], inputs: &[Input]) -> Result<()> {
    let mut wanted = inputs.iter().filter(|input| input.is_wanted());
    match wanted.nth(MOST_WANTED.saturating_sub(guards.len())) {
        None => Ok(()),
        Some(Input { name, .. }) => Err(Error::new(
            name.span(),
            format!(
                "a handler has up to {MOST_WANTED} guards, and arguments that are no parameters: take some of them together, \
                 as one type with `#[derive(tramline::FromRequest)]`"
            ),
        )),
    }
}

/// Parses the patterns of one function, each of which must bind what the first
/// one does: an argument is found by its distance from the end.
fn patterns(literals: Vec<LitStr>) -> Result<Vec<Pattern>> {
    let mut patterns: Vec<Pattern> = Vec::new();
    let mut errors: Option<Error> = None;
    for literal in literals {
        let checked = Pattern::new(literal).and_then(|pattern| match patterns.first() {
            Some(first) if first.parameters != pattern.parameters => {
                Err(other_parameters(&pattern, first))
            }
            _ => Ok(pattern),
        });
        match (checked, &mut errors) {
            (Ok(pattern), _) => patterns.push(pattern),
            (Err(error), Some(errors)) => errors.combine(error),
            (Err(error), none) => *none = Some(error),
        }
    }
    errors.map_or(Ok(patterns), Err)
}

fn other_parameters(pattern: &Pattern, first: &Pattern) -> Error {
    let told = |pattern: &Pattern| {
        let names: Vec<String> = pattern
            .parameters
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        let names = if names.is_empty() {
            "no parameter".to_owned()
        } else {
            names.join(", ")
        };
        format!("`{}` has {names}", pattern.text)
    };
    Error::new(
        pattern.literal.span(),
        format!(
            "{}, but {}: all patterns of one function have the same parameters in the same order",
            told(pattern),
            told(first)
        ),
    )
}

impl Answer {
    fn new(
        handler: Handler,
        methods: &[Method],
        pattern: &Pattern,
        name: &Ident,
        blocking: Option<Span>,
    ) -> Result<Self> {
        match handler {
            Handler::Function {
                is_async,
                arguments,
                output,
                borrowed_output,
            } => {
                no_text_means_a_parameter(pattern, &arguments)?;
                every_parameter_has_its_argument(pattern, &arguments, name)?;
                if methods == [Method::Fallback] {
                    arguments
                        .iter()
                        .try_for_each(|argument| no_parameter(argument, "fallback"))?;
                }
                let has_no_body = |method: &Method| matches!(method, Method::Known("Get" | "Head"));
                if methods.iter().all(has_no_body) {
                    nothing_is_a_body(pattern, &arguments)?;
                }
                let run = match (blocking, is_async) {
                    (None, false) => Run::Inline,
                    (None, true) => Run::Async,
                    (Some(place), true) => return Err(Error::new(place, ASYNC)),
                    (Some(_), false) => {
                        nothing_is_borrowed(&arguments, borrowed_output)?;
                        Run::Blocking
                    }
                };
                let inputs = arguments
                    .into_iter()
                    .map(|argument| Input::new(argument, &pattern.parameters))
                    .collect::<Result<_>>()?;
                Ok(Self::Call {
                    run,
                    inputs,
                    output,
                })
            }
            Handler::Constant(content) => match blocking.map(|place| Error::new(place, CONSTANT)) {
                Some(error) => Err(error),
                None => match pattern.parameters.first() {
                    None => Ok(Self::Precomputed(content)),
                    Some(parameter) => Err(Error::new(
                        pattern.literal.span(),
                        format!(
                            "nothing takes the parameter `{parameter}`, since a constant has no arguments: write a \
                         function, or a pattern without parameters"
                        ),
                    )),
                },
            },
        }
    }
}

impl Input {
    /// Whether it is made from the request or its path, to be owned.
    pub(crate) fn is_value(&self) -> bool {
        let mut tokens = self.ty.clone().into_iter();
        let is_borrowed_or_copied = match (tokens.next(), tokens.next()) {
            (Some(TokenTree::Punct(punct)), _) => punct.as_char() == '&',
            // `u64` and its like.
            (Some(TokenTree::Ident(name)), None) => {
                name.to_string().starts_with(char::is_lowercase)
            }
            _ => false,
        };
        self.source != Source::State && !is_borrowed_or_copied
    }

    /// Whether it is made with something of the state, if only `()`.
    pub(crate) fn is_wanted(&self) -> bool {
        matches!(self.source, Source::Request | Source::State)
    }

    /// The argument of a function that has no pattern.
    pub(crate) fn without_pattern(argument: Argument, attached: Attached) -> Result<Self> {
        no_parameter(&argument, attached.noun())?;
        Self::new(argument, &[])
    }

    /// The argument of a function that takes these parameters from the path.
    pub(crate) fn new(argument: Argument, parameters: &[String]) -> Result<Self> {
        let Argument { name, ty, lent } = argument;
        let text = name.unraw().to_string();
        let parameter = parameters
            .iter()
            .rev()
            .position(|parameter| *parameter == text);
        let (source, ty) = match (parameter, lent) {
            (Some(behind), _) => (Source::Parameter(behind + 1), ty),
            (None, Some(lent)) => {
                no_longer_than_the_server(&name, ty)?;
                (Source::State, lent)
            }
            (None, None) => (Source::Request, ty),
        };
        Ok(Self { name, ty, source })
    }
}

/// Without a pattern there is no parameter, which a number can only be.
fn no_parameter(Argument { name, ty, .. }: &Argument, noun: &str) -> Result<()> {
    let text = ty.to_string();
    if !is_primitive(&text) {
        return Ok(());
    }
    Err(Error::new_spanned(
        ty,
        format!(
            "a {noun} has no parameters of the path, since it is for many: take `Request<'_>`, and ask it for \
             `parameter(\"{name}\")`"
        ),
    ))
}

/// Of `&'static Db`, the state is not lent for that long.
fn no_longer_than_the_server(name: &Ident, reference: TokenStream) -> Result<()> {
    // Behind the `&` and the tick.
    match reference.into_iter().nth(2) {
        Some(TokenTree::Ident(lifetime)) if lifetime == "static" => Err(Error::new(
            lifetime.span(),
            format!("`{name}` is lent by the state, which ends with the server: remove `'static`"),
        )),
        _ => Ok(()),
    }
}

const ASYNC: &str = "an `async` function must not block, and a plain one is run on the pool: remove `blocking` or `async`";
const CONSTANT: &str = "a constant is answered at once: remove `blocking`";

/// A job on the pool may outlive its request, so it takes and returns what is
/// its own; state is shared.
fn nothing_is_borrowed(arguments: &[Argument], output: Option<Span>) -> Result<()> {
    let of_arguments = arguments
        .iter()
        .filter(|argument| argument.lent.is_none())
        .filter_map(|argument| {
            let (Argument { name, ty, .. }, text) = (argument, argument.spelled());
            let owned = if text.ends_with("Request") || text.ends_with("Request<'_>") {
                "what is needed of it, each by an argument of its own"
            } else if text == "&[u8]" {
                "`Vec<u8>`"
            } else if borrow(ty).is_none() {
                return None;
            } else if text.ends_with("str") || text.ends_with("str>") {
                "`String`"
            } else {
                "a type without a lifetime"
            };
            Some(Error::new_spanned(
                ty,
                format!(
                    "`{name}` is lent by the request, which may be gone before a `blocking` handler is done: take {owned}"
                ),
            ))
        });
    let of_output = output.map(|place| {
        Error::new(
            place,
            "what a `blocking` handler returns is sent to another thread, so it cannot borrow: return `String` for \
             `&str`, or another type without a lifetime",
        )
    });
    of_arguments
        .chain(of_output)
        .reduce(|mut errors, error| {
            errors.combine(error);
            errors
        })
        .map_or(Ok(()), Err)
}

/// Text with the name of an argument in it, as other frameworks write their
/// parameters: the argument would be taken from somewhere else.
fn no_text_means_a_parameter(pattern: &Pattern, arguments: &[Argument]) -> Result<()> {
    let meant = pattern.text.split('/').find_map(|segment| {
        let marked = segment.trim_start_matches([':', '*', '<', '(', '[', '$', '.']);
        if marked == segment {
            return None;
        }
        let end = marked.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let name = &marked[..end.unwrap_or(marked.len())];
        let is_argument = arguments.iter().any(|it| it.name.unraw() == name);
        let takes_more = segment.starts_with('*') || segment.contains("..");
        let star = if takes_more { "*" } else { "" };
        is_argument.then(|| (segment, format!("{{{star}{name}}}")))
    });
    meant.map_or(Ok(()), |(segment, parameter)| {
        Err(Error::new(
            pattern.literal.span(),
            format!("`{segment}` is text, and no parameter: write `{parameter}`"),
        ))
    })
}

/// An argument that is named by no parameter may be meant as one all the same: as
/// the body of a GET or HEAD request, which has none (RFC 9110, section 9.3.1), it
/// would always be empty.
fn nothing_is_a_body(pattern: &Pattern, arguments: &[Argument]) -> Result<()> {
    let is_parameter = |name: &Ident| pattern.parameters.contains(&name.unraw().to_string());
    let body = arguments.iter().find(|argument| {
        !is_parameter(&argument.name)
            && ["&str", "&[u8]", "String", "Vec<u8>"].contains(&&*argument.spelled())
    });
    let Some(Argument { name, ty, .. }) = body else {
        return Ok(());
    };
    let parameter = name.unraw();
    Err(Error::new_spanned(
        ty,
        format!(
            "`{name}` would be the body, which a GET request does not have: put `{{{parameter}}}` into the pattern, or take it from \
             the query (`Query<_>`) or from a mount prefix (`Request::parameter`); a body that is there all the same is \
             `Body<'_>`"
        ),
    ))
}

fn every_parameter_has_its_argument(
    pattern: &Pattern,
    arguments: &[Argument],
    function: &Ident,
) -> Result<()> {
    let arguments: Vec<String> = arguments
        .iter()
        .map(|argument| argument.name.unraw().to_string())
        .collect();
    let without = pattern
        .parameters
        .iter()
        .filter(|parameter| !arguments.contains(parameter))
        .map(|parameter| {
            let free = arguments
                .iter()
                .filter(|argument| !pattern.parameters.contains(argument));
            let mend = match nearest(parameter, free.map(String::as_str)) {
                Some(argument) => format!("did you mean `{argument}`?"),
                None => format!("add `{parameter}: ..` with the type it should have"),
            };
            Error::new(
                pattern.literal.span(),
                format!("`{function}` has no argument for the parameter `{parameter}`: {mend}"),
            )
        });
    without
        .reduce(|mut errors, error| {
            errors.combine(error);
            errors
        })
        .map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::{Answer, Route, Source};
    use crate::signature::{Attached, Content, Item};

    fn parse_item(item: &str) -> syn::Result<Item> {
        Item::parse_under(Attached::Route, syn::parse_str(item)?)
    }

    /// The sources of the arguments, or the messages.
    fn sources(args: &str, item: &str) -> Result<Vec<(String, Source)>, Vec<String>> {
        let messages = |error: syn::Error| {
            error
                .into_iter()
                .map(|error| error.to_string())
                .collect::<Vec<_>>()
        };
        let args = syn::parse_str(args).map_err(messages)?;
        let item = parse_item(item).map_err(messages)?;
        match Route::new(args, &item).map_err(messages)?.answer {
            Answer::Call { inputs, .. } => Ok(inputs
                .into_iter()
                .map(|input| (input.name.to_string(), input.source))
                .collect()),
            Answer::Precomputed(_) => Ok(Vec::new()),
        }
    }

    #[test]
    fn arguments_find_their_parameters_by_name_from_the_end() {
        let found = sources(
            "POST, \"/{a}/{type}/{*rest}\"",
            "fn f(body: &[u8], rest: &str, a: u8, mut r#type: String, request: Request<'_>, db: &Db) {}",
        );
        let expected = [
            ("body", Source::Request),
            ("rest", Source::Parameter(1)),
            ("a", Source::Parameter(3)),
            ("r#type", Source::Parameter(2)),
            ("request", Source::Request),
            ("db", Source::State),
        ];
        assert_eq!(
            found,
            Ok(expected
                .map(|(name, source)| (name.to_owned(), source))
                .to_vec())
        );
    }

    #[test]
    fn the_places_of_parameters_are_told_unless_they_come_first() {
        for (item, expected) in [
            ("fn f(a: u8, b: u8)", None),
            ("async fn f(a: u8, b: u8, db: &Db, body: String)", None),
            ("fn f(b: u8, a: u8)", Some(vec![1, 0])),
            ("fn f(a: u8, db: &Db, b: u8)", Some(vec![0, 2])),
            (
                "fn f(db: &Db, r#b: u8, body: String, a: u8)",
                Some(vec![3, 1]),
            ),
        ] {
            let args = syn::parse_str("PUT, \"/{a}/x/{b}\"").expect("args");
            let item = parse_item(&format!("{item} {{}}")).expect(item);
            let route = Route::new(args, &item);
            assert_eq!(route.map(|route| route.places()).ok(), Some(expected));
        }
    }

    #[test]
    fn signatures_that_cannot_be_called_are_explained() {
        for (item, expected) in [
            ("fn f(&self) {}", "cannot take `self`"),
            ("fn f(self: Box<Self>) {}", "cannot take `self`"),
            ("fn f(a: Vec<Self>) {}", "knows no `Self`"),
            ("fn f() -> Self {}", "knows no `Self`"),
            ("fn f();", "has a body"),
            ("fn f<T>() {}", "cannot be generic"),
            ("fn f<const N: usize>() {}", "cannot be generic"),
            ("fn f(a: impl Copy) {}", "not `impl`"),
            ("fn f(a: Vec<(u8, impl Copy)>) {}", "not `impl`"),
            ("unsafe fn f() {}", "cannot be `unsafe`"),
            ("extern \"C\" fn f() {}", "remove `extern`"),
            ("unsafe extern \"C\" fn f(a: ...) {}", "cannot be `unsafe`"),
            ("fn f(a u8) {}", "expected `:`"),
            ("fn f(a: u8, ...) {}", "variadic"),
            ("fn f(#[cfg(unix)] a: u8) {}", "in every configuration"),
            (
                "fn f(#[cfg_attr(a, allow(b), cfg(c))] a: u8) {}",
                "in every configuration",
            ),
            ("fn f(a: &Request) {}", "take `Request` by value"),
            (
                "fn f(a: &mut http::Request<'_>) {}",
                "take `Request<'_>` by value",
            ),
            ("fn f(a: &Json<u8>) {}", "take `Json<u8>` by value"),
            ("fn f(a: &str) {}", "a GET request does not have: put `{a}`"),
            ("fn f(r#type: Vec<u8>) {}", "put `{type}` into the pattern"),
            ("fn f((a, b): (u8, u8)) {}", "bind a name"),
            ("fn f(_: u8) {}", "bind a name"),
            ("fn f(ref a: u8) {}", "bind a name"),
            ("fn u8() {}", "would hide the type `u8`"),
            ("const str: &str = \"\";", "would hide the type `str`"),
            ("#[route(\"/b\")] fn f() {}", "a second `#[route]`"),
            (
                "#[tramline::route(\"/b\")] fn f() {}",
                "a second `#[route]`",
            ),
            ("struct S;", "stands on a function or a constant"),
            (
                "static S: &str = \"\";",
                "stands on a function or a constant",
            ),
            (
                "const _: &str = \"\";",
                "stands on a function or a constant",
            ),
            ("const N: u8 = 1;", "`&str` or a `&[u8]`"),
            ("const N: &[u16] = &[];", "`&str` or a `&[u8]`"),
            ("const N: str = *\"\";", "`&str` or a `&[u8]`"),
        ] {
            let errors = sources("\"/\"", item).expect_err(item);
            assert!(
                errors.len() == 1 && errors[0].contains(expected),
                "{item}: {errors:?}"
            );
        }
    }

    #[test]
    fn a_parameter_without_argument_is_an_error_each() {
        for (args, item, expected) in [
            ("\"/{id}\"", "fn f() {}", &["add `id: ..`"] as &[_]),
            ("\"/{idd}\"", "fn f(id: u8) {}", &["did you mean `id`?"]),
            ("\"/{id}/{idd}\"", "fn f(id: u8) {}", &["add `idd: ..`"]),
            (
                "\"/{a}/{b}\"",
                "fn f() {}",
                &["parameter `a`", "parameter `b`"],
            ),
            (
                "\"/{id}\"",
                "const C: &str = \"\";",
                &["a constant has no arguments"],
            ),
            ("\"//\"", "unsafe fn f() {}", &["empty segment", "`unsafe`"]),
            (
                "\"a\", \"/{b\", \"/\"",
                "fn f() {}",
                &["does not start", "do not match"],
            ),
            (
                "\"/{a}/{b}\", \"/{b}/{a}\", \"/\", \"/x/{a}/{b}\"",
                "fn f(a: u8, b: u8) {}",
                &[
                    "`/{b}/{a}` has `b`, `a`, but `/{a}/{b}` has `a`, `b`: all patterns",
                    "`/` has no parameter, but `/{a}/{b}` has `a`, `b`: all patterns",
                ],
            ),
        ] {
            let errors = sources(args, item).expect_err(item);
            assert_eq!(errors.len(), expected.len(), "{errors:?}");
            for (error, expected) in errors.iter().zip(expected) {
                assert!(error.contains(expected), "{args} {item}: {error}");
            }
        }
    }

    #[test]
    fn text_that_means_a_parameter_is_told() {
        for (segment, expected) in [
            (":id", "`{id}`"),
            (":id.json", "`{id}`"),
            ("<id>", "`{id}`"),
            ("[id]", "`{id}`"),
            ("(id)", "`{id}`"),
            ("$id", "`{id}`"),
            ("*id", "`{*id}`"),
            ("<id..>", "`{*id}`"),
            ("[...id]", "`{*id}`"),
        ] {
            let errors = sources(&format!("\"/a/{segment}\""), "fn f(id: &str) {}");
            let told = format!("`{segment}` is text, and no parameter: write {expected}");
            assert_eq!(errors, Err(vec![told]));
        }
        for text in ["/id", "/a:id", "/<ids>", "/:", "/@id", "/-id"] {
            assert!(
                sources(&format!("\"{text}\""), "fn f(id: &Db) {}").is_ok(),
                "{text}"
            );
        }
    }

    #[test]
    fn constants_are_text_or_bytes() {
        for (ty, expected) in [
            ("&str", Content::Text),
            ("&'static str", Content::Text),
            ("&[u8]", Content::Bytes),
            ("&'static [u8; 3]", Content::Bytes),
            ("&([u8])", Content::Bytes),
        ] {
            let item = parse_item(&format!("pub const C: {ty} = x();")).expect(ty);
            let route = Route::new(syn::parse_str("\"/\"").expect("args"), &item);
            let answer = route.map(|route| route.answer);
            assert!(
                matches!(answer, Ok(Answer::Precomputed(content)) if content == expected),
                "{ty}"
            );
        }
    }
}
