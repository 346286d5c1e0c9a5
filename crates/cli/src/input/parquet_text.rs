//! A cell of a Parquet column as the text a CSV file would hold.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float16Type, Float32Type,
    Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, Time32MillisecondType, Time32SecondType,
    Time64MicrosecondType, Time64NanosecondType, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use chrono::{NaiveDateTime, NaiveTime};
use std::fmt::Write as _;

/// What stands between the items of a list.
const BETWEEN: &str = ", ";

/// Why a cell has no text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoText {
    /// Its bytes are no UTF-8.
    NotUtf8,
    /// A day or instant outside the calendar.
    OutOfRange,
}

/// Whether values of this type can be text: words, numbers, truth, days, instants, and lists of them. How a file codes
/// them (by a dictionary, say) does not show in the type that the format's own schema gives.
pub(super) fn can_be_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _) => {
            is_plain(item.data_type())
        }
        other => is_plain(other),
    }
}

fn is_plain(data_type: &DataType) -> bool {
    match data_type {
        DataType::Null | DataType::Boolean | DataType::Timestamp(..) => true,
        other => {
            other.is_numeric()
                || other.is_string()
                || matches!(other, DataType::Binary | DataType::LargeBinary | DataType::BinaryView)
                || matches!(other, DataType::Date32 | DataType::Date64 | DataType::Time32(_) | DataType::Time64(_))
        }
    }
}

/// What a person would call a type.
pub(super) fn type_name(data_type: &DataType) -> String {
    match data_type {
        DataType::Struct(_) => "a struct".to_owned(),
        DataType::Map(..) => "a map".to_owned(),
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => {
            "a list of nested values".to_owned()
        }
        DataType::FixedSizeBinary(_) => "binary of fixed length".to_owned(),
        other => format!("of type {other}"),
    }
}

/// Puts the text of a cell after what is in `text`; nothing for no value.
///
/// # Errors
/// [`NoText`] where this one cell has none, although cells of its type do.
pub(super) fn append(array: &ArrayRef, at: usize, text: &mut String) -> Result<(), NoText> {
    if array.is_null(at) {
        return Ok(());
    }
    match array.data_type() {
        DataType::Utf8 => text.push_str(array.as_string::<i32>().value(at)),
        DataType::LargeUtf8 => text.push_str(array.as_string::<i64>().value(at)),
        DataType::Utf8View => text.push_str(array.as_string_view().value(at)),
        DataType::Binary => bytes(array.as_binary::<i32>().value(at), text)?,
        DataType::LargeBinary => bytes(array.as_binary::<i64>().value(at), text)?,
        DataType::BinaryView => bytes(array.as_binary_view().value(at), text)?,
        DataType::Boolean => text.push_str(if array.as_boolean().value(at) { "true" } else { "false" }),
        DataType::List(_) => list(&array.as_list::<i32>().value(at), text)?,
        DataType::LargeList(_) => list(&array.as_list::<i64>().value(at), text)?,
        DataType::FixedSizeList(..) => list(&array.as_fixed_size_list().value(at), text)?,
        data_type if data_type.is_temporal() => temporal(array, at, text)?,
        _ => number(array, at, text),
    }
    Ok(())
}

fn bytes(value: &[u8], text: &mut String) -> Result<(), NoText> {
    text.push_str(std::str::from_utf8(value).map_err(|_| NoText::NotUtf8)?);
    Ok(())
}

fn list(items: &ArrayRef, text: &mut String) -> Result<(), NoText> {
    let mut first = true;
    for at in (0..items.len()).filter(|at| items.is_valid(*at)) {
        if !std::mem::take(&mut first) {
            text.push_str(BETWEEN);
        }
        append(items, at, text)?;
    }
    Ok(())
}

fn number(array: &ArrayRef, at: usize, text: &mut String) {
    macro_rules! plain {
        ($($variant:ident: $kind:ty),+ $(,)?) => {
            match array.data_type() {
                // Writing into a string cannot fail.
                $(DataType::$variant => _ = write!(text, "{}", array.as_primitive::<$kind>().value(at)),)+
                DataType::Float16 => float(array.as_primitive::<Float16Type>().value(at).to_f64(), text),
                // The shortest digits that give the 32-bit number, not those of its 64-bit copy.
                DataType::Float32 => {
                    float(array.as_primitive::<Float32Type>().value(at).to_string().parse().unwrap_or(f64::NAN), text);
                }
                DataType::Float64 => float(array.as_primitive::<Float64Type>().value(at), text),
                DataType::Decimal32(..) => text.push_str(&array.as_primitive::<Decimal32Type>().value_as_string(at)),
                DataType::Decimal64(..) => text.push_str(&array.as_primitive::<Decimal64Type>().value_as_string(at)),
                DataType::Decimal128(..) => text.push_str(&array.as_primitive::<Decimal128Type>().value_as_string(at)),
                DataType::Decimal256(..) => text.push_str(&array.as_primitive::<Decimal256Type>().value_as_string(at)),
                // `can_be_text` lets no other type come here.
                _ => {}
            }
        };
    }
    plain!(
        Int8: Int8Type, Int16: Int16Type, Int32: Int32Type, Int64: Int64Type,
        UInt8: UInt8Type, UInt16: UInt16Type, UInt32: UInt32Type, UInt64: UInt64Type,
    );
}

/// A column of whole numbers with gaps is one of floats in many programs: 7, not 7.0, so that ids stay ids. What is
/// not a number is no value.
fn float(value: f64, text: &mut String) {
    if value.is_finite() {
        let _ = if value.fract() == 0.0 && value.abs() < 1e15 {
            write!(text, "{value:.0}")
        } else {
            write!(text, "{value}")
        };
    }
}

fn temporal(array: &ArrayRef, at: usize, text: &mut String) -> Result<(), NoText> {
    let time = |time: Option<NaiveTime>, text: &mut String| {
        let time = time.ok_or(NoText::OutOfRange)?;
        let _ = write!(text, "{time}");
        Ok(())
    };
    match array.data_type() {
        DataType::Date32 | DataType::Date64 => {
            let date = match array.data_type() {
                DataType::Date32 => array.as_primitive::<Date32Type>().value_as_date(at),
                _ => array.as_primitive::<Date64Type>().value_as_date(at),
            };
            let _ = write!(text, "{}", date.ok_or(NoText::OutOfRange)?);
            Ok(())
        }
        DataType::Timestamp(unit, zone) => {
            let instant = match unit {
                TimeUnit::Second => array.as_primitive::<TimestampSecondType>().value_as_datetime(at),
                TimeUnit::Millisecond => array.as_primitive::<TimestampMillisecondType>().value_as_datetime(at),
                TimeUnit::Microsecond => array.as_primitive::<TimestampMicrosecondType>().value_as_datetime(at),
                TimeUnit::Nanosecond => array.as_primitive::<TimestampNanosecondType>().value_as_datetime(at),
            };
            stamp(instant.ok_or(NoText::OutOfRange)?, zone.is_some(), text);
            Ok(())
        }
        DataType::Time32(TimeUnit::Second) => time(array.as_primitive::<Time32SecondType>().value_as_time(at), text),
        DataType::Time32(_) => time(array.as_primitive::<Time32MillisecondType>().value_as_time(at), text),
        DataType::Time64(TimeUnit::Microsecond) => {
            time(array.as_primitive::<Time64MicrosecondType>().value_as_time(at), text)
        }
        DataType::Time64(_) => time(array.as_primitive::<Time64NanosecondType>().value_as_time(at), text),
        _ => Ok(()),
    }
}

/// An instant in UTC where the file knows its zone. Midnight without a zone is how many programs keep a day.
fn stamp(instant: NaiveDateTime, utc: bool, text: &mut String) {
    let _ = match (utc, instant.time() == NaiveTime::MIN) {
        (true, _) => write!(text, "{}", instant.and_utc().to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)),
        (false, true) => write!(text, "{}", instant.date()),
        (false, false) => write!(text, "{}", instant.format("%Y-%m-%dT%H:%M:%S%.f")),
    };
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

    use super::*;
    use arrow_array::{
        BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float32Array, Float64Array, Int64Array,
        LargeStringArray, ListArray, StringArray, StringViewArray, TimestampMicrosecondArray, UInt8Array,
    };
    use std::sync::Arc;

    fn texts(array: impl Array + 'static) -> Vec<String> {
        let array: ArrayRef = Arc::new(array);
        assert!(can_be_text(array.data_type()), "{}", array.data_type());
        (0..array.len())
            .map(|at| {
                let mut text = String::new();
                append(&array, at, &mut text).unwrap();
                text
            })
            .collect()
    }

    #[test]
    fn every_kind_of_column_is_read_as_a_file_of_text_would_say_it() {
        let words = [Some("a"), None, Some("ü")];
        assert_eq!(texts(StringArray::from_iter(words)), ["a", "", "ü"]);
        assert_eq!(texts(LargeStringArray::from_iter(words)), ["a", "", "ü"]);
        assert_eq!(texts(StringViewArray::from_iter(words)), ["a", "", "ü"]);
        assert_eq!(texts(BinaryArray::from_iter(words.map(|word| word.map(str::as_bytes)))), ["a", "", "ü"]);
        assert_eq!(texts(Int64Array::from(vec![Some(-7), None])), ["-7", ""]);
        assert_eq!(texts(UInt8Array::from(vec![255])), ["255"]);
        assert_eq!(texts(Float64Array::from(vec![7.0, 0.25, f64::NAN])), ["7", "0.25", ""]);
        assert_eq!(texts(Float32Array::from(vec![0.1, 21_000.0])), ["0.1", "21000"]);
        assert_eq!(texts(BooleanArray::from(vec![Some(true), Some(false), None])), ["true", "false", ""]);
        assert_eq!(texts(Date32Array::from(vec![20_734])), ["2026-10-08"]);
        let decimal = Decimal128Array::from(vec![2_150_050]).with_precision_and_scale(9, 2).unwrap();
        assert_eq!(texts(decimal), ["21500.50"]);
        let lists = [Some(vec![Some(1), None, Some(2)]), None, Some(vec![])];
        assert_eq!(texts(ListArray::from_iter_primitive::<Int32Type, _, _>(lists)), ["1, 2", "", ""]);
    }

    #[test]
    fn instants_say_their_zone_and_midnight_without_one_is_a_day() {
        let micros = vec![1_791_460_800_250_000, 1_791_417_600_000_000];
        let naive = TimestampMicrosecondArray::from(micros.clone());
        assert_eq!(texts(naive), ["2026-10-08T12:00:00.250", "2026-10-08"]);
        let utc = TimestampMicrosecondArray::from(micros).with_timezone("UTC");
        assert_eq!(texts(utc), ["2026-10-08T12:00:00.250Z", "2026-10-08T00:00:00Z"]);
    }

    #[test]
    fn a_cell_without_text_says_why() {
        let mut text = String::new();
        let array: ArrayRef = Arc::new(BinaryArray::from(vec![&b"\xff\xfe"[..]]));
        assert_eq!(append(&array, 0, &mut text), Err(NoText::NotUtf8));
        let array: ArrayRef = Arc::new(Date32Array::from(vec![i32::MAX]));
        assert_eq!(append(&array, 0, &mut text), Err(NoText::OutOfRange));
    }
}
