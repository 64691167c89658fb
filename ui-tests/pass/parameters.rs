// Every form of a type that `FromParam` and `ToParam` can be derived for, in
// handlers and in `url!`.

use std::borrow::Cow;
use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::str::FromStr;

use tramline::{FromParam, ParamError, ToParam, route, routes, url};

#[derive(FromParam, ToParam, Debug, PartialEq)]
struct UserId(u64);

/// Named, and of a newtype.
#[derive(FromParam, ToParam, Debug, PartialEq)]
struct Author {
    id: UserId,
}

#[derive(FromParam, ToParam, Debug, PartialEq)]
struct Borrowed<'a>(&'a str);

#[derive(FromParam, ToParam, Debug, PartialEq)]
struct Title<'a>(Cow<'a, str>);

#[derive(FromParam, ToParam, Debug, PartialEq)]
struct Tagged<T: Clone, const N: usize>(T)
where
    T: PartialEq;

#[derive(FromParam, ToParam, Clone, Copy, Debug, PartialEq)]
enum Order {
    Newest,
    CreatedAt,
    HTTPVersion,
    #[param("a+b/c")]
    Odd,
    r#Type,
}

/// From another crate.
#[derive(FromParam, ToParam, Debug, PartialEq)]
struct Peer(#[param(from_str)] SocketAddr);

#[derive(FromParam, ToParam, Debug, PartialEq)]
#[param(from_str)]
struct Point {
    x: i32,
    y: i32,
}

impl FromStr for Point {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (x, y) = text.split_once(',').ok_or("no comma")?;
        let number = |text: &str| text.parse().map_err(|_| "no number");
        Ok(Self {
            x: number(x)?,
            y: number(y)?,
        })
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.x, self.y)
    }
}

#[route("/users/{id}")]
fn user(id: UserId) -> u64 {
    id.0
}

#[route("/authors/{author}")]
async fn author(author: Result<Author, <Author as FromParam<'_>>::Error>) -> u64 {
    author.map_or(0, |author| author.id.0)
}

#[route("/text/{borrowed}/{title}/{tagged}")]
fn text(borrowed: Borrowed<'_>, title: Title<'_>, tagged: Tagged<NonZeroU32, 3>) -> String {
    format!("{}{}{}", borrowed.0, title.0, tagged.0)
}

#[route("/by/{order}/{peer}/{point}")]
fn by(order: Order, peer: Peer, point: Point) -> String {
    format!("{order:?}{peer:?}{point:?}")
}

routes! { App: user, author, text, by }

fn main() {
    assert_eq!(UserId::from_param("7"), Ok(UserId(7)));
    assert_eq!(Author::from_param("7"), Ok(Author { id: UserId(7) }));
    assert_eq!(Author::from_param("+7"), Err(ParamError::Spelling));
    assert_eq!(Borrowed::from_param("%20"), Ok(Borrowed("%20")));
    assert_eq!(Title::from_param("%20"), Ok(Title(" ".into())));
    assert_eq!(Tagged::<u8, 0>::from_param("1"), Ok(Tagged(1)));
    for (order, name, path) in [
        (Order::Newest, "newest", "newest"),
        (Order::CreatedAt, "created-at", "created-at"),
        (Order::HTTPVersion, "http-version", "http-version"),
        (Order::Odd, "a+b%2Fc", "a%2Bb%2Fc"),
        (Order::r#Type, "type", "type"),
    ] {
        assert_eq!(Order::from_param(name), Ok(order));
        assert_eq!(Order::from_param(path), Ok(order));
        let url = url!(
            App,
            by,
            order = order,
            peer = Peer(SocketAddr::from(([127, 0, 0, 1], 80))),
            point = Point { x: -1, y: 2 },
        );
        assert_eq!(url.to_string(), format!("/by/{path}/127.0.0.1%3A80/-1%2C2"));
    }
    assert_eq!(
        Order::from_param("oldest"),
        Err(ParamError::Value(
            "expected `newest`, `created-at`, `http-version`, `a+b/c` or `type`"
        ))
    );
    assert_eq!(Order::from_param("%zz"), Err(ParamError::Encoding));
    assert_eq!(Point::from_param("1%2C2"), Ok(Point { x: 1, y: 2 }));
    assert_eq!(Point::from_param("1"), Err(ParamError::Value("no comma")));
    assert!(Peer::from_param("[::1]:80").is_ok_and(|peer| peer.0.is_ipv6()));

    // What borrows or is generic is written from what is in it.
    let title = String::from("a b");
    let url = url!(
        App,
        text,
        borrowed = "x",
        title = &title,
        tagged = NonZeroU32::MIN
    );
    assert_eq!(url.to_string(), "/text/x/a%20b/1");
    let id = UserId(7);
    assert_eq!(url!(App, user, id = &id).to_string(), "/users/7");
    let author = Author { id };
    assert_eq!(url!(App, author, author = author).to_string(), "/authors/7");
}
