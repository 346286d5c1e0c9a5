//! Addresses: joined, canonical, compared.

use crate::spec::{NextPage, PortalSpec, UrlRules};
use openvacancy_domain::ports::PageKind;
use url::Url;

/// Path and query of an address: what a document is recognised by, whatever host it came from.
pub(super) fn path_and_query(address: &str) -> String {
    match Url::parse(address) {
        Ok(url) => url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path())),
        Err(_) => address.to_owned(),
    }
}

/// `link` as it stands on the page at `address`, made absolute and canonical. `None` where it leads nowhere we go.
pub(super) fn resolve(spec: &PortalSpec, address: Option<&str>, link: &str, kind: PageKind) -> Option<Url> {
    // Line breaks and padding inside the quotes are common.
    let link: String = link.chars().filter(|ch| !matches!(ch, '\n' | '\r' | '\t')).collect();
    let link = link.trim();
    if link.is_empty() || link.starts_with('#') {
        return None;
    }
    let base = address.and_then(|address| Url::parse(address).ok()).unwrap_or_else(|| spec.base_url.clone());
    let url = base.join(link).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    Some(canonical(&spec.url_rules, url, kind))
}

/// Without fragment, and without the query parameters that do not matter.
pub(super) fn canonical(rules: &UrlRules, mut url: Url, kind: PageKind) -> Url {
    url.set_fragment(None);
    if url.query().is_none() {
        return url;
    }
    if rules.posting_without_query && kind == PageKind::Posting {
        url.set_query(None);
        return url;
    }
    let dropped = |name: &str| {
        rules.drop_query.iter().any(|rule| match rule.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == rule,
        })
    };
    if url.query_pairs().any(|(name, _)| dropped(&name)) {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| !dropped(name))
            .map(|(k, v)| (k.into_owned(), v.into_owned()))
            .collect();
        url.set_query(None);
        if !kept.is_empty() {
            url.query_pairs_mut().extend_pairs(kept);
        }
    }
    url
}

/// The address of the page after the one at `address`, where there is one.
pub(super) fn next_page(rule: &NextPage, address: &str, items: usize, total: Option<u64>) -> Option<Url> {
    let mut url = Url::parse(address).ok()?;
    let given = url.query_pairs().find(|(name, _)| *name == rule.parameter).and_then(|(_, value)| value.parse().ok());
    let current: u64 = given.unwrap_or(rule.first);
    // How many items this page and those before it hold.
    let pages_before = current.saturating_sub(rule.first) / rule.step;
    let shown = pages_before.saturating_add(1).saturating_mul(rule.size);
    let more = match total {
        Some(total) => shown < total && items > 0,
        None => items > 0,
    };
    if !more {
        return None;
    }
    let next = current.checked_add(rule.step)?.to_string();
    let mut pairs: Vec<(String, String)> =
        url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    match pairs.iter_mut().find(|(name, _)| *name == rule.parameter) {
        Some(pair) => pair.1 = next,
        None => pairs.push((rule.parameter.clone(), next)),
    }
    url.query_pairs_mut().clear().extend_pairs(pairs);
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::{canonical, next_page};
    use crate::spec::{NextPage, UrlRules};
    use openvacancy_domain::ports::PageKind;
    use url::Url;

    #[test]
    fn addresses_become_canonical() {
        let rules = UrlRules { drop_query: vec!["utm_*".into(), "ref".into()], posting_without_query: false };
        let check = |url: &str, expected: &str| {
            assert_eq!(canonical(&rules, Url::parse(url).unwrap(), PageKind::Posting).as_str(), expected);
        };
        check("https://example.org/a?utm_source=x&id=1&ref=2#top", "https://example.org/a?id=1");
        check("https://example.org/a?utm_source=x", "https://example.org/a");
        check("https://example.org/a?b", "https://example.org/a?b");
    }

    #[test]
    fn pages_are_counted() {
        let check = |first, step, size, url: &str, items, total, expected: Option<&str>| {
            let rule = NextPage { parameter: "p".into(), first, step, size };
            assert_eq!(next_page(&rule, url, items, total).as_ref().map(Url::as_str), expected, "{url}");
        };
        check(1, 1, 100, "http://h/a?p=1&n=100", 100, Some(250), Some("http://h/a?p=2&n=100"));
        check(1, 1, 100, "http://h/a?p=3", 50, Some(250), None);
        check(1, 1, 100, "http://h/a", 100, Some(101), Some("http://h/a?p=2"));
        check(1, 25, 25, "http://h/a?p=26", 25, Some(51), Some("http://h/a?p=51"));
        check(0, 20, 20, "http://h/a?p=20", 0, None, None);
        check(0, 20, 20, "http://h/a?p=20", 3, None, Some("http://h/a?p=40"));
        check(1, 1, 100, "http://h/a?p=18446744073709551615", 3, None, None);
    }
}
