//! Query parameters, strictly: an unknown one is a mistake the client wants to know of.

use crate::ApiError;
use utoipa::IntoParams;
use utoipa::openapi::path::ParameterIn;

/// The parameters of one request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    /// Accepts `pairs` if each name is in `allowed` and stands once. Empty values count as absent, as a form sends
    /// them.
    pub(crate) fn read(pairs: Vec<(String, String)>, allowed: &[&str]) -> Result<Self, ApiError> {
        Self::checked(pairs, &allowed.iter().map(|&name| name.to_owned()).collect::<Vec<_>>())
    }

    /// As [`Params::read`]; the names allowed are those that `P` describes in the API's document.
    pub(crate) fn described<P: IntoParams>(pairs: Vec<(String, String)>) -> Result<Self, ApiError> {
        let described = P::into_params(|| Some(ParameterIn::Query)).into_iter().map(|parameter| parameter.name);
        Self::checked(pairs, &described.collect::<Vec<_>>())
    }

    fn checked(pairs: Vec<(String, String)>, allowed: &[String]) -> Result<Self, ApiError> {
        let mut kept: Vec<(String, String)> = Vec::new();
        for (name, value) in pairs {
            if !allowed.contains(&name) {
                return Err(ApiError::unknown_parameter(&name, allowed));
            }
            if kept.iter().any(|(other, _)| *other == name) {
                return Err(ApiError::bad(&name, "given twice; separate several values by commas"));
            }
            let value = value.trim().to_owned();
            if !value.is_empty() {
                kept.push((name, value));
            }
        }
        kept.sort();
        Ok(Self(kept))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Values separated by commas; none where the parameter is absent.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let values = self.get(name).into_iter().flat_map(|value| value.split(','));
        values.map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }

    /// Values of a list, each of them in `known`.
    pub(crate) fn list_of(&self, name: &str, known: &[&str]) -> Result<Vec<String>, ApiError> {
        let values = self.list(name);
        match values.iter().find(|value| !known.contains(&value.as_str())) {
            Some(value) => {
                Err(ApiError::bad(name, &format!("'{}' is none of {}", crate::error::shown(value), known.join(", "))))
            }
            None => Ok(values),
        }
    }

    /// A whole number within bounds.
    pub(crate) fn number(&self, name: &str, from: u32, to: u32) -> Result<Option<u32>, ApiError> {
        let Some(text) = self.get(name) else { return Ok(None) };
        match text.parse() {
            Ok(number) if (from..=to).contains(&number) => Ok(Some(number)),
            _ => Err(ApiError::bad(name, &format!("expected a whole number from {from} to {to}"))),
        }
    }

    /// The query as an address carries it, with `set` put in place of what is there.
    pub(crate) fn address(&self, path: &str, set: &[(&str, &str)]) -> String {
        let mut pairs: Vec<(&str, &str)> = self
            .0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(|(name, _)| !set.iter().any(|(other, _)| other == name))
            .collect();
        pairs.extend(set.iter().filter(|(_, value)| !value.is_empty()));
        let query: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }
}

/// Percent-encodes all but unreserved characters (RFC 3986).
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::Params;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn unknown_and_double_parameters_are_refused() {
        let unknown = Params::read(pairs(&[("are", "x")]), &["area"]).unwrap_err();
        assert_eq!((unknown.code, unknown.detail.contains("area")), (crate::ProblemCode::UnknownParameter, true));
        assert!(Params::read(pairs(&[("area", "x"), ("area", "y")]), &["area"]).is_err());
    }

    #[test]
    fn addresses_keep_what_is_not_replaced() {
        let params = Params::read(pairs(&[("text", "R&D é"), ("area", "")]), &["area", "text"]).unwrap();
        assert_eq!(params.address("/x", &[("cursor", "a b")]), "/x?text=R%26D%20%C3%A9&cursor=a%20b");
        assert_eq!(params.address("/x", &[("text", "")]), "/x");
    }
}
