//! What is advertised, by whom and in which words: the tables under `data/`, compiled in.

use openvacancy_domain::pay::WagePeriod;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Qualifications an occupation asks for, as section names of `phrases.txt` without `education_`.
pub(crate) type Qualifications = Vec<&'static str>;

/// One line of `occupations.txt`.
#[derive(Debug, Clone)]
pub(crate) struct Occupation {
    pub(crate) soc2020: &'static str,
    pub(crate) weight: u32,
    pub(crate) family: usize,
    pub(crate) period: WagePeriod,
    /// Lowest and highest pay offered, in pence per period.
    pub(crate) pay: (i64, i64),
    pub(crate) qualifications: Qualifications,
    /// Takes 'Senior', 'Lead', 'Junior' without another code.
    pub(crate) seniority: bool,
    /// Several openings are common.
    pub(crate) several: bool,
    /// Paid by NHS bands.
    pub(crate) bands: bool,
    pub(crate) titles: Vec<&'static str>,
}

/// One section of `families.txt`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Family {
    pub(crate) name: &'static str,
    pub(crate) category: &'static str,
    pub(crate) kind: usize,
    pub(crate) subject: &'static str,
    pub(crate) body: &'static str,
    pub(crate) team: &'static str,
    pub(crate) duties: Vec<&'static str>,
    pub(crate) needs: Vec<&'static str>,
}

/// One line of `employers.txt`.
#[derive(Debug, Clone)]
pub(crate) struct EmployerKind {
    pub(crate) name: &'static str,
    /// Its jobs are all in one place.
    pub(crate) local: bool,
    pub(crate) noun: &'static str,
    pub(crate) patterns: Vec<&'static str>,
}

pub(crate) struct Catalogue {
    pub(crate) occupations: Vec<Occupation>,
    pub(crate) families: Vec<Family>,
    pub(crate) kinds: Vec<EmployerKind>,
    /// The kind that recruits for others.
    pub(crate) agency: usize,
    phrases: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Catalogue {
    /// The phrases of a section; empty for a section that is not there, which a test rules out.
    pub(crate) fn phrases(&self, section: &str) -> &[&'static str] {
        self.phrases.get(section).map_or(&[], Vec::as_slice)
    }
}

/// The tables, read once.
#[expect(clippy::expect_used, reason = "the tables are compiled in and a test reads every line of them")]
pub(crate) static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    read(
        include_str!("../data/occupations.txt"),
        include_str!("../data/families.txt"),
        include_str!("../data/employers.txt"),
        include_str!("../data/phrases.txt"),
    )
    .expect("tables under crates/simulator/data")
});

fn read(
    occupations: &'static str,
    families: &'static str,
    employers: &'static str,
    phrases: &'static str,
) -> Result<Catalogue, String> {
    let kinds = lines(employers).map(kind).collect::<Result<Vec<_>, _>>()?;
    let families = read_families(families, &kinds)?;
    let occupations = lines(occupations).map(|line| occupation(line, &families)).collect::<Result<_, _>>()?;
    let agency = kinds.iter().position(|kind| kind.name == "agency").ok_or("no kind of employer is 'agency'")?;
    Ok(Catalogue { occupations, families, kinds, agency, phrases: read_phrases(phrases)? })
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn kind(line: &'static str) -> Result<EmployerKind, String> {
    match line.split(" | ").collect::<Vec<_>>()[..] {
        [name, place @ ("local" | "national"), noun, patterns] => {
            Ok(EmployerKind { name, local: place == "local", noun, patterns: patterns.split(';').collect() })
        }
        _ => Err(format!("employers.txt: {line}")),
    }
}

fn occupation(line: &'static str, families: &[Family]) -> Result<Occupation, String> {
    let fault = |what: &str| format!("occupations.txt: {what}: {line}");
    let [soc2020, weight, family, pay, qualifications, flags, titles] = line.split(" | ").collect::<Vec<_>>()[..]
    else {
        return Err(fault("seven columns expected"));
    };
    let period = match pay.as_bytes().first() {
        Some(b'h') => WagePeriod::Hour,
        Some(b'd') => WagePeriod::Day,
        Some(b'y') => WagePeriod::Year,
        _ => return Err(fault("pay begins with h, d or y")),
    };
    let (low, high) = pay[1..].split_once('-').ok_or_else(|| fault("pay is low-high"))?;
    Ok(Occupation {
        soc2020,
        weight: weight.parse().map_err(|_| fault("weight"))?,
        family: families.iter().position(|known| known.name == family).ok_or_else(|| fault("unknown family"))?,
        period,
        pay: (pence(low).ok_or_else(|| fault("pay"))?, pence(high).ok_or_else(|| fault("pay"))?),
        qualifications: qualifications.split('+').filter(|name| *name != "none").collect(),
        seniority: flags.contains('s'),
        several: flags.contains('m'),
        bands: flags.contains('n'),
        titles: titles.split(';').collect(),
    })
}

fn pence(text: &str) -> Option<i64> {
    let (pounds, pence) = text.split_once('.').unwrap_or((text, "00"));
    Some(pounds.parse::<i64>().ok()? * 100 + pence.parse::<i64>().ok()?)
}

fn read_families(table: &'static str, kinds: &[EmployerKind]) -> Result<Vec<Family>, String> {
    let mut families: Vec<Family> = Vec::new();
    for line in lines(table) {
        if let Some(name) = line.strip_prefix('@') {
            families.push(Family { name, ..Family::default() });
            continue;
        }
        let (Some(family), Some((key, value))) = (families.last_mut(), line.split_once(": ")) else {
            return Err(format!("families.txt: {line}"));
        };
        match key {
            "category" => family.category = value,
            "employers" => {
                let found = kinds.iter().position(|kind| kind.name == value);
                family.kind = found.ok_or_else(|| format!("families.txt: unknown kind of employer: {line}"))?;
            }
            "subject" => family.subject = value,
            "body" => family.body = value,
            "team" => family.team = value,
            "duty" => family.duties.push(value),
            "need" => family.needs.push(value),
            _ => return Err(format!("families.txt: unknown key: {line}")),
        }
    }
    Ok(families)
}

fn read_phrases(table: &'static str) -> Result<BTreeMap<&'static str, Vec<&'static str>>, String> {
    let mut sections: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    let mut section = None;
    for line in lines(table) {
        match (line.strip_prefix('@'), section) {
            (Some(name), _) => section = Some(name),
            (None, Some(name)) => sections.entry(name).or_default().push(line),
            (None, None) => return Err(format!("phrases.txt: a phrase before the first section: {line}")),
        }
    }
    Ok(sections)
}

#[cfg(test)]
mod tests {
    use super::CATALOGUE;
    use openvacancy_domain::Scheme;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_is_an_official_unit_group_and_all_major_groups_are_there() {
        let codes: BTreeSet<&str> = CATALOGUE.occupations.iter().map(|occupation| occupation.soc2020).collect();
        for code in &codes {
            let group = openvacancy_reference::occupation::group(Scheme::Soc2020, code);
            assert_eq!(group.map(|group| group.level), Some(4), "{code}");
        }
        let majors: BTreeSet<&str> = codes.iter().map(|code| &code[..1]).collect();
        assert_eq!(majors.len(), 9);
        assert!(codes.len() > 180, "{} unit groups", codes.len());
    }

    #[test]
    fn titles_are_many_and_each_has_one_code() {
        let titles: Vec<&str> =
            CATALOGUE.occupations.iter().flat_map(|occupation| occupation.titles.iter().copied()).collect();
        let distinct: BTreeSet<&str> = titles.iter().copied().collect();
        assert_eq!(distinct.len(), titles.len());
        assert!(distinct.len() > 700, "{} titles", distinct.len());
    }

    #[test]
    fn every_family_is_complete_and_used() {
        for (number, family) in CATALOGUE.families.iter().enumerate() {
            for text in [family.category, family.subject, family.body, family.team] {
                assert!(!text.is_empty(), "{family:?}");
            }
            assert!(family.duties.len() >= 6 && family.needs.len() >= 2, "{}", family.name);
            assert!(CATALOGUE.occupations.iter().any(|occupation| occupation.family == number), "{}", family.name);
        }
    }

    #[test]
    fn every_section_that_is_asked_for_has_phrases() {
        for occupation in &CATALOGUE.occupations {
            for name in &occupation.qualifications {
                assert!(!CATALOGUE.phrases(&format!("education_{name}")).is_empty(), "{name}");
            }
            assert!(occupation.pay.0 < occupation.pay.1);
        }
    }
}
