//! Paths into JSON: `employer.name`, `jobLocation.address.postalCode`, `results[0].id`.
//!
//! A name asked of a list is asked of each of its members, because the same portal writes one object today and a list
//! of objects tomorrow (schema.org allows both). `[n]` takes one member.

use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    Index(usize),
}

/// A path into JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JsonPath(Vec<Step>);

impl JsonPath {
    /// Reads a path.
    ///
    /// # Errors
    /// In words: what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut steps = Vec::new();
        // `.` alone is the whole value.
        if text == "." {
            return Ok(Self(steps));
        }
        for part in text.split('.') {
            let (name, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
            if name.is_empty() && (rest.is_empty() || !steps.is_empty()) {
                return Err(format!("path '{text}' has an empty name"));
            }
            if !name.is_empty() {
                steps.push(Step::Name(name.to_owned()));
            }
            while let Some(inside) = rest.strip_prefix('[') {
                let (index, after) =
                    inside.split_once(']').ok_or_else(|| format!("path '{text}' has a '[' without its ']'"))?;
                let index = index.parse().map_err(|_| format!("path '{text}': '{index}' is not a number"))?;
                steps.push(Step::Index(index));
                rest = after;
            }
            if !rest.is_empty() {
                return Err(format!("path '{text}': '{rest}' after ']' is not understood"));
            }
        }
        Ok(Self(steps))
    }

    /// All values the path leads to, in order. A list at its end stays a list.
    pub(crate) fn find<'v>(&self, root: &'v Value) -> Vec<&'v Value> {
        let mut found = vec![root];
        for step in &self.0 {
            let mut next = Vec::with_capacity(found.len());
            for value in found {
                match (step, value) {
                    (Step::Name(name), Value::Array(members)) => {
                        next.extend(members.iter().filter_map(|member| member.get(name)));
                    }
                    (Step::Name(name), value) => next.extend(value.get(name)),
                    (Step::Index(index), value) => next.extend(value.get(index)),
                }
            }
            found = next;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::JsonPath;
    use serde_json::json;

    #[test]
    fn paths_lead_through_objects_and_lists() {
        let value = json!({"a": {"b": [{"c": 1}, {"c": 2}, {"d": 3}]}, "l": [[1, 2], [3]]});
        let check = |path: &str, expected: serde_json::Value| {
            assert_eq!(json!(JsonPath::parse(path).unwrap().find(&value)), expected, "{path}");
        };
        check("a.b.c", json!([1, 2]));
        check("a.b[1].c", json!([2]));
        check("a.b[2]", json!([{"d": 3}]));
        check("l[0][1]", json!([2]));
        check("a.x.y", json!([]));
        check("a.b", json!([[{"c": 1}, {"c": 2}, {"d": 3}]]));
        check(".", json!([value]));
    }

    #[test]
    fn wrong_paths_are_named() {
        for path in ["", "a..b", "a[", "a[x]", "a[0]b", "a."] {
            assert!(JsonPath::parse(path).is_err(), "{path}");
        }
    }
}
