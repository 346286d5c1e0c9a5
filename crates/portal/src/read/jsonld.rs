//! The schema.org JobPosting inside a page, found without building the page's tree.
//!
//! Sites write JSON-LD by template, so much of it is not JSON: raw line breaks in strings, comments, CDATA marks,
//! commas before a closing bracket, a semicolon at the end, the whole of it HTML-escaped. Each of these is read; what
//! ends in the middle is not.

use memchr::memmem;
use serde_json::Value;

/// The postings found, the one the page is about first.
pub(super) struct JsonLd {
    pub(super) postings: Vec<Value>,
    /// Why a script that is there could not be read.
    pub(super) unreadable: Option<String>,
}

/// Finds the JobPosting objects of a page. `address` picks the page's own among several.
pub(super) fn find(page: &str, address: Option<&str>) -> JsonLd {
    let mut found = JsonLd { postings: Vec::new(), unreadable: None };
    let mut rest = page;
    while let Some(at) = memmem::find(rest.as_bytes(), b"application/ld+json") {
        rest = rest.get(at..).unwrap_or_default();
        let Some(open) = rest.find('>') else { break };
        rest = rest.get(open + 1..).unwrap_or_default();
        let end = memmem::find(rest.as_bytes(), b"</script").unwrap_or(rest.len());
        let (script, after) = rest.split_at(end);
        rest = after;
        if script.trim().is_empty() {
            continue;
        }
        match tolerant(script) {
            Some(value) => collect(value, &mut found.postings, 0),
            None => found.unreadable = Some("a JSON-LD script on the page cannot be read as JSON".to_owned()),
        }
    }
    if found.postings.len() > 1
        && let Some(own) = address.and_then(|address| own(&found.postings, address))
    {
        found.postings.swap(0, own);
    }
    found
}

/// Which of several postings bears the page's address or an identifier that stands in it.
fn own(postings: &[Value], address: &str) -> Option<usize> {
    let by_address = postings.iter().position(|posting| {
        posting.get("url").and_then(Value::as_str).is_some_and(|url| !url.is_empty() && address.ends_with(url))
    });
    by_address.or_else(|| {
        postings.iter().position(|posting| {
            let identifier = posting.get("identifier");
            let value = identifier.and_then(|identifier| identifier.get("value")).or(identifier);
            let text = value.and_then(|value| match value {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            });
            text.is_some_and(|text| text.len() >= 3 && address.contains(&text))
        })
    })
}

const MAX_NESTING: usize = 16;

fn collect(value: Value, postings: &mut Vec<Value>, depth: usize) {
    if depth > MAX_NESTING {
        return;
    }
    match value {
        Value::Array(members) => members.into_iter().for_each(|member| collect(member, postings, depth + 1)),
        Value::Object(members) => {
            let object = Value::Object(members);
            if is_job_posting(&object) {
                postings.push(object);
            } else if let Value::Object(members) = object {
                for (_, member) in members {
                    if member.is_object() || member.is_array() {
                        collect(member, postings, depth + 1);
                    }
                }
            }
        }
        _ => {}
    }
}

fn is_job_posting(object: &Value) -> bool {
    let names = |value: &Value| value.as_str().is_some_and(|name| name.rsplit(['/', ':']).next() == Some("JobPosting"));
    match object.get("@type") {
        Some(Value::Array(types)) => types.iter().any(names),
        Some(value) => names(value),
        None => false,
    }
}

/// The first JSON value of a text, its usual faults mended. `None` where it ends in the middle or is no JSON at all.
pub(super) fn tolerant(text: &str) -> Option<Value> {
    let text = text.trim_start_matches(|ch: char| ch.is_whitespace() || ch == '\u{FEFF}');
    first_value(text).or_else(|| first_value(&mended(text))).or_else(|| {
        // Wholly HTML-escaped: no bare quote is left in it.
        let escaped =
            !text.contains('"') && (text.contains("&quot;") || text.contains("&#34;") || text.contains("&#x22;"));
        escaped.then(|| crate::text::unescape(text)).and_then(|text| first_value(&mended(&text)))
    })
}

/// Whatever follows the value (a semicolon, a comment's end) does not matter.
fn first_value(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text).into_iter::<Value>().next()?.ok().filter(|v| v.is_object() || v.is_array())
}

/// Outside strings: comments and CDATA marks out, commas before a closing bracket out. Inside: control characters and
/// stray backslashes escaped.
fn mended(text: &str) -> String {
    let text = ["<![CDATA[", "]]>", "<!--", "-->"].iter().fold(text.to_owned(), |text, mark| text.replace(mark, ""));
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    let mut in_string = false;
    while let Some(ch) = chars.next() {
        if in_string {
            match ch {
                '"' => {
                    in_string = false;
                    out.push('"');
                }
                '\\' => match chars.next() {
                    Some(escaped @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                        out.push('\\');
                        out.push(escaped);
                    }
                    Some(other) => out.push(other),
                    None => {}
                },
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                control if control < ' ' => out.push(' '),
                other => out.push(other),
            }
            continue;
        }
        match (ch, chars.peek()) {
            ('"', _) => {
                in_string = true;
                out.push('"');
            }
            ('/', Some('/')) => {
                while chars.peek().is_some_and(|next| *next != '\n') {
                    chars.next();
                }
            }
            ('/', Some('*')) => {
                chars.next();
                let mut star = false;
                for next in chars.by_ref() {
                    if star && next == '/' {
                        break;
                    }
                    star = next == '*';
                }
            }
            ('}' | ']', _) => {
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
                out.push(ch);
            }
            _ => out.push(ch),
        }
    }
    out.trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{find, tolerant};
    use serde_json::json;

    #[test]
    fn faulty_json_is_mended() {
        let check = |text: &str| assert_eq!(tolerant(text), Some(json!({"a": "b c", "d": [1]})), "{text}");
        check(r#"{"a": "b c", "d": [1]}"#);
        check("{\"a\": \"b\u{1}c\", \"d\": [1]}");
        check("/*<![CDATA[*/\n{\"a\": \"b c\", \"d\": [1,],}\n/*]]>*/");
        check("//<![CDATA[\n{\"a\": \"b c\", // note\n\"d\": [1]};\n//]]>");
        check("<!-- {\"a\": \"b c\", \"d\": [1]} -->");
        check("{&quot;a&quot;: &quot;b c&quot;, &quot;d&quot;: [1]}");
        check(r#"{"a": "b\ c", "d": [1]};"#);
        assert_eq!(tolerant("{\"a\": \"x\ny\"}"), Some(json!({"a": "x\ny"})));
        for broken in ["", "{", "{\"a\": \"b", "null", "\u{0}", "{\"a\": }"] {
            assert_eq!(tolerant(broken), None, "{broken}");
        }
    }

    #[test]
    fn postings_are_found_wherever_they_stand() {
        let check = |script: &str, expected: &str| {
            let page = format!("<head><script type='application/ld+json' id=x>{script}</script></head>");
            let found = find(&page, Some("https://example.org/job/222"));
            assert_eq!(found.postings[0]["title"], expected, "{script}");
        };
        check(r#"{"@type": "JobPosting", "title": "a"}"#, "a");
        check(r#"[{"@type": "WebSite"}, {"@type": ["JobPosting"], "title": "a"}]"#, "a");
        check(r#"{"@graph": [{"@type": "http://schema.org/JobPosting", "title": "a"}]}"#, "a");
        check(
            r#"[{"@type": "JobPosting", "identifier": {"value": "111"}, "title": "a"},
                {"@type": "JobPosting", "identifier": {"value": 222}, "title": "b"}]"#,
            "b",
        );
        assert!(find("<script type=\"application/ld+json\">{\"@type\": \"Job", None).unreadable.is_some());
        assert!(find("<script type=\"application/ld+json\"", None).postings.is_empty());
    }
}
