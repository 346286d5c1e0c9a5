//! The answer: probabilities, level, codes of three schemes that agree, and the evidence in words.

use super::{Candidate, Candidates, Coder};
use crate::coder::candidates::Found;
use crate::crosswalk::{self, Source};
use crate::rank::at;
use crate::table::{source_name, unit_groups};
use openvacancy_domain::ports::CodeOccupation;
use openvacancy_domain::{Alternative, OccupationCoding, OccupationMethod, Scheme};
use openvacancy_reference::occupation;

/// A level is vouched for where the codes below it together have at least this probability.
const VOUCHED: f32 = 0.75;

/// Alternatives given.
const ALTERNATIVES: usize = 5;

pub(super) fn answer(coder: &Coder, candidates: &Candidates) -> OccupationCoding {
    let title = candidates.clean.text.as_str();
    let version = coder.version();
    if title.is_empty() {
        return OccupationCoding::uncodable(title, "no words of an occupation in the title", version);
    }
    let scores: Vec<f32> = candidates.list.iter().map(|candidate| coder.ranking.score(&candidate.features)).collect();
    let probabilities = coder.ranking.probabilities(&scores);
    let mut order: Vec<(&Candidate, f32)> = candidates.list.iter().zip(probabilities).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.class.cmp(&b.0.class)));
    let Some(&(best, confidence)) = order.first() else {
        return OccupationCoding::uncodable(title, "no word of the title is known", version);
    };
    let code = |candidate: &Candidate| unit_groups().get(candidate.class as usize).copied().unwrap_or_default();
    if best.found == Found::Classifier && best.features[at::CLASSIFIER] < 0.02 {
        return OccupationCoding::uncodable(title, "no title like it is known", version);
    }
    let soc2020 = code(best);
    let entry = |candidate: &Candidate| {
        candidate.entry.and_then(|(number, strength)| Some((coder.table.entry(number)?, strength)))
    };
    let sources = |pick: fn(&crate::table::Title) -> &str| -> Vec<Source<'_>> {
        order
            .iter()
            .take(8)
            .map(|(candidate, probability)| Source {
                soc2020: code(candidate),
                probability: *probability,
                matched: entry(candidate).map(|(entry, strength)| (pick(entry), strength)),
            })
            .collect()
    };
    let soc2010 = crosswalk::soc2010(&sources(|entry| &entry.soc2010));
    let isco08 = crosswalk::isco08(&sources(|entry| &entry.isco08));
    let (method, evidence) = explain(coder, best, soc2020);
    OccupationCoding {
        cleaned_title: title.to_owned(),
        soc2020: Some(soc2020.to_owned()),
        soc2020_title: occupation::group(Scheme::Soc2020, soc2020).map(|group| group.title.to_owned()),
        soc2020_confidence: confidence,
        soc2020_level: level(soc2020, order.iter().map(|(candidate, probability)| (code(candidate), *probability))),
        soc2020_ext: extended(coder, best, confidence),
        soc2010: soc2010.first().map(|(code, _)| code.clone()),
        soc2010_confidence: soc2010.first().map_or(0.0, |(_, probability)| *probability),
        isco08: isco08.first().map(|(code, _)| code.clone()),
        isco08_confidence: isco08.first().map_or(0.0, |(_, probability)| *probability),
        occupation_method: method,
        evidence,
        alternatives: order
            .iter()
            .take(ALTERNATIVES)
            .map(|(candidate, probability)| alternative(code(candidate), *probability))
            .collect(),
        soc2010_alternatives: soc2010.iter().map(|(code, probability)| alternative(code, *probability)).collect(),
        isco08_alternatives: isco08.iter().map(|(code, probability)| alternative(code, *probability)).collect(),
        coder_version: version.to_owned(),
    }
}

fn alternative(code: &str, probability: f32) -> Alternative {
    Alternative { code: code.to_owned(), probability }
}

/// The deepest level whose prefix of `code` has enough probability.
fn level<'c>(code: &str, all: impl Iterator<Item = (&'c str, f32)> + Clone) -> u8 {
    (1..=4_u8)
        .rev()
        .find(|&digits| {
            let prefix = code.get(..digits as usize).unwrap_or(code);
            let sum: f32 =
                all.clone().filter(|(other, _)| other.starts_with(prefix)).map(|(_, probability)| probability).sum();
            sum >= VOUCHED
        })
        .unwrap_or(0)
}

/// The extended group, where a whole-title entry carries it and the unit group is vouched for.
fn extended(coder: &Coder, best: &Candidate, confidence: f32) -> Option<String> {
    let (number, strength) = best.entry?;
    if best.found < Found::Part || strength < 0.6 || confidence < VOUCHED {
        return None;
    }
    let entry = coder.table.entry(number)?;
    (!entry.soc2020_ext.is_empty()).then(|| entry.soc2020_ext.clone())
}

fn explain(coder: &Coder, best: &Candidate, soc2020: &str) -> (OccupationMethod, String) {
    let probability = best.features[at::CLASSIFIER];
    let agrees = best.features[at::CLASSIFIER_FIRST] > 0.0;
    let named = best.entry.and_then(|(number, _)| coder.table.entry(number)).filter(|_| best.found > Found::Classifier);
    let Some(entry) = named else {
        return (OccupationMethod::Classifier, format!("classifier gives {soc2020} {probability:.2}"));
    };
    let source = source_name(entry.curated);
    let how = match best.found {
        Found::Whole => String::new(),
        Found::Part => "part of the title is ".to_owned(),
        Found::Phrase => "title contains ".to_owned(),
        Found::Index | Found::Classifier => "nearest is ".to_owned(),
    };
    let mut evidence = format!("{how}{source} \"{}\"", entry.title);
    for (name, value) in [("speciality", &entry.qualifier), ("industry", &entry.industry)] {
        if !value.is_empty() {
            evidence.push_str(&format!(", {name} \"{value}\""));
        }
    }
    let method = match best.found {
        Found::Whole => OccupationMethod::ExactTitle,
        _ if agrees => {
            evidence.push_str(&format!("; classifier agrees ({probability:.2})"));
            OccupationMethod::Ensemble
        }
        _ => OccupationMethod::Index,
    };
    (method, evidence)
}
