//! References and addresses as keys.

use crate::text::hash;

/// Parameters that say where a reader came from, not which page it is.
const TRACKING: &[&str] = &[
    "utm_",
    "gclid",
    "fbclid",
    "msclkid",
    "ref",
    "refid",
    "source",
    "src",
    "trk",
    "trackingid",
    "mc_",
    "campaign",
    "cid",
    "sid",
    "sessionid",
    "jobboard",
    "aff",
    "affid",
    "partner",
    "from",
    "se",
    "v",
];

/// The key of an address: scheme, `www.`, fragment, tracking parameters and a closing slash do not count. `None` for the
/// bare front page of a site, which many postings name.
pub(crate) fn url_key(url: &str) -> Option<u64> {
    let rest = url.trim().split_once("://").map_or(url.trim(), |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path = path.trim_end_matches('/');
    let mut kept: Vec<&str> = query
        .split('&')
        .filter(|part| {
            let name = part.split('=').next().unwrap_or_default().to_ascii_lowercase();
            !name.is_empty()
                && !TRACKING.iter().any(|t| if t.ends_with('_') { name.starts_with(t) } else { name == *t })
        })
        .collect();
    kept.sort_unstable();
    if host.is_empty() || (path.is_empty() && kept.is_empty()) {
        return None;
    }
    Some(hash(&format!("{host}/{path}?{}", kept.join("&"))))
}

/// The key of a reference: letters and digits only, upper case; `None` where it is too short to mean one vacancy.
pub(crate) fn reference_key(reference: &str) -> Option<u64> {
    let plain: String =
        reference.chars().filter(|ch| ch.is_alphanumeric()).flat_map(char::to_uppercase).take(80).collect();
    (plain.chars().count() >= 5 && plain.bytes().any(|byte| byte.is_ascii_digit())).then(|| hash(&plain))
}

/// The key of the numbering a reference comes from: its letters and separators, with every digit alike. Two references
/// of one numbering that differ are two entries in somebody's list: `289-ABC-1234` and `289-ABC-1301`.
/// `None` where it is no reference, or is the portal's own number of the posting, which a copy never shares.
pub(crate) fn reference_series(reference: &str, posting: &str) -> Option<u64> {
    reference_key(reference)?;
    if reference_key(reference) == reference_key(posting) {
        return None;
    }
    let form: String = reference
        .trim()
        .chars()
        .take(80)
        .map(|ch| match ch {
            _ if ch.is_ascii_digit() => '9',
            _ if ch.is_alphabetic() => ch.to_ascii_uppercase(),
            _ => '-',
        })
        .collect();
    Some(hash(&form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_have_one_key() {
        let same = |a: &str, b: &str| assert_eq!(url_key(a), url_key(b), "{a} {b}");
        same("https://www.jobs.example.org/ad/12/?utm_source=x&id=7", "http://jobs.example.org/ad/12?id=7#top");
        same("https://example.org/ad?b=2&a=1", "https://EXAMPLE.org/ad?a=1&b=2");
        assert_ne!(url_key("https://example.org/ad?id=1"), url_key("https://example.org/ad?id=2"));
        assert_eq!(url_key("https://www.example.org/"), None);
        assert_eq!(url_key(""), None);
    }

    #[test]
    fn references_are_read_loosely_but_not_too_short() {
        assert_eq!(reference_key("289-ABC-1234"), reference_key("289 abc/1234"));
        assert_eq!(reference_key("A1"), None);
        assert_eq!(reference_key("NURSE"), None);
    }

    #[test]
    fn references_of_one_numbering_have_one_series() {
        assert_eq!(reference_series("289-ABC-1234", "x"), reference_series("289-abc-1301", "y"));
        assert_ne!(reference_series("289-ABC-1234", "x"), reference_series("289-ABC-1234-A", "y"));
        assert_ne!(reference_series("617-CIS-0885", "x"), reference_series("305-TMG-0669", "y"));
        assert_eq!(reference_series("52417793", "52417793"), None);
    }
}
