//! `#[derive(FromRequest)]`: a struct of extractors as one extractor.
//!
//! Owns which structs can be derived and what is emitted. Refuses to judge the
//! types of fields, and to extract: the compiler and the library's pairs do.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Data, DeriveInput, Error, Fields, GenericParam, Lifetime, LifetimeParam, Member, Result, Type,
};

use crate::argument::elide;
use crate::one_body::one_body;
use crate::span::{ends, local, proof};

/// A struct that can be derived: it has a field, and borrows from the request
/// alone.
struct Extractors<'a> {
    input: &'a DeriveInput,
    fields: Vec<(Member, &'a Type)>,
    lifetime: Option<&'a Lifetime>,
}

// Input:  struct Visitor<'r> { agent: Header<UserAgent>, db: &'r Db }
// Output: impl<'r> ::tramline::FromRequest<'r> for Visitor<'r> {
//             type State = (<Header<UserAgent>>::State, <&'r Db>::State);
//             type Rejection = ::tramline::Either<<Header<UserAgent>>::Rejection, <&'r Db>::Rejection>;
//             const TAKES_BODY: bool = <Header<UserAgent>>::TAKES_BODY || <&'r Db>::TAKES_BODY;
//             async fn from_request(request: ::tramline::Request<'r>, state: Self::State)
//                 -> ::core::result::Result<Self, Self::Rejection>
//             {
//                 ::core::result::Result::Ok(Self {
//                     agent: <Header<UserAgent>>::from_request(request, state.0)
//                         .await.map_err(::tramline::Either::Left)?,
//                     db: <&'r Db>::from_request(request, state.1)
//                         .await.map_err(::tramline::Either::Right)?,
//                 })
//             }
//         }
//
// Where a field's type is each time what `extractor` makes of it.
pub(crate) fn from_request(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    match Extractors::new(&input) {
        Ok(extractors) => extractors.emit(),
        Err(error) => {
            // One mistake is one message: the type extracts, though nothing.
            let error = error.to_compile_error();
            let own = input.generics.lifetimes().next();
            let stand_in = Extractors {
                input: &input,
                fields: Vec::new(),
                lifetime: own.map(|it| &it.lifetime),
            }
            .implement(&quote!(::core::unreachable!()));
            quote!(#error #stand_in)
        }
    }
}

impl<'a> Extractors<'a> {
    fn new(input: &'a DeriveInput) -> Result<Self> {
        let name = &input.ident;
        let Data::Struct(data) = &input.data else {
            return Err(Error::new(
                name.span(),
                "only a struct can be derived, each field being one extractor: implement `tramline::FromRequest` by hand",
            ));
        };
        let mut lifetimes = input.generics.params.iter().filter_map(|it| match it {
            GenericParam::Lifetime(it) => Some(&it.lifetime),
            _ => None,
        });
        let lifetime = lifetimes.next();
        if let Some(second) = lifetimes.next() {
            return Err(Error::new(
                second.span(),
                format!(
                    "`{name}` has two lifetimes, but an extractor borrows from the request alone"
                ),
            ));
        }
        if let Some(other) = input
            .generics
            .params
            .iter()
            .find(|it| !matches!(it, GenericParam::Lifetime(_)))
        {
            return Err(Error::new_spanned(
                other,
                format!(
                    "`{name}` is generic, but no request chooses a type or a number: write a concrete one"
                ),
            ));
        }
        if matches!(data.fields, Fields::Unit) || data.fields.is_empty() {
            return Err(Error::new(
                name.span(),
                format!("`{name}` has no field to extract: give it one"),
            ));
        }
        let types = data.fields.iter().map(|field| &field.ty);
        Ok(Self {
            input,
            fields: data.fields.members().zip(types).collect(),
            lifetime,
        })
    }
}

impl Extractors<'_> {
    fn emit(&self) -> TokenStream {
        let (request, state) = (local("request"), local("state"));
        let count = self.fields.len();
        let fields = self.fields.iter().enumerate().map(|(at, (member, _))| {
            let extractor = self.extractor(at);
            // The place in pairs of pairs: the first of the pair that is `at` seconds in.
            let is_last = at + 1 == count;
            let seconds = at.min(count.saturating_sub(2));
            let mut part = quote!(#state);
            for _ in 0..seconds {
                part = quote!(#part.1);
            }
            if count > 1 {
                let half = Literal::usize_unsuffixed(usize::from(is_last));
                part = quote!(#part.#half);
            }
            let rejected = self.rejected(at);
            quote!(#member: #extractor::from_request(#request, #part).await #rejected?)
        });
        let implementation =
            self.implement(&quote!(::core::result::Result::Ok(Self { #(#fields),* })));
        let readers = self.fields.iter().map(|(member, ty)| {
            let name = member.to_token_stream().to_string();
            (name, self.elided(ty))
        });
        let one_body = one_body(readers.collect(), &[]);
        quote! {
            #implementation
            #one_body
        }
    }

    // Input:  the first of three                    the last of three
    // Output: .map_err(::tramline::Either::Left)    .map_err(|it| ::tramline::Either::Right(::tramline::Either::Right(it)))
    fn rejected(&self, at: usize) -> TokenStream {
        let last = self.fields.len() - 1;
        let left = quote!(::tramline::Either::Left);
        let right = quote!(::tramline::Either::Right);
        match (at, last) {
            (_, 0) => TokenStream::new(),
            (0, _) => quote!(.map_err(#left)),
            (1, 1) => quote!(.map_err(#right)),
            _ => {
                let it = local("it");
                let mut rejection = if at == last {
                    quote!(#it)
                } else {
                    quote!(#left(#it))
                };
                for _ in 0..at {
                    rejection = quote!(#right(#rejection));
                }
                quote!(.map_err(|#it| #rejection))
            }
        }
    }

    fn implement(&self, body: &TokenStream) -> TokenStream {
        let name = &self.input.ident;
        let lifetime = self.lifetime();
        let (request, state) = (local("request"), local("state"));
        let mut generics = self.input.generics.clone();
        if self.lifetime.is_none() {
            let declared = LifetimeParam::new(lifetime.clone());
            generics.params.insert(0, GenericParam::Lifetime(declared));
        }
        let (impl_generics, _, conditions) = generics.split_for_impl();
        let (_, own_generics, _) = self.input.generics.split_for_impl();
        let wanted = self.nested(&|it| quote!(#it::State), &|a, b| quote!((#a, #b)));
        let rejection = self.nested(
            &|it| quote!(#it::Rejection),
            &|a, b| quote!(::tramline::Either<#a, #b>),
        );
        let takes_body = self.nested(&|it| quote!(#it::TAKES_BODY), &|a, b| quote!(#a || #b));
        let wanted = wanted.unwrap_or_else(|| quote!(()));
        let rejection = rejection.unwrap_or_else(|| quote!(::tramline::Status));
        let takes_body = takes_body.unwrap_or_else(|| quote!(false));
        quote! {
            #[automatically_derived]
            #[allow(deprecated)]
            impl #impl_generics ::tramline::FromRequest<#lifetime> for #name #own_generics #conditions {
                type State = #wanted;
                type Rejection = #rejection;
                const TAKES_BODY: bool = #takes_body;
                async fn from_request(
                    #request: ::tramline::Request<#lifetime>,
                    #state: Self::State,
                ) -> ::core::result::Result<Self, Self::Rejection> {
                    #body
                }
            }
        }
    }

    // Input:  State of three fields
    // Output: (<A as ::tramline::FromRequest<'r>>::State, (<B as ..>::State, <C as ..>::State))
    fn nested(
        &self,
        item: &dyn Fn(&TokenStream) -> TokenStream,
        pair: &dyn Fn(&TokenStream, &TokenStream) -> TokenStream,
    ) -> Option<TokenStream> {
        let items = (0..self.fields.len()).map(|at| item(&self.extractor(at)));
        items.rev().reduce(|rest, first| pair(&first, &rest))
    }

    // Input:  &'r Db
    // Output: <::tramline::handler::Proved<&'r Db, {
    //             ::tramline::handler::is_extractor::<&'_ Db>()
    //         }> as ::tramline::FromRequest<'r>>
    //
    // A type that is none is told so in the constant, and at the same place once.
    fn extractor(&self, at: usize) -> TokenStream {
        let (_, ty) = &self.fields[at];
        let (lifetime, elided) = (self.lifetime(), self.elided(ty));
        let place = ends(ty).map_or_else(Span::call_site, |(start, _)| start);
        let is_one = proof("is_extractor", &elided, place);
        quote!(<::tramline::handler::Proved<#ty, { #is_one }> as ::tramline::FromRequest<#lifetime>>)
    }

    /// A type without the struct's lifetime.
    fn elided(&self, ty: &Type) -> TokenStream {
        let own: Vec<&Ident> = self.lifetime.iter().map(|it| &it.ident).collect();
        elide(ty.to_token_stream(), &own)
    }

    fn lifetime(&self) -> Lifetime {
        self.lifetime
            .cloned()
            .unwrap_or_else(|| Lifetime::new("'r", Span::mixed_site()))
    }
}
