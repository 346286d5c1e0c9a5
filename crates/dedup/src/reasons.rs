//! Why two postings are, or are not, one vacancy, in words.

use crate::employer::EmployerRelation;
use crate::features::Comparison;
use crate::pay::PayRelation;
use crate::place::PlaceRelation;
use crate::profile::Profile;
use crate::relation::{Barrier, Verdict};

pub(crate) fn reasons(a: &Profile, b: &Profile, pair: &Comparison, verdict: &Verdict) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    if pair.same_url {
        said.push("same address".into());
    }
    match pair.same_reference {
        Some(true) => said.push("same reference".into()),
        Some(false) if verdict.barrier == Some(Barrier::Reference) => said.push("different references".into()),
        _ => {}
    }
    match pair.all_passages {
        Some(all) => {
            let whole = pair.length_ratio >= 0.8;
            let share = if whole { all.jaccard } else { all.containment };
            said.push(match share {
                s if s >= 0.5 && whole => format!("same text {s:.2}"),
                s if s >= 0.5 => format!("the shorter text within the longer {s:.2}"),
                _ => {
                    format!("text shared {share:.2}, uncommon words {:.2}", pair.vocabulary.unwrap_or_default().jaccard)
                }
            });
        }
        None => said.push("no prose to compare".into()),
    }
    said.push(match pair.title {
        title if title.core >= 1.0 && title.grade == 0.0 => "same title".into(),
        title if title.grade >= 1.0 => format!("titles alike {:.2}, different grades", title.core.max(title.spelling)),
        title => format!("titles alike {:.2}", title.core.max(title.spelling)),
    });
    match pair.employer {
        EmployerRelation::Unknown => {}
        EmployerRelation::Same => said.push("same employer".into()),
        EmployerRelation::Agency => said.push("another employer, one an agency".into()),
        EmployerRelation::Different => said.push("different employers".into()),
    }
    said.push(
        match pair.place {
            PlaceRelation::Same => "same place",
            PlaceRelation::Compatible => "places agree as far as stated",
            PlaceRelation::Within => "one district, places named differently",
            PlaceRelation::Unknown => "place not known",
            PlaceRelation::Different => "different places",
        }
        .into(),
    );
    match pair.pay {
        PayRelation::Unknown => {}
        PayRelation::Equal => said.push("pay equal".into()),
        PayRelation::Overlap => said.push("pay overlaps".into()),
        PayRelation::Apart(gap) => said.push(format!("pay {:.0}% apart", f64::from(gap) * 100.0)),
    }
    match a.days_apart(b) {
        Some(0) => said.push("same day".into()),
        Some(1) => said.push("1 day apart".into()),
        Some(days) => said.push(format!("{days} days apart")),
        None => {}
    }
    match verdict.barrier {
        Some(Barrier::SideBySide) => said.push("side by side on one portal under two ids: several vacancies".into()),
        Some(Barrier::Reference) => said.push("two references of one employer: several vacancies".into()),
        Some(Barrier::Place) => said.push("another place is another vacancy".into()),
        Some(Barrier::Days) => said.push("too long after to be a re-posting".into()),
        Some(Barrier::Switch) => said.push("not joined: the rule is switched off".into()),
        None if verdict.repost => said.push("re-posting".into()),
        None => {}
    }
    said
}
