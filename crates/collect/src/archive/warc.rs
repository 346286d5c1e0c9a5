//! WARC 1.1 records (ISO 28500:2017), written and read.

use super::Record;
use chrono::SecondsFormat;
use openvacancy_domain::Timestamp;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Which kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WarcType {
    /// A response as it came.
    Response,
    /// The server said 304: the capture before holds.
    Revisit,
}

/// A response to be archived.
#[derive(Debug, Clone)]
pub(crate) struct Exchange<'a> {
    pub(crate) kind: WarcType,
    pub(crate) url: &'a str,
    pub(crate) at: Timestamp,
    pub(crate) status: u16,
    pub(crate) headers: &'a [(String, String)],
    pub(crate) body: &'a [u8],
    /// The body was cut off at the cap.
    pub(crate) truncated: bool,
}

const REVISIT_PROFILE: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

/// The record's bytes, not compressed.
pub(crate) fn response(exchange: &Exchange<'_>) -> Vec<u8> {
    let mut http = format!("HTTP/1.1 {} {}\r\n", exchange.status, reason(exchange.status));
    for (name, value) in exchange.headers {
        // The body is kept decoded, so the headers that say how it came are kept under another name.
        let prefix = match name.to_ascii_lowercase().as_str() {
            "transfer-encoding" | "content-encoding" | "content-length" => "X-Archive-Orig-",
            _ => "",
        };
        let _ = write!(http, "{prefix}{name}: {}\r\n", one_line(value));
    }
    let _ = write!(http, "Content-Length: {}\r\n\r\n", exchange.body.len());
    let mut block = http.into_bytes();
    block.extend_from_slice(exchange.body);

    let mut header = String::from("WARC/1.1\r\n");
    let kind = match exchange.kind {
        WarcType::Response => "response",
        WarcType::Revisit => "revisit",
    };
    let date = exchange.at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let _ = write!(header, "WARC-Type: {kind}\r\n");
    let _ = write!(
        header,
        "WARC-Record-ID: <urn:uuid:{}>\r\n",
        record_id(&[exchange.url.as_bytes(), date.as_bytes(), &block])
    );
    let _ = write!(header, "WARC-Date: {date}\r\nWARC-Target-URI: {}\r\n", one_line(exchange.url));
    match exchange.kind {
        WarcType::Response => {
            let _ = write!(header, "WARC-Payload-Digest: {}\r\n", digest(exchange.body));
        }
        WarcType::Revisit => {
            let _ = write!(header, "WARC-Profile: {REVISIT_PROFILE}\r\n");
        }
    }
    let _ = write!(header, "WARC-Block-Digest: {}\r\n", digest(&block));
    if exchange.truncated {
        header.push_str("WARC-Truncated: length\r\n");
    }
    finish(header, "application/http;msgtype=response", &block)
}

/// The record every file begins with.
pub(super) fn info(file: &str, at: Timestamp) -> Vec<u8> {
    let block = format!(
        "software: OpenVacancy/{}\r\nformat: WARC File Format 1.1\r\nconformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\nrobots: obey\r\n",
        env!("CARGO_PKG_VERSION")
    );
    let date = at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let id = record_id(&[file.as_bytes(), date.as_bytes(), block.as_bytes()]);
    let header = format!(
        "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: {date}\r\nWARC-Filename: {file}\r\n"
    );
    finish(header, "application/warc-fields", block.as_bytes())
}

fn finish(mut header: String, content_type: &str, block: &[u8]) -> Vec<u8> {
    let _ = write!(header, "Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n", block.len());
    let mut record = header.into_bytes();
    record.extend_from_slice(block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// A UUID made of what the record holds (version 8: our own construction), so that the same capture bears the same id.
fn record_id(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut hash = hasher.finalize();
    hash[6] = (hash[6] & 0x0F) | 0x80;
    hash[8] = (hash[8] & 0x3F) | 0x80;
    let hex = hash[..16].iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// `sha256:` and base 32, as archives write digests.
fn digest(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let hash = Sha256::digest(bytes);
    let mut text = String::from("sha256:");
    for chunk in hash.chunks(5) {
        let mut group = [0_u8; 8];
        group[3..3 + chunk.len()].copy_from_slice(chunk);
        let bits = u64::from_be_bytes(group);
        let letters = (chunk.len() * 8).div_ceil(5);
        for letter in 0..8 {
            if letter < letters {
                text.push(char::from(ALPHABET[(bits >> (35 - 5 * letter)) as usize & 31]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Status",
    }
}

/// Reads a response record back.
///
/// # Errors
/// In words: what is missing.
pub(super) fn parse(bytes: &[u8]) -> Result<Record, String> {
    let (head, block) = split_head(bytes).ok_or("the record has no end of its header")?;
    let mut lines = head.lines();
    if !lines.next().is_some_and(|line| line.starts_with("WARC/1.")) {
        return Err("it does not begin with WARC/1".to_owned());
    }
    let fields: Vec<(String, String)> = lines.filter_map(field).collect();
    let get =
        |name: &str| fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
    let length: usize = get("Content-Length").and_then(|text| text.parse().ok()).ok_or("no Content-Length")?;
    let block = block.get(..length).ok_or("the record ends before its Content-Length")?;
    let (http, body) = split_head(block).ok_or("the HTTP header has no end")?;
    let mut lines = http.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    Ok(Record {
        url: get("WARC-Target-URI").ok_or("no WARC-Target-URI")?,
        date: get("WARC-Date").ok_or("no WARC-Date")?,
        status: status.ok_or("no HTTP status")?,
        headers: lines.filter_map(field).collect(),
        body: body.to_vec(),
    })
}

fn split_head(bytes: &[u8]) -> Option<(String, &[u8])> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let (head, rest) = bytes.split_at(end);
    Some((String::from_utf8_lossy(head).into_owned(), rest.get(4..)?))
}

fn field(line: &str) -> Option<(String, String)> {
    line.split_once(':').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Exchange, WarcType, digest, parse, response};

    #[test]
    fn a_record_is_read_back_as_it_was_written() {
        let headers = vec![("Content-Type".to_owned(), "text/html".to_owned()), ("X".to_owned(), "a\r\nb".to_owned())];
        let exchange = Exchange {
            kind: WarcType::Response,
            url: "https://example.org/job/1",
            at: "2026-11-21T10:00:00.250Z".parse().unwrap(),
            status: 200,
            headers: &headers,
            body: b"a\r\n\r\nb",
            truncated: true,
        };
        let bytes = response(&exchange);
        let record = parse(&bytes).unwrap();
        assert_eq!((record.url.as_str(), record.status, record.body.as_slice()), (exchange.url, 200, exchange.body));
        assert_eq!((record.header("content-type"), record.header("x")), (Some("text/html"), Some("a  b")));
        assert_eq!(record.date, "2026-11-21T10:00:00.250Z");
        assert_eq!(response(&exchange), bytes);
        for cut in [0, 10, bytes.len() / 2, bytes.len() - 8] {
            assert!(parse(&bytes[..cut]).is_err(), "{cut}");
        }
    }

    #[test]
    fn digests_are_base_32() {
        // SHA-256 of nothing, as `sha256sum` and base 32 give it.
        assert_eq!(digest(b""), "sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ====");
    }
}
