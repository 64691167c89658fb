// A handler is imported as one name, whatever it stands for: by itself, renamed,
// with a glob, re-exported. What is listed is the route, not the name.

use tramline::{route, routes};

mod users {
    use tramline::{route, routes};

    #[route("/users")]
    pub fn list() {}

    #[route("/users/{id}")]
    pub fn show(id: u64) -> u64 {
        id
    }

    pub mod files {
        use tramline::route;

        #[route("/files")]
        pub const ALL: &str = "none\n";
    }

    pub use files::ALL as FILES;

    routes! { pub Routes: list, show }
}

mod by_glob {
    use super::users::*;

    tramline::routes! { pub Routes: list, show, FILES }
}

use users::{Routes as Users, show as user};

#[route("/")]
fn index() -> u64 {
    user(7)
}

routes! { App: index, user, self::users::list, crate::users::FILES, "/again" => Users, "/glob" => by_glob::Routes }

fn main() {
    let names: Vec<_> = App::ROUTES.iter().map(|route| route.name().rsplit_once("::").unwrap().1).collect();
    assert_eq!(names, ["index", "show", "list", "ALL", "list", "show", "list", "show", "ALL"]);
    assert_eq!(App::ROUTES[8].pattern(), "/glob/files");
}
