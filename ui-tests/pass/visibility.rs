// Markers and sets are as visible as what they stand beside, in modules and
// function bodies alike.

use tramline::{route, routes};

mod private {
    use tramline::route;

    #[route("/private")]
    fn private() {}

    #[route("/super")]
    pub(super) fn to_parent() {}

    tramline::routes! { pub(crate) Routes: private }
}

pub mod public {
    use tramline::{route, routes};

    #[route("/public")]
    pub fn public() {}

    #[route("/crate")]
    pub(crate) const CRATE: &str = "";

    pub mod inner {
        #[tramline::route("/in")]
        pub(in crate::public) async fn within() {}
    }

    routes! {
        /// Documented, with an attribute, and stored in a value.
        #[derive(PartialEq)]
        pub Routes: self::public, inner::within, crate::public::CRATE, super::index
    }
}

#[route("/")]
fn index() {}

routes! { pub App: private::to_parent, public::public, "/a" => private::Routes, "/b" => public::Routes }

fn main() {
    assert_eq!(App::ROUTES.len(), 7);
    assert_eq!(public::Routes, public::Routes.clone());

    #[route("/local/{id}")]
    fn local(id: u8) {
        let _ = id;
    }
    routes! { Local: local, index }
    assert_eq!(Local::ROUTES[0].pattern(), "/local/{id}");
}
