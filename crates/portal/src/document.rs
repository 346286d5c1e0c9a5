//! The bytes of one answer, and the text in them.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use memchr::memmem;
use openvacancy_domain::Timestamp;
use std::borrow::Cow;

/// The largest document that is read, in bytes. Real pages stay under 2 MB; what is larger is a fault of the source.
pub const MAX_BYTES: usize = 8 << 20;

/// The bytes of one answer and what is known of them.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// The address asked for; `None` for a file whose address nobody knows.
    pub url: Option<&'a str>,
    /// The address that answered in the end, where redirects led elsewhere.
    pub redirected_to: Option<&'a str>,
    /// HTTP status.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: Option<&'a str>,
    /// The body.
    pub bytes: &'a [u8],
    /// When it was fetched.
    pub fetched_at: Option<Timestamp>,
}

impl<'a> Document<'a> {
    /// A document of which only the bytes are known.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { url: None, redirected_to: None, status: 200, content_type: None, bytes, fetched_at: None }
    }

    /// The address the content came from.
    pub(crate) fn address(&self) -> Option<&'a str> {
        self.redirected_to.or(self.url)
    }

    /// Where it is, for messages.
    pub(crate) fn place(&self) -> String {
        self.url.unwrap_or("document").to_owned()
    }

    /// The body as text. The byte-order mark wins, then the header, then the page's own word, then what the bytes look
    /// like. The second answer is true where the bytes contradict the header and another encoding was taken.
    pub(crate) fn text(&self) -> (Cow<'a, str>, bool) {
        if let Some((encoding, mark)) = Encoding::for_bom(self.bytes) {
            let rest = self.bytes.get(mark..).unwrap_or_default();
            return (encoding.decode_without_bom_handling(rest).0, false);
        }
        let stated = self.header_charset().or_else(|| self.meta_charset());
        match stated {
            // Neither word nor mark: the same as a page that says UTF-8, without the contradiction.
            _ if stated.is_none_or(|encoding| encoding == UTF_8) => match std::str::from_utf8(self.bytes) {
                Ok(text) => (Cow::Borrowed(text), false),
                // Says UTF-8, is not: single stray bytes in a page that otherwise holds multi-byte sequences are damage;
                // a page whose high bytes never form one is in the old Western encoding.
                Err(_) if has_utf8_sequences(self.bytes) => (UTF_8.decode_without_bom_handling(self.bytes).0, true),
                Err(_) => (WINDOWS_1252.decode_without_bom_handling(self.bytes).0, stated.is_some()),
            },
            stated => (stated.unwrap_or(UTF_8).decode_without_bom_handling(self.bytes).0, false),
        }
    }

    fn header_charset(&self) -> Option<&'static Encoding> {
        charset_in(self.content_type?.as_bytes())
    }

    /// As HTML says it: in a meta element within the first kilobytes.
    fn meta_charset(&self) -> Option<&'static Encoding> {
        let head = self.bytes.get(..self.bytes.len().min(4_096))?;
        let meta = memmem::find(head, b"<meta").or_else(|| memmem::find(head, b"<META"))?;
        charset_in(head.get(meta..)?)
    }
}

/// The encoding named after `charset=` or `encoding=`.
fn charset_in(bytes: &[u8]) -> Option<&'static Encoding> {
    let lower = bytes.to_ascii_lowercase();
    let at = memmem::find(&lower, b"charset=")? + b"charset=".len();
    let rest = lower.get(at..)?;
    let rest = match rest.first()? {
        b'"' | b'\'' => rest.get(1..)?,
        _ => rest,
    };
    let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)));
    Encoding::for_label(rest.get(..end.unwrap_or(rest.len()))?)
}

/// Whether any valid multi-byte UTF-8 sequence occurs.
fn has_utf8_sequences(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        match std::str::from_utf8(rest) {
            Ok(text) => return !text.is_ascii(),
            Err(error) => {
                let (valid, after) = rest.split_at(error.valid_up_to());
                if !valid.is_ascii() {
                    return true;
                }
                rest = after.get(error.error_len().unwrap_or(after.len())..).unwrap_or_default();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Document;

    #[test]
    fn the_charset_is_found() {
        let check = |content_type: Option<&str>, bytes: &[u8], expected: &str, contradicts: bool| {
            let document = Document { content_type, ..Document::new(bytes) };
            let (text, contradiction) = document.text();
            assert_eq!((text.as_ref(), contradiction), (expected, contradicts));
        };
        check(None, "£9".as_bytes(), "£9", false);
        check(Some("text/html; charset=windows-1252"), b"\xA39 \x96", "£9 –", false);
        check(Some("text/html; charset=\"ISO-8859-1\""), b"\xA39", "£9", false);
        check(Some("text/html"), b"<meta charset=windows-1252>\xA39", "<meta charset=windows-1252>£9", false);
        check(Some("text/html; charset=utf-8"), b"\xA39 an hour", "£9 an hour", true);
        check(Some("text/html; charset=utf-8"), b"\xC2\xA39 \xFF", "£9 \u{FFFD}", true);
        check(None, b"\xEF\xBB\xBFa", "a", false);
        check(None, b"\xFF\xFEa\0", "a", false);
        check(Some("text/html; charset=nonsense"), b"\xA39", "£9", false);
        check(None, b"", "", false);
    }
}
