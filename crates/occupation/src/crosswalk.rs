//! From SOC 2020 to SOC 2010 and ISCO-08 so that all three agree with an official correspondence.

use openvacancy_reference::occupation::{Correspondence, isco08_of, soc2010_of};

/// How much of a matched entry's own code is believed against the shares of its unit group.
const ENTRY_TRUST: f32 = 0.9;

/// A SOC 2020 candidate: code, probability, and the matched entry's code in the other scheme with how well it matched
/// (0 to 1).
pub(crate) struct Source<'c> {
    pub(crate) soc2020: &'c str,
    pub(crate) probability: f32,
    pub(crate) matched: Option<(&'c str, f32)>,
}

/// The codes of the other scheme, best first: the chosen one leads and corresponds to the first source.
pub(crate) fn spread(sources: &[Source<'_>], table: fn(&str) -> &'static [Correspondence]) -> Vec<(String, f32)> {
    let mut all: Vec<(String, f32)> = Vec::new();
    let mut of_first: Vec<String> = Vec::new();
    for (rank, source) in sources.iter().enumerate() {
        let shares = table(source.soc2020);
        let matched = source.matched.filter(|(code, _)| shares.iter().any(|share| share.code == *code));
        let trust = matched.map_or(0.0, |(_, strength)| ENTRY_TRUST * strength.clamp(0.0, 1.0));
        if let Some((code, _)) = matched {
            add(&mut all, code, source.probability * trust);
        }
        for share in shares {
            add(&mut all, share.code, source.probability * (1.0 - trust) * share.share);
        }
        if rank == 0 {
            of_first = shares.iter().map(|share| share.code.to_owned()).collect();
        }
    }
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    if let Some(at) = all.iter().position(|(code, _)| of_first.contains(code)) {
        let chosen = all.remove(at);
        all.insert(0, chosen);
    }
    all.truncate(5);
    all
}

pub(crate) fn soc2010(sources: &[Source<'_>]) -> Vec<(String, f32)> {
    spread(sources, soc2010_of)
}

pub(crate) fn isco08(sources: &[Source<'_>]) -> Vec<(String, f32)> {
    spread(sources, isco08_of)
}

fn add(all: &mut Vec<(String, f32)>, code: &str, probability: f32) {
    match all.iter_mut().find(|(known, _)| known == code) {
        Some((_, sum)) => *sum += probability,
        None => all.push((code.to_owned(), probability)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_leads_and_the_shares_follow() {
        let sources = [Source { soc2020: "2134", probability: 0.9, matched: Some(("2513", 1.0)) }];
        let found = isco08(&sources);
        assert_eq!(found.first().map(|(code, _)| code.as_str()), Some("2513"));
        let plain = isco08(&[Source { soc2020: "2134", probability: 0.9, matched: None }]);
        assert_eq!(plain.first().map(|(code, _)| code.as_str()), Some("2512"));
    }

    #[test]
    fn a_code_without_official_correspondence_is_not_believed() {
        let sources = [Source { soc2020: "2134", probability: 0.9, matched: Some(("9112", 1.0)) }];
        assert_ne!(isco08(&sources).first().map(|(code, _)| code.as_str()), Some("9112"));
    }
}
