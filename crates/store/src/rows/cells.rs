//! Cells: what a back-end must be able to write and read; all else is built on it here.

use crate::error::Trouble;
use crate::nul;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use openvacancy_domain::{Month, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

/// Takes the cells of a row, in the order of its columns.
pub(crate) trait WriteCells {
    /// Text that holds no NUL.
    fn clean_text(&mut self, value: Option<&str>);
    /// The same of a text that is ours.
    fn clean_owned_text(&mut self, value: String);
    fn blob(&mut self, value: Option<&[u8]>);
    fn int(&mut self, value: Option<i64>);
    fn real(&mut self, value: Option<f64>);

    fn text(&mut self, value: Option<&str>) {
        match value.map(nul::without) {
            Some(Cow::Owned(text)) => self.clean_owned_text(text),
            Some(Cow::Borrowed(text)) => self.clean_text(Some(text)),
            None => self.clean_text(None),
        }
    }

    fn owned_text(&mut self, value: String) {
        self.clean_owned_text(nul::removed(value));
    }

    /// A number that fits `i64`, as all counts here do; one that does not is kept at the end of the range.
    fn number(&mut self, value: impl TryInto<i64>) {
        self.int(Some(value.try_into().unwrap_or(i64::MAX)));
    }

    /// A 32-bit float as the decimal it is shown as: 0.85 and not 0.8500000238418579.
    fn short_real(&mut self, value: Option<f32>) {
        self.real(value.map(shown));
    }

    fn flag(&mut self, value: Option<bool>) {
        self.int(value.map(i64::from));
    }

    fn time(&mut self, value: Option<Timestamp>) {
        match value {
            Some(at) => self.clean_owned_text(time_text(at)),
            None => self.text(None),
        }
    }

    fn day(&mut self, value: Option<NaiveDate>) {
        self.shown(value);
    }

    fn month(&mut self, value: Option<Month>) {
        self.shown(value);
    }

    fn shown(&mut self, value: Option<impl Display>) {
        match value {
            Some(value) => self.owned_text(value.to_string()),
            None => self.text(None),
        }
    }

    fn json<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.clean_owned_text(json_text(value));
    }
}

/// A row of a database: cells by their number from 0. The caller knows the type of each column, so none is compared.
pub(crate) trait Row {
    fn text(&self, column: usize) -> Result<Option<&str>, Trouble>;
    fn blob(&self, column: usize) -> Result<Option<&[u8]>, Trouble>;
    fn int(&self, column: usize) -> Result<Option<i64>, Trouble>;
    fn real(&self, column: usize) -> Result<Option<f64>, Trouble>;
    fn name(&self, column: usize) -> String;
}

/// The cells of one row, read from the first column on.
pub(crate) struct Cells<'row, R> {
    row: &'row R,
    next: usize,
}

impl<'row, R: Row> Cells<'row, R> {
    pub(crate) fn of(row: &'row R) -> Self {
        Self { row, next: 0 }
    }

    fn step(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }
}

impl<R: Row> ReadCells for Cells<'_, R> {
    fn text(&mut self) -> Result<Option<&str>, Trouble> {
        let column = self.step();
        self.row.text(column)
    }

    fn blob(&mut self) -> Result<Option<&[u8]>, Trouble> {
        let column = self.step();
        self.row.blob(column)
    }

    fn int(&mut self) -> Result<Option<i64>, Trouble> {
        let column = self.step();
        self.row.int(column)
    }

    fn real(&mut self) -> Result<Option<f64>, Trouble> {
        let column = self.step();
        self.row.real(column)
    }

    fn place(&self) -> String {
        format!("column {}", self.row.name(self.next.saturating_sub(1)))
    }
}

/// Gives the cells of a row, in the order of its columns.
pub(crate) trait ReadCells {
    fn text(&mut self) -> Result<Option<&str>, Trouble>;
    fn blob(&mut self) -> Result<Option<&[u8]>, Trouble>;
    fn int(&mut self) -> Result<Option<i64>, Trouble>;
    fn real(&mut self) -> Result<Option<f64>, Trouble>;

    /// Where we are, for messages: the name of the cell read last.
    fn place(&self) -> String;

    fn owned(&mut self) -> Result<Option<String>, Trouble> {
        Ok(self.text()?.map(str::to_owned))
    }

    fn must_text(&mut self) -> Result<String, Trouble> {
        match self.owned()? {
            Some(text) => Ok(text),
            None => Err(Trouble::corrupt(self.place(), "it is empty")),
        }
    }

    fn must_int(&mut self) -> Result<i64, Trouble> {
        match self.int()? {
            Some(number) => Ok(number),
            None => Err(Trouble::corrupt(self.place(), "it is empty")),
        }
    }

    fn number<N: TryFrom<i64>>(&mut self) -> Result<N, Trouble> {
        match self.opt_number()? {
            Some(number) => Ok(number),
            None => Err(Trouble::corrupt(self.place(), "it is empty")),
        }
    }

    fn opt_number<N: TryFrom<i64>>(&mut self) -> Result<Option<N>, Trouble> {
        let Some(number) = self.int()? else { return Ok(None) };
        match N::try_from(number) {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(Trouble::corrupt(self.place(), format!("{number} is out of range"))),
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "it was widened from f32 when it was written")]
    fn short_real(&mut self) -> Result<Option<f32>, Trouble> {
        Ok(self.real()?.map(|value| value as f32))
    }

    fn flag(&mut self) -> Result<Option<bool>, Trouble> {
        Ok(self.int()?.map(|value| value != 0))
    }

    fn time(&mut self) -> Result<Option<Timestamp>, Trouble> {
        let parsed = match self.text()? {
            None => return Ok(None),
            Some(text) => DateTime::parse_from_rfc3339(text).map_err(|error| format!("'{text}': {error}")),
        };
        match parsed {
            Ok(at) => Ok(Some(at.with_timezone(&Utc))),
            Err(reason) => Err(Trouble::corrupt(self.place(), reason)),
        }
    }

    fn must_time(&mut self) -> Result<Timestamp, Trouble> {
        match self.time()? {
            Some(at) => Ok(at),
            None => Err(Trouble::corrupt(self.place(), "it is empty")),
        }
    }

    /// A cell of any type that is written as text.
    fn parsed<T: FromStr<Err: Display>>(&mut self) -> Result<Option<T>, Trouble> {
        let parsed = match self.text()? {
            None => return Ok(None),
            Some(text) => text.parse::<T>().map_err(|error| format!("'{text}': {error}")),
        };
        match parsed {
            Ok(value) => Ok(Some(value)),
            Err(reason) => Err(Trouble::corrupt(self.place(), reason)),
        }
    }

    fn must_parse<T: FromStr<Err: Display>>(&mut self) -> Result<T, Trouble> {
        match self.parsed()? {
            Some(value) => Ok(value),
            None => Err(Trouble::corrupt(self.place(), "it is empty")),
        }
    }

    fn json<T: DeserializeOwned>(&mut self) -> Result<T, Trouble> {
        let parsed = match self.text()? {
            None => Err("it is empty".to_owned()),
            Some(text) => serde_json::from_str(text).map_err(|error| error.to_string()),
        };
        parsed.map_err(|reason| Trouble::corrupt(self.place(), reason))
    }
}

/// An instant as it is kept: UTC, milliseconds, always as long, so that text order is time order.
pub(crate) fn time_text(at: Timestamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// An instant as it will be read back.
pub(crate) fn to_millis(at: Timestamp) -> Timestamp {
    DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or(at)
}

/// Our own types always serialise: their maps have text keys and their numbers are finite or become null.
pub(crate) fn json_text<T: Serialize + ?Sized>(value: &T) -> String {
    nul::removed_from_json(serde_json::to_string(value).unwrap_or_default())
}

/// The shortest decimal that reads back as this very f32, as a 64-bit float.
fn shown(value: f32) -> f64 {
    let decimal: f64 = value.to_string().parse().unwrap_or_else(|_| f64::from(value));
    #[expect(clippy::cast_possible_truncation, reason = "the test that nothing is lost")]
    let same = decimal as f32 == value;
    if same { decimal } else { f64::from(value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_probability_looks_like_one() {
        assert!((shown(0.85) - 0.85).abs() < f64::EPSILON);
        assert_eq!(shown(0.0).to_string(), "0");
    }

    #[test]
    fn text_order_is_time_order() {
        let texts: Vec<_> = [0, 1, 999, 1000, 1500, 60_000]
            .map(|millis| time_text(DateTime::from_timestamp_millis(1_760_000_000_000 + millis).unwrap()))
            .into();
        assert!(texts.is_sorted(), "{texts:?}");
        assert_eq!(texts[0], "2025-10-09T08:53:20.000Z");
    }

    proptest! {
        #[test]
        #[expect(clippy::float_cmp, clippy::cast_possible_truncation, reason = "it must come back bit for bit")]
        fn a_float_comes_back(value in any::<f32>().prop_filter("finite", |value| value.is_finite())) {
            prop_assert_eq!(shown(value) as f32, value);
        }
    }
}
