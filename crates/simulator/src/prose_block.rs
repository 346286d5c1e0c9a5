//! The prose of an advertisement as blocks, from which HTML and plain text are made alike.

/// A piece of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A bulleted list.
    List(Vec<String>),
}

/// The blocks as plain text: one line for each heading, paragraph and list item.
pub(crate) fn text(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut line = |words: &str| {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(words);
    };
    for block in blocks {
        match block {
            Block::Heading(words) | Block::Paragraph(words) => line(words),
            Block::List(items) => items.iter().for_each(|item| line(item)),
        }
    }
    text
}

/// The blocks as HTML.
pub(crate) fn html(blocks: &[Block]) -> String {
    let mut html = String::new();
    for block in blocks {
        match block {
            Block::Heading(words) => tagged(&mut html, "h3", words),
            Block::Paragraph(words) => tagged(&mut html, "p", words),
            Block::List(items) => {
                html.push_str("<ul>\n");
                items.iter().for_each(|item| tagged(&mut html, "li", item));
                html.push_str("</ul>\n");
            }
        }
    }
    html
}

fn tagged(html: &mut String, tag: &str, words: &str) {
    html.push('<');
    html.push_str(tag);
    html.push('>');
    html.push_str(&escape(words));
    html.push_str("</");
    html.push_str(tag);
    html.push_str(">\n");
}

/// Text made safe for element content and quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for ch in text.chars() {
        match ch {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ => safe.push(ch),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{Block, html, text};

    #[test]
    fn html_and_text_say_the_same() {
        let blocks = [
            Block::Heading("Duties".into()),
            Block::List(vec!["Fish & chips".into(), "Tills <and> floor".into()]),
            Block::Paragraph("Apply now".into()),
        ];
        assert_eq!(text(&blocks), "Duties\nFish & chips\nTills <and> floor\nApply now");
        assert_eq!(
            html(&blocks),
            "<h3>Duties</h3>\n<ul>\n<li>Fish &amp; chips</li>\n<li>Tills &lt;and&gt; floor</li>\n</ul>\n<p>Apply now</p>\n"
        );
    }
}
