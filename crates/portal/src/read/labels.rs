//! Values that stand beside a label: definition lists, two-column tables, 'Label: value'.

use crate::text::{element_text, fold};
use scraper::{ElementRef, Selector};
use std::sync::LazyLock;

/// Label in lower case and value, in the order of the page.
pub(super) type Labels = Vec<(String, String)>;

static LABELS: LazyLock<Selector> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant selector, compiled by every test")]
    Selector::parse("dt, tr, li, p, div").unwrap()
});

/// The longest label: what is longer is a sentence with a colon in it.
const MAX_LABEL: usize = 40;
const MAX_LINE: usize = 400;

/// All label-value pairs under `root`.
pub(super) fn of(root: ElementRef<'_>) -> Labels {
    root.select(&LABELS).filter_map(pair).collect()
}

fn pair(element: ElementRef<'_>) -> Option<(String, String)> {
    let (label, value) = match element.value().name() {
        "dt" => {
            let value =
                element.next_siblings().filter_map(ElementRef::wrap).find(|next| next.value().name() == "dd")?;
            (element_text(element), element_text(value))
        }
        "tr" => {
            let mut cells = element.child_elements().filter(|cell| matches!(cell.value().name(), "th" | "td"));
            let (label, value) = (cells.next()?, cells.next()?);
            // More than two cells are a table of several things, not a thing and its facts.
            if cells.next().is_some() {
                return None;
            }
            (element_text(label), element_text(value))
        }
        _ => line(element)?,
    };
    let label = fold(&label);
    (!label.is_empty() && label.chars().count() <= MAX_LABEL && !value.is_empty()).then_some((label, value))
}

/// 'Label: value' in an element that holds one line.
fn line(element: ElementRef<'_>) -> Option<(String, String)> {
    let nested = element.child_elements().any(|child| LABELS.matches(&child) || child.value().name() == "dl");
    if nested || element.text().map(str::len).sum::<usize>() > MAX_LINE {
        return None;
    }
    let text = element_text(element);
    let (label, value) = text.split_once(':')?;
    Some((label.to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    #[test]
    fn pairs_are_found() {
        let check = |html: &str, expected: &[(&str, &str)]| {
            let page = Html::parse_document(html);
            let found = super::of(page.root_element());
            let found: Vec<_> = found.iter().map(|(label, value)| (label.as_str(), value.as_str())).collect();
            assert_eq!(found, expected, "{html}");
        };
        check("<dl><dt>Salary:</dt><dd>£9 an hour</dd><dt>Empty</dt><dd></dd></dl>", &[("salary", "£9 an hour")]);
        check("<table><tr><th>Pay</th><td>£9</td></tr><tr><td>a<td>b<td>c</tr></table>", &[("pay", "£9")]);
        check("<ul><li><b>Hours:</b> Full time</li></ul>", &[("hours", "Full time")]);
        check("<div><p>Closes at: 12:30</p></div>", &[("closes at", "12:30")]);
        check("<dl><dt>Alone</dt></dl><p>We ask one thing of everybody who comes to work for us: be kind.</p>", &[]);
    }
}
