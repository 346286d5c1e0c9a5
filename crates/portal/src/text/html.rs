//! HTML to text: paragraphs and list items on lines of their own, scripts and styles dropped, references decoded.

use super::collapse_lines;
use memchr::memchr_iter;
use regex::Regex;
use scraper::{ElementRef, Html, Node};
use std::sync::LazyLock;

/// Most elements that may be open inside each other. Real pages stay under 100; the tree builder's work grows with the
/// square of the depth, so a hostile page is refused before it is built.
const MAX_DEPTH: i64 = 3_000;

/// The text of an HTML fragment. A fragment whose whole mark-up was escaped once more is read through.
#[must_use]
pub fn html_to_text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return collapse_lines(html);
    }
    if too_deep(html) {
        return collapse_lines(&without_tags(html));
    }
    let text = fragment_text(html);
    let text = if !has_markup(html) && has_markup(&text) && !too_deep(&text) { fragment_text(&text) } else { text };
    if REFERENCE.is_match(&text) { collapse_lines(&unescape(&text)) } else { text }
}

static MARKUP: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test")]
    Regex::new(r"(?i)</?(?:p|br|div|ul|ol|li|strong|b|em|i|span|h[1-6]|table|a)\b[^<>]*>").unwrap()
});

/// References that only a second escaping leaves in text. `&copy` in an address query is none.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test")]
    Regex::new(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp|pound|euro|[lr][sd]quo|[mn]dash|bull|middot|hellip);").unwrap()
});

fn has_markup(text: &str) -> bool {
    MARKUP.is_match(text)
}

fn fragment_text(html: &str) -> String {
    element_text(Html::parse_fragment(html).root_element())
}

/// Character references decoded, mark-up left alone.
pub(crate) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    Html::parse_fragment(&text.replace('<', "&lt;")).root_element().text().collect()
}

/// Whether the mark-up nests deeper than any real page. Elements that authors leave open do not count.
#[must_use]
pub(crate) fn too_deep(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut depth = 0_i64;
    for at in memchr_iter(b'<', bytes) {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        match rest.first() {
            Some(b'/') => depth = (depth - 1).max(0),
            Some(first) if first.is_ascii_alphabetic() => {
                let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
                if !is_left_open(rest.get(..end).unwrap_or_default()) {
                    depth += 1;
                    if depth > MAX_DEPTH {
                        return true;
                    }
                }
            }
            _ => {}
        }
    }
    false
}

fn is_left_open(name: &[u8]) -> bool {
    const NAMES: &[&str] = &[
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
        "param", "path", "source", "td", "th", "tr", "track", "wbr",
    ];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// For what is too deep to be built into a tree: everything between angle brackets goes.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    for (number, part) in html.split('<').enumerate() {
        let shown = if number == 0 { Some(part) } else { part.split_once('>').map(|(_, after)| after) };
        if let Some(shown) = shown.filter(|shown| !shown.trim().is_empty()) {
            text.push_str(shown);
            text.push('\n');
        }
    }
    text
}

/// The text of an element as a reader sees it, in lines.
pub(crate) fn element_text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    let root = *element;
    let mut node = root;
    // A walk without recursion: a page may nest deeper than the stack is high.
    'walk: loop {
        let mut descend = true;
        match node.value() {
            Node::Text(part) => text.push_str(&part.replace(['\n', '\r'], " ")),
            Node::Element(element) => {
                descend = node.id() == root.id() || !is_hidden(element.name());
                if descend {
                    text.push_str(before(element.name()));
                }
            }
            _ => {}
        }
        if descend && let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        loop {
            if let Node::Element(element) = node.value() {
                text.push_str(before(element.name()));
            }
            if node.id() == root.id() {
                break 'walk;
            }
            if let Some(sibling) = node.next_sibling() {
                node = sibling;
                continue 'walk;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => break 'walk,
            }
        }
    }
    collapse_lines(&text)
}

fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "object"
            | "svg"
            | "head"
            | "select"
            | "textarea"
            | "button"
    )
}

/// What stands before and after an element in lines of text.
fn before(name: &str) -> &'static str {
    match name {
        "address" | "article" | "aside" | "blockquote" | "br" | "dd" | "details" | "div" | "dl" | "dt" | "fieldset"
        | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hr" | "li" | "main"
        | "nav" | "ol" | "p" | "pre" | "section" | "summary" | "table" | "tr" | "ul" => "\n",
        "td" | "th" => " ",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{html_to_text, too_deep, unescape};

    #[test]
    fn html_becomes_lines() {
        let check = |html: &str, expected: &str| assert_eq!(html_to_text(html), expected, "{html}");
        check("<p>One\ntwo</p><p>Three</p>", "One two\nThree");
        check("<ul><li>a<li>b</ul>c<br>d", "a\nb\nc\nd");
        check("x<script>alert(1)</script><style>p{}</style>y", "xy");
        check("Salt &amp; pepper &pound;9", "Salt & pepper £9");
        check("&lt;p&gt;Whole &amp;amp; escaped&lt;/p&gt;&lt;p&gt;twice&lt;/p&gt;", "Whole & escaped\ntwice");
        check("<p>double &amp;rsquo; &amp;nbsp; quote</p>", "double \u{2019} quote");
        check("plain  text\nin lines", "plain text\nin lines");
        check("<p>a &lt; b</p>", "a < b");
        check("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc");
        check("<p>unclosed <b>bold", "unclosed bold");
        check("", "");
    }

    #[test]
    fn references_are_decoded_and_tags_stay() {
        assert_eq!(unescape("R&amp;D <b> &pound;5"), "R&D <b> £5");
    }

    #[test]
    fn depth_is_bounded() {
        assert!(too_deep(&"<div>".repeat(100_000)));
        assert!(!too_deep(&"<li>a<li>b<p>".repeat(100_000)));
        assert!(!too_deep(&"<div><b>x</b></div>".repeat(10_000)));
        assert_eq!(html_to_text(&format!("{}deep", "<div>".repeat(100_000))), "deep");
    }
}
