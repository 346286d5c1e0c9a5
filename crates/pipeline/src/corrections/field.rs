//! Setting one field of a coded posting to a reviewer's value.

use crate::stages::Stages;
use openvacancy_domain::OccupationMethod;
use openvacancy_domain::pay::{Pay, WagePeriod};
use openvacancy_domain::place::Location;
use openvacancy_domain::ports::StoredCoding;
use openvacancy_domain::terms::MissingReason;
use std::str::FromStr;

/// Sets `field`, a column name of the vacancy table, to `value`; an empty value empties it. What follows from the field
/// (other classifications, the areas of a district, pay per year) follows.
pub(super) fn set(coded: &mut StoredCoding, field: &str, value: &str, stages: &Stages<'_>) -> Result<(), String> {
    let text = || (!value.is_empty()).then(|| value.to_owned());
    let (posting, read, coding) = (&mut coded.posting.posting, &mut coded.normalised, &mut coded.coding);
    match field {
        "soc2020" => soc2020(coding, value, stages)?,
        "soc2020_ext" => coding.soc2020_ext = text(),
        "soc2010" => (coding.soc2010, coding.soc2010_confidence) = (text(), if value.is_empty() { 0.0 } else { 1.0 }),
        "isco08" => (coding.isco08, coding.isco08_confidence) = (text(), if value.is_empty() { 0.0 } else { 1.0 }),
        "lad_code" => {
            read.location = if value.is_empty() {
                Location { method: "correction".to_owned(), ..Location::default() }
            } else {
                (stages.location)(value).ok_or_else(|| format!("'{value}' is not the code of a district"))?
            };
            for area in ["county_code", "region_code", "country", "lep_code"] {
                read.missing.remove(area);
            }
        }
        "job_title" if value.is_empty() => return Err("a vacancy cannot be without a title".to_owned()),
        "job_title" => posting.title = value.to_owned(),
        "employer" => posting.employer = text(),
        "excluded_reason" => read.excluded_reason = text(),
        "language" => read.language = one_of(value)?,
        "remote" => read.remote = or_unknown(value)?,
        "contract_type" => read.contract_type = or_unknown(value)?,
        "working_hours" => read.working_hours = or_unknown(value)?,
        "openings" => read.openings = one_of(value)?,
        "date_posted" => read.date_posted = optional(value)?,
        "date_closing" => read.date_closing = optional(value)?,
        "sic_section" => read.sector.sic_section = text(),
        "sic_division" => read.sector.sic_division = text(),
        "experience" => read.experience.experience = if value.is_empty() { 2 } else { one_of(value)? },
        "experience_years_min" => read.experience.experience_years_min = optional(value)?,
        "education_gcse" => read.education.education_gcse = truth(value)?,
        "education_alevel" => read.education.education_alevel = truth(value)?,
        "education_apprenticeship" => read.education.education_apprenticeship = truth(value)?,
        "education_hnc_hnd" => read.education.education_hnc_hnd = truth(value)?,
        "education_degree" => read.education.education_degree = truth(value)?,
        "education_postgraduate" => read.education.education_postgraduate = truth(value)?,
        "education_professional" => read.education.education_professional = truth(value)?,
        "education_rqf_min" => read.education.education_rqf_min = optional(value)?,
        "wage_min" | "wage_max" | "wage_period" | "wage_annual_min" | "wage_annual_max" => {
            pay(&mut read.pay, field, value)?
        }
        _ => return Err(format!("'{field}' is not a field that can be corrected; withdraw it")),
    }
    if value.is_empty() {
        read.missing.insert(field.to_owned(), MissingReason::NotStated);
    } else {
        read.missing.remove(field);
    }
    read.evidence.insert(field.to_owned(), "correction".to_owned());
    Ok(())
}

fn soc2020(coding: &mut openvacancy_domain::OccupationCoding, code: &str, stages: &Stages<'_>) -> Result<(), String> {
    let follows = if code.is_empty() { Default::default() } else { (stages.crosswalk)(code) };
    if !code.is_empty() && follows.title.is_none() {
        return Err(format!("'{code}' is not a SOC 2020 unit group"));
    }
    let known = !code.is_empty();
    // An extended code of another group would contradict the decision.
    coding.soc2020_ext = coding.soc2020_ext.take().filter(|extended| known && extended.starts_with(code));
    coding.soc2020 = known.then(|| code.to_owned());
    coding.soc2020_title = follows.title;
    coding.soc2020_confidence = if known { 1.0 } else { 0.0 };
    coding.soc2020_level = if known { 4 } else { 0 };
    (coding.soc2010, coding.soc2010_confidence) = split(follows.soc2010);
    (coding.isco08, coding.isco08_confidence) = split(follows.isco08);
    coding.occupation_method = OccupationMethod::Correction;
    "a reviewer decided".clone_into(&mut coding.evidence);
    Ok(())
}

fn split(code: Option<(String, f32)>) -> (Option<String>, f32) {
    code.map_or((None, 0.0), |(code, share)| (Some(code), share))
}

/// Sets a pay field and keeps pay per year in step: by the factor it had, or the usual one of its period.
fn pay(pay: &mut Pay, field: &str, value: &str) -> Result<(), String> {
    let factor = pay
        .wage_annual_min
        .zip(pay.wage_min)
        .or(pay.wage_annual_max.zip(pay.wage_max))
        .filter(|(_, wage)| *wage > 0.0)
        .map(|(annual, wage)| annual / wage);
    match field {
        "wage_annual_min" => pay.wage_annual_min = amount(value)?,
        "wage_annual_max" => pay.wage_annual_max = amount(value)?,
        "wage_period" => {
            pay.wage_period = optional(value)?;
            per_year(pay, usual(pay.wage_period));
        }
        _ => {
            let end = if field == "wage_min" { &mut pay.wage_min } else { &mut pay.wage_max };
            *end = amount(value)?;
            let factor = factor.or(usual(pay.wage_period));
            per_year(pay, factor);
        }
    }
    pay.wage_annual_gbp = match (pay.wage_annual_min, pay.wage_annual_max) {
        (Some(min), Some(max)) => Some(f64::midpoint(min, max)),
        (min, max) => min.or(max),
    };
    pay.wage_flags.retain(|flag| !["predicted", "implausible", "conflict"].contains(&flag.as_str()));
    Ok(())
}

fn per_year(pay: &mut Pay, factor: Option<f64>) {
    let annual = |wage: Option<f64>| wage.zip(factor).map(|(wage, factor)| (wage * factor * 100.0).round() / 100.0);
    (pay.wage_annual_min, pay.wage_annual_max) = (annual(pay.wage_min), annual(pay.wage_max));
}

/// Units of a period in a year of 52 weeks of 37.5 hours, five days.
fn usual(period: Option<WagePeriod>) -> Option<f64> {
    Some(match period? {
        WagePeriod::Hour => 1950.0,
        WagePeriod::Day => 260.0,
        WagePeriod::Week => 52.0,
        WagePeriod::Month => 12.0,
        WagePeriod::Year => 1.0,
    })
}

fn one_of<T: FromStr>(value: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("'{value}' is not a value of this field"))
}

fn optional<T: FromStr>(value: &str) -> Result<Option<T>, String> {
    if value.is_empty() { Ok(None) } else { one_of(value).map(Some) }
}

fn or_unknown<T: FromStr>(value: &str) -> Result<T, String> {
    one_of(if value.is_empty() { "unknown" } else { value })
}

fn amount(value: &str) -> Result<Option<f64>, String> {
    let amount: Option<f64> = optional(value)?;
    match amount {
        Some(amount) if !amount.is_finite() || amount < 0.0 => Err(format!("'{value}' is not an amount of pay")),
        amount => Ok(amount),
    }
}

fn truth(value: &str) -> Result<Option<bool>, String> {
    match value {
        "" => Ok(None),
        "1" | "true" => Ok(Some(true)),
        "0" | "false" => Ok(Some(false)),
        _ => Err(format!("'{value}' is not 1 or 0")),
    }
}
