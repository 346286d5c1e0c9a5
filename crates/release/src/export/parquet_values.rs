//! Values of a column as an Arrow array of the column's own type.

use super::columns::Column;
use arrow_array::ArrayRef;
use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, MapBuilder, MapFieldNames,
    StringBuilder, StringDictionaryBuilder, StructBuilder, TimestampMillisecondBuilder,
};
use arrow_array::types::Int32Type;
use arrow_schema::{DataType, Field, Fields, TimeUnit};
use chrono::{DateTime, NaiveDate};
use serde_json::Value;
use std::sync::Arc;

/// The members of a place, in order.
const PLACE: &[&str] = &["name", "lad_code", "county_code", "lep_code", "precision"];
/// The members of a skill, in order. The words that named it are words of the prose.
const SKILL: &[&str] = &["id", "label", "matched"];

const UTC: &str = "UTC";

/// Collects the values of one column.
pub(super) enum Values {
    Text(StringBuilder),
    /// Few different words, many times: readers get a category.
    Code(StringDictionaryBuilder<Int32Type>),
    Integer(Int64Builder),
    Number(Float64Builder),
    Flag(BooleanBuilder),
    Date(Date32Builder),
    Instant(TimestampMillisecondBuilder),
    Words(ListBuilder<StringBuilder>),
    Records {
        builder: ListBuilder<StructBuilder>,
        members: &'static [&'static str],
    },
    /// Words by name.
    Reasons(MapBuilder<StringBuilder, StringBuilder>),
}

/// What a column cannot hold.
pub(super) struct Unfit;

impl Values {
    /// An empty column.
    pub(super) fn of(column: &Column) -> Self {
        match (column.kind.as_str(), column.name.as_str()) {
            (_, "places") => Self::records(PLACE),
            (_, "skills") => Self::records(SKILL),
            (_, "missing") => {
                let names =
                    MapFieldNames { entry: "key_value".to_owned(), key: "key".to_owned(), value: "value".to_owned() };
                Self::Reasons(MapBuilder::new(Some(names), StringBuilder::new(), StringBuilder::new()))
            }
            ("code" | "month", _) => Self::Code(StringDictionaryBuilder::new()),
            ("integer", _) => Self::Integer(Int64Builder::new()),
            ("number", _) => Self::Number(Float64Builder::new()),
            ("flag", _) => Self::Flag(BooleanBuilder::new()),
            ("date", _) => Self::Date(Date32Builder::new()),
            ("instant", _) => Self::Instant(TimestampMillisecondBuilder::new().with_timezone(UTC)),
            ("list", _) => Self::Words(ListBuilder::new(StringBuilder::new()).with_field(element(DataType::Utf8))),
            _ => Self::Text(StringBuilder::new()),
        }
    }

    fn records(members: &'static [&'static str]) -> Self {
        let fields: Fields = members.iter().map(|name| Field::new(*name, DataType::Utf8, true)).collect();
        let builder = ListBuilder::new(StructBuilder::from_fields(fields.clone(), 0))
            .with_field(element(DataType::Struct(fields)));
        Self::Records { builder, members }
    }

    /// The type of its array.
    pub(super) fn data_type(&self) -> DataType {
        match self {
            Self::Text(_) => DataType::Utf8,
            Self::Code(_) => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Self::Integer(_) => DataType::Int64,
            Self::Number(_) => DataType::Float64,
            Self::Flag(_) => DataType::Boolean,
            Self::Date(_) => DataType::Date32,
            Self::Instant(_) => DataType::Timestamp(TimeUnit::Millisecond, Some(UTC.into())),
            Self::Words(_) => DataType::List(Arc::new(element(DataType::Utf8))),
            Self::Records { members, .. } => {
                let fields = members.iter().map(|name| Field::new(*name, DataType::Utf8, true)).collect();
                DataType::List(Arc::new(element(DataType::Struct(fields))))
            }
            Self::Reasons(_) => {
                let entry = Fields::from(vec![
                    Field::new("key", DataType::Utf8, false),
                    Field::new("value", DataType::Utf8, true),
                ]);
                DataType::Map(Arc::new(Field::new("key_value", DataType::Struct(entry), false)), false)
            }
        }
    }

    /// Adds a value.
    ///
    /// # Errors
    /// [`Unfit`] where the column's type cannot hold it.
    pub(super) fn add(&mut self, value: &Value) -> Result<(), Unfit> {
        let empty = value.is_null();
        let fits = |done: bool| if done || empty { Ok(()) } else { Err(Unfit) };
        match self {
            Self::Text(builder) => {
                builder.append_option(value.as_str());
                fits(value.is_string())
            }
            Self::Code(builder) => {
                builder.append_option(value.as_str());
                fits(value.is_string())
            }
            Self::Integer(builder) => {
                builder.append_option(value.as_i64());
                fits(value.is_i64() || value.is_u64())
            }
            Self::Number(builder) => {
                builder.append_option(value.as_f64());
                fits(value.is_number())
            }
            Self::Flag(builder) => {
                let truth = value.as_u64().map(|number| number != 0).or_else(|| value.as_bool());
                builder.append_option(truth);
                fits(truth.is_some())
            }
            Self::Date(builder) => {
                let days = value.as_str().and_then(days);
                builder.append_option(days);
                fits(days.is_some())
            }
            Self::Instant(builder) => {
                let instant = value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
                builder.append_option(instant.map(|instant| instant.timestamp_millis()));
                fits(instant.is_some())
            }
            Self::Words(builder) => {
                for item in value.as_array().into_iter().flatten() {
                    builder.values().append_option(item.as_str());
                }
                builder.append(!empty);
                fits(value.is_array())
            }
            Self::Records { builder, members } => {
                for item in value.as_array().into_iter().flatten() {
                    record(builder.values(), members, item)?;
                }
                builder.append(!empty);
                fits(value.is_array())
            }
            Self::Reasons(builder) => {
                for (name, reason) in value.as_object().into_iter().flatten() {
                    builder.keys().append_value(name);
                    builder.values().append_option(reason.as_str());
                }
                builder.append(!empty).map_err(|_| Unfit)?;
                fits(value.is_object())
            }
        }
    }

    /// The array of what was added; the column is empty again.
    pub(super) fn take(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Code(builder) => Arc::new(builder.finish()),
            Self::Integer(builder) => Arc::new(builder.finish()),
            Self::Number(builder) => Arc::new(builder.finish()),
            Self::Flag(builder) => Arc::new(builder.finish()),
            Self::Date(builder) => Arc::new(builder.finish()),
            Self::Instant(builder) => Arc::new(builder.finish()),
            Self::Words(builder) => Arc::new(builder.finish()),
            Self::Records { builder, .. } => Arc::new(builder.finish()),
            Self::Reasons(builder) => ArrayBuilder::finish(builder),
        }
    }
}

/// The field of a list's items, by the name that the format's specification gives it.
fn element(data_type: DataType) -> Field {
    Field::new("element", data_type, true)
}

fn record(builder: &mut StructBuilder, members: &[&str], item: &Value) -> Result<(), Unfit> {
    for (at, name) in members.iter().enumerate() {
        let text = builder.field_builder::<StringBuilder>(at).ok_or(Unfit)?;
        text.append_option(item.get(name).and_then(Value::as_str));
    }
    builder.append(true);
    Ok(())
}

/// Days since 1970-01-01.
fn days(text: &str) -> Option<i32> {
    let date: NaiveDate = text.parse().ok()?;
    i32::try_from(date.signed_duration_since(NaiveDate::default()).num_days()).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

    use super::*;
    use arrow_array::cast::AsArray as _;
    use serde_json::json;

    fn column(kind: &str, name: &str) -> Values {
        Values::of(&Column::new(name, kind, "", "", ""))
    }

    #[test]
    fn an_array_has_the_type_its_column_says() {
        for name in ["text", "code", "month", "integer", "number", "flag", "date", "instant", "list"] {
            let mut values = column(name, "x");
            values.add(&Value::Null).ok().unwrap();
            let said = values.data_type();
            assert_eq!(values.take().data_type(), &said, "{name}");
        }
        for name in ["places", "skills", "missing"] {
            let mut values = column("json", name);
            values.add(&Value::Null).ok().unwrap();
            let said = values.data_type();
            assert_eq!(values.take().data_type(), &said, "{name}");
        }
    }

    #[test]
    fn days_count_from_the_epoch_in_both_directions() {
        assert_eq!([days("1970-01-01"), days("1969-12-31"), days("2026-10-08")], [Some(0), Some(-1), Some(20_734)]);
        assert_eq!([days("2026-13-01"), days("")], [None, None]);
    }

    #[test]
    fn instants_are_milliseconds_in_utc() {
        let mut values = column("instant", "x");
        values.add(&json!("2026-10-08T13:00:00.25+01:00")).ok().unwrap();
        let array = values.take();
        assert_eq!(array.as_primitive::<arrow_array::types::TimestampMillisecondType>().value(0), 1_791_460_800_250);
    }

    #[test]
    fn a_list_without_items_is_not_a_missing_list() {
        let mut values = column("list", "x");
        for value in [json!(["a", "b"]), json!([]), Value::Null] {
            values.add(&value).ok().unwrap();
        }
        let array = values.take();
        let lists = array.as_list::<i32>();
        assert_eq!((lists.value_length(0), lists.value_length(1), lists.null_count()), (2, 0, 1));
        use arrow_array::Array as _;
        assert!(lists.is_null(2) && lists.is_valid(1));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert!(column("integer", "x").add(&json!("7")).is_err());
        assert!(column("date", "x").add(&json!("soon")).is_err());
        assert!(column("list", "x").add(&json!("a|b")).is_err());
        assert!(column("flag", "x").add(&json!(1)).is_ok());
    }
}
