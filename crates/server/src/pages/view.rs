//! Lines of tables as templates show them: every text ready, every bar measured.

use super::cube::Number;
use super::format;
use openvacancy_domain::ObsStatus;

/// A number as shown: text, mark, and what the mark means for those who cannot see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) mark: &'static str,
    pub(super) meaning: &'static str,
}

impl Shown {
    pub(super) fn count(number: Option<Number>) -> Self {
        Self::with(number, format::count, "0")
    }

    pub(super) fn pay(number: Option<Number>) -> Self {
        Self::with(number, format::pay, "\u{2013}")
    }

    /// What the mark means, for the foot of a table.
    pub(super) fn explained(&self) -> &'static str {
        match self.mark {
            "c" => "withheld to protect an employer",
            "b" => "break in the series: the portals differ from the month before",
            _ => self.meaning,
        }
    }

    fn with(number: Option<Number>, format: impl Fn(f64) -> String, absent: &str) -> Self {
        let Some(number) = number else { return Self { text: absent.to_owned(), ..Self::default() } };
        let (mark, meaning) = match number.status {
            ObsStatus::Confidential => ("c", "withheld"),
            ObsStatus::Provisional => ("p", "provisional"),
            ObsStatus::Break => ("b", "break in series"),
            ObsStatus::Missing => ("m", "missing"),
            ObsStatus::Normal => ("", ""),
        };
        let text = number.value.map(format).unwrap_or_default();
        Self { text, mark, meaning }
    }
}

/// One line of a table with a bar.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) code: String,
    pub(super) name: String,
    /// Address of the page that looks closer; empty = none.
    pub(super) link: String,
    pub(super) value: Shown,
    /// Length of the bar, 0 to 100.
    pub(super) bar: String,
    pub(super) share: String,
    pub(super) pay: Shown,
    /// Stands apart: what is not known.
    pub(super) muted: bool,
}

/// Length of a bar, 0 to 100, where the longest has `most`.
pub(super) fn bar(value: f64, most: f64) -> String {
    if most > 0.0 { format!("{:.1}", (value / most * 100.0).clamp(0.0, 100.0)) } else { "0".to_owned() }
}

/// Share of a whole as text; nothing where either is not shown.
pub(super) fn share(value: Option<f64>, whole: Option<f64>) -> String {
    match (value, whole) {
        (Some(value), Some(whole)) if whole > 0.0 => format::percent(value / whole),
        _ => String::new(),
    }
}
