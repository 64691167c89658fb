// Types of the program's own as parameters and as extractors.

use std::net::IpAddr;

use tramline::{FromParam, FromRequest, Request, Status, route, routes};

struct Even(u32);

impl FromParam<'_> for Even {
    type Error = &'static str;

    fn from_param(segment: &str) -> Result<Self, Self::Error> {
        let number = segment.parse().map_err(|_| "not a number")?;
        if number % 2 == 0 { Ok(Self(number)) } else { Err("odd") }
    }
}

struct Forwarded(Option<IpAddr>);

impl<'r> FromRequest<'r> for Forwarded {
    type State = ();
    type Rejection = (Status, &'static str);

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, Self::Rejection> {
        let Some(value) = request.header("x-forwarded-for") else {
            return Ok(Self(None));
        };
        let address = str::from_utf8(value).ok().and_then(|text| text.parse().ok());
        address.map(|address| Self(Some(address))).ok_or((Status::BAD_REQUEST, "no address\n"))
    }
}

// Arguments come in any order; a parameter may be asked for its error.
#[route("/halves/{number}")]
fn half(from: Forwarded, number: Result<Even, &'static str>) -> Result<u32, (Status, &'static str)> {
    let _ = from.0;
    number.map(|even| even.0 / 2).map_err(|why| (Status::UNPROCESSABLE_CONTENT, why))
}

routes! { App: half }

fn main() {
    assert_eq!(half(Forwarded(None), Even::from_param("8")), Ok(4));
    assert_eq!(App::ROUTES.len(), 1);
}
