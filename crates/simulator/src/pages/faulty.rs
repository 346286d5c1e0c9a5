//! Spoils pages on purpose.

use super::charset::windows_1252;
use super::{HTML, Page};
use crate::fault::Fault;

/// The bytes of the optional huge page: five times what a collector should accept.
const HUGE: usize = 40 << 20;

/// Mark-up that must come out as harmless text or not at all. Each of its plain words is absent from all other prose.
pub(crate) const HOSTILE_HTML: &str = concat!(
    "<script>document.title='pwned';</script><style>body{display:none}</style>",
    "<img src=\"x\" onerror=\"alert(1)\"><iframe src=\"javascript:alert(2)\"></iframe>",
    "<div><div><div><div><p>Team\u{200b}work \u{202e}desrever\u{202c} and a=1&lt;2 &#0; &amp;lt;b&amp;gt;</p></div></div>",
    "<!-- unclosed <p onmouseover='x()'> --></div>",
);

/// What a hostile title looks like: text that must be escaped wherever it is shown again.
pub(crate) fn hostile_title(title: &str) -> String {
    format!("{title} <script>alert('title')</script> \u{202e}")
}

/// The page `html` as it goes out, with the fault's damage to its bytes.
pub(crate) fn page(html: String, fault: Option<Fault>) -> Page {
    match fault {
        Some(Fault::TruncatedPage) => {
            let mut bytes = html.into_bytes();
            bytes.truncate(bytes.len() * 3 / 5);
            Page { status: 200, content_type: HTML, body: bytes }
        }
        Some(Fault::WrongEncoding) => Page { status: 200, content_type: HTML, body: windows_1252(&html) },
        Some(Fault::HugePage) => {
            let mut bytes = html.into_bytes();
            bytes.resize(HUGE, b' ');
            Page { status: 200, content_type: HTML, body: bytes }
        }
        _ => Page::html(200, html),
    }
}
