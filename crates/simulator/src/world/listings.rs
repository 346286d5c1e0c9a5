//! Shows vacancies on portals: once, or several times with small differences.

use super::config::WorldConfig;
use super::life::{self, Life};
use super::openings;
use crate::catalogue::CATALOGUE;
use crate::employers::{self, EmployerRef};
use crate::fault::Fault;
use crate::listing::{Listing, ProseForm, StructuredPay};
use crate::pay::{self, Said};
use crate::places::{self, Written};
use crate::portal::Portal;
use crate::random::{Dice, Stream};
use crate::titles;
use crate::truth::TruthPosting;
use crate::vacancy::{ExperienceAsked, Length, Vacancy};
use openvacancy_domain::education::{Education, Experience};
use openvacancy_domain::pay::WagePeriod;
use openvacancy_domain::place::LocationPrecision;
use openvacancy_domain::terms::{ContractType, Remote, WorkingHours};

/// The first number of each portal's ids, and the step between them.
const FIRST: [u64; 3] = [4_100_003, 1_000_021, 73_000_017];
const STEP: u64 = 7;

/// The id that a portal gives to the listing with this number.
fn id_of(portal: Portal, number: u32) -> String {
    let id = FIRST[portal.index()] + u64::from(number) * STEP;
    match portal {
        Portal::Civic => format!("C{id}"),
        Portal::Harbour | Portal::Feed => id.to_string(),
    }
}

/// The number of the listing with this id, if it is one that [`id_of`] gives.
pub(super) fn number_of(portal: Portal, id: &str) -> Option<u32> {
    let digits = if portal == Portal::Civic { id.strip_prefix('C')? } else { id };
    let offset = digits.parse::<u64>().ok()?.checked_sub(FIRST[portal.index()])?;
    if offset % STEP == 0 { u32::try_from(offset / STEP).ok() } else { None }
}

/// Where and when one posting of a vacancy is shown, and how it departs from the vacancy's own text.
#[derive(Debug, Clone, Copy)]
struct Showing {
    portal: Portal,
    life: Life,
    agency: Option<u32>,
    copy: bool,
    own_reference: bool,
}

/// Shows vacancies.
pub(super) struct Shower<'a> {
    pub(super) config: &'a WorldConfig,
    pub(super) listings: Vec<Listing>,
    pub(super) truth: Vec<TruthPosting>,
}

impl Shower<'_> {
    /// Shows a vacancy on its portals.
    pub(super) fn show(&mut self, number: u32, vacancy: &Vacancy) {
        let mut dice = Dice::new(self.config.seed, Stream::Listing, u64::from(number));
        let kind = CATALOGUE.kinds[vacancy.employer.kind].name;
        let mut portals = vec![home(kind, vacancy.agency.is_some(), &mut dice)];
        let first = Showing {
            portal: portals[0],
            life: life::life(vacancy.posted, vacancy.closing, &mut dice),
            agency: vacancy.agency.map(|agency| agency.number),
            copy: false,
            own_reference: dice.chance(700),
        };
        self.post(number, vacancy, first, &mut dice);
        if vacancy.group.is_some() {
            return;
        }
        if dice.chance(self.config.shared_per_thousand) {
            let copies = if dice.chance(250) { 2 } else { 1 };
            for _ in 0..copies {
                let others: Vec<Portal> = Portal::ALL.into_iter().filter(|portal| !portals.contains(portal)).collect();
                let portal = dice.pick(&others);
                portals.push(portal);
                let posted = life::after(vacancy.posted, dice.between(0, 6));
                let agency = match first.agency {
                    Some(agency) if dice.chance(700) => Some(agency),
                    Some(_) => None,
                    None if portal != Portal::Civic && dice.chance(300) => {
                        let pool = openings::agency_pool(self.config);
                        Some(employers::choose(CATALOGUE.agency, pool, &mut dice).number)
                    }
                    None => None,
                };
                let life = life::life(posted, vacancy.closing.map(|closing| closing.max(posted)), &mut dice);
                let own_reference = agency == first.agency && first.own_reference && dice.chance(600);
                self.post(number, vacancy, Showing { portal, life, agency, copy: true, own_reference }, &mut dice);
            }
        }
        if dice.chance(self.config.reposted_per_thousand) {
            self.repost(number, vacancy, first, &mut dice);
        }
    }

    /// The same advertisement under a new id, some days after the first was taken down.
    fn repost(&mut self, number: u32, vacancy: &Vacancy, first: Showing, dice: &mut Dice) {
        // Within 90 days of the first.
        let posted = life::after(first.life.live_to, dice.between(1, 25)).min(life::after(first.life.posted, 88));
        let closing = first.life.closing.map(|_| life::after(posted, dice.between(21, 40)));
        let life = life::life(posted, closing, dice);
        self.post(
            number,
            vacancy,
            Showing { life, own_reference: first.own_reference && dice.chance(600), ..first },
            dice,
        );
    }

    fn post(&mut self, number: u32, vacancy: &Vacancy, showing: Showing, dice: &mut Dice) {
        let Ok(position) = u32::try_from(self.listings.len()) else { return };
        let place = place(vacancy, showing, dice);
        let said = pay::say(&vacancy.offer, vacancy.hours == WorkingHours::PartTime, dice);
        let shows_pay = dice.chance(870);
        let snippet = showing.copy && vacancy.length != Length::Short && dice.chance(350);
        let form = ProseForm {
            snippet,
            reordered: showing.copy && dice.chance(300),
            agency: showing.agency,
            // Whether a snippet ends before the pay would be chance: so that its truth is plain, it never says the pay.
            says_pay: dice.chance(if shows_pay { 250 } else { 400 }) && !snippet,
        };
        let title =
            titles::decorate(vacancy, vacancy.spot.place.name, said.text.as_deref().filter(|_| shows_pay), dice);
        let agency = showing.agency.map(|number| EmployerRef { kind: CATALOGUE.agency, number });
        let contract_shown = dice.chance(760);
        let hours_shown = dice.chance(720);
        let fault = self.fault(position, showing.portal, dice);
        let listing = Listing {
            portal: showing.portal,
            id: id_of(showing.portal, position),
            vacancy: number,
            reference: if showing.own_reference {
                Some(vacancy.reference.clone())
            } else {
                agency.map(|agency| openings::reference(agency, u64::from(position)))
            },
            title: title.text,
            employer: agency.unwrap_or(vacancy.employer).name(),
            location: place.text.clone(),
            town: place.town.clone(),
            county: place.county.clone(),
            postcode: place.postcode.clone(),
            salary: said.text.clone().filter(|_| shows_pay),
            structured: structured(&said, shows_pay, showing.portal, dice),
            contract: contract_shown.then(|| contract_words(vacancy.contract, dice)).flatten(),
            hours: hours_shown.then(|| hours_words(vacancy, dice)).flatten(),
            category: CATALOGUE.families[CATALOGUE.occupations[vacancy.occupation].family].category,
            posted: showing.life.posted,
            closing: showing.life.closing,
            live_from: showing.life.live_from,
            live_to: showing.life.live_to,
            fault,
            variant: u32::try_from(dice.below(1_000_000)).unwrap_or_default(),
            form,
            spoken_pay: said.text.clone(),
        };
        let says = Says {
            contract: title.says_contract || listing.contract.is_some(),
            hours: title.says_hours || listing.hours.is_some(),
            remote: place.precision == LocationPrecision::Remote
                || place.text.as_deref().is_some_and(|text| text.contains("Hybrid")),
            prose: !form.snippet,
            pay: shows_pay || form.says_pay,
        };
        self.truth.push(truth(vacancy, &listing, place, &said, says));
        self.listings.push(listing);
    }

    fn fault(&self, position: u32, portal: Portal, dice: &mut Dice) -> Option<Fault> {
        const HARBOUR: &[Fault] = &[
            Fault::MissingTitle,
            Fault::BrokenJsonLd,
            Fault::TruncatedPage,
            Fault::WrongEncoding,
            Fault::AbsurdDate,
            Fault::HostileText,
        ];
        const CIVIC: &[Fault] =
            &[Fault::MissingTitle, Fault::TruncatedPage, Fault::WrongEncoding, Fault::AbsurdDate, Fault::HostileText];
        const FEED: &[Fault] = &[Fault::MissingTitle, Fault::WrongTypes, Fault::AbsurdDate, Fault::HostileText];
        let faults = match portal {
            Portal::Harbour => HARBOUR,
            Portal::Civic => CIVIC,
            Portal::Feed => FEED,
        };
        let fault = dice.chance(self.config.malformed_per_thousand).then(|| dice.pick(faults));
        if position < self.config.huge_pages && portal != Portal::Feed { Some(Fault::HugePage) } else { fault }
    }
}

/// The portal that an employer turns to first.
fn home(kind: &str, agency: bool, dice: &mut Dice) -> Portal {
    let public = matches!(kind, "health" | "council" | "school" | "university" | "college");
    match (dice.below(100), public && !agency) {
        (0..=54, true) => Portal::Civic,
        (55..=79, true) => Portal::Harbour,
        (0..=54, false) => Portal::Harbour,
        (55..=64, false) => Portal::Civic,
        _ => Portal::Feed,
    }
}

fn place(vacancy: &Vacancy, showing: Showing, dice: &mut Dice) -> Written {
    let mut written = places::write(&vacancy.spot, &vacancy.also, dice);
    match vacancy.remote {
        Remote::Remote if !showing.copy || dice.chance(600) => {
            let words = ["Remote", "Home based", "Remote, UK", "Nationwide", "Work from home"];
            let text = Some(dice.pick(&words).to_owned());
            written = Written {
                text,
                town: None,
                county: None,
                postcode: None,
                lad_codes: Vec::new(),
                county_code: None,
                precision: LocationPrecision::Remote,
            };
        }
        Remote::Hybrid => {
            if let Some(text) = &mut written.text
                && dice.chance(500)
            {
                *text = match dice.below(3) {
                    0 => format!("Hybrid - {text}"),
                    1 => format!("{text} (Hybrid)"),
                    _ => format!("Hybrid working, {text}"),
                };
            }
        }
        _ => {}
    }
    written
}

fn structured(said: &Said, shown: bool, portal: Portal, dice: &mut Dice) -> Option<StructuredPay> {
    let often = match portal {
        Portal::Harbour => 450,
        Portal::Feed => 650,
        Portal::Civic => 0,
    };
    let (min, max, period) = (said.min?, said.max?, said.period?);
    let wrong = period == WagePeriod::Hour && dice.chance(30);
    (shown && dice.chance(often)).then_some(StructuredPay {
        min,
        max,
        unit: if wrong { WagePeriod::Year } else { period },
    })
}

fn contract_words(contract: ContractType, dice: &mut Dice) -> Option<&'static str> {
    let words: &[&str] = match contract {
        ContractType::Permanent => &["Permanent", "Permanent", "Perm", "Permanent contract"],
        ContractType::FixedTerm => {
            &["Fixed term", "Fixed-Term", "Fixed term (12 months)", "12 month fixed term contract"]
        }
        ContractType::Temporary => &["Temporary", "Temp", "Temporary contract"],
        ContractType::BankCasual => &["Bank", "Casual"],
        ContractType::Apprenticeship => &["Apprenticeship"],
        _ => return None,
    };
    Some(dice.pick(words))
}

fn hours_words(vacancy: &Vacancy, dice: &mut Dice) -> Option<String> {
    let weekly = f64::from(vacancy.weekly_hours) / 2.0;
    Some(match (vacancy.hours, dice.below(4)) {
        (WorkingHours::FullTime, 0) => "Full-time".to_owned(),
        (WorkingHours::FullTime, 1) => format!("Full time - {weekly} hours per week"),
        (WorkingHours::FullTime, _) => "Full time".to_owned(),
        (WorkingHours::PartTime, 0) => "Part-time".to_owned(),
        (WorkingHours::PartTime, 1) => format!("Part time, {weekly} hours per week"),
        (WorkingHours::PartTime, _) => "Part time".to_owned(),
        (WorkingHours::Either, 0) => "Full time or part time".to_owned(),
        (WorkingHours::Either, _) => "Full time, Part time".to_owned(),
        (WorkingHours::ZeroHours, _) => "Zero hours".to_owned(),
        (WorkingHours::Unknown, _) => return None,
    })
}

/// What a posting says, and where.
#[derive(Clone, Copy)]
struct Says {
    contract: bool,
    hours: bool,
    /// The place field says where the work is done.
    remote: bool,
    /// The prose is whole.
    prose: bool,
    pay: bool,
}

fn truth(vacancy: &Vacancy, listing: &Listing, place: Written, said: &Said, says: Says) -> TruthPosting {
    let said = if says.pay { said.clone() } else { Said::default() };
    let middle = match (said.min, said.max) {
        (Some(min), Some(max)) => Some(f64::midpoint(min, max)),
        (one, other) => one.or(other),
    };
    let terms = says.prose && vacancy.says_terms;
    TruthPosting {
        posting: listing.posting_id(),
        vacancy: listing.vacancy,
        group: vacancy.group,
        soc2020: CATALOGUE.occupations[vacancy.occupation].soc2020,
        lad_codes: place.lad_codes,
        county_code: place.county_code,
        precision: place.precision,
        wage_min: said.min,
        wage_max: said.max,
        wage_period: said.period,
        wage_annual: middle.zip(said.period).map(|(pounds, period)| pay::per_year(pounds, period)),
        contract: (terms || says.contract).then_some(vacancy.contract),
        hours: (terms || says.hours).then_some(vacancy.hours),
        remote: ((says.prose || says.remote) && vacancy.remote != Remote::OnSite).then_some(vacancy.remote),
        openings: says.prose.then_some(vacancy.openings),
        education: (says.prose && vacancy.says_education).then(|| education(vacancy)).flatten(),
        experience: says.prose.then(|| experience(vacancy.experience)),
        date_posted: (listing.fault != Some(Fault::AbsurdDate)).then_some(listing.posted),
        date_closing: listing.closing,
        malformed: listing.fault,
        live_from: listing.live_from,
        live_to: listing.live_to,
    }
}

/// `None` for an occupation that asks for no qualification: nothing is said then.
fn education(vacancy: &Vacancy) -> Option<Education> {
    let asked = &CATALOGUE.occupations[vacancy.occupation].qualifications;
    let is = |name: &str| Some(asked.contains(&name));
    (!asked.is_empty()).then(|| Education {
        education_gcse: is("gcse"),
        education_alevel: is("alevel"),
        education_apprenticeship: is("apprenticeship"),
        education_hnc_hnd: is("hnc"),
        education_degree: is("degree"),
        education_postgraduate: is("postgraduate"),
        education_professional: is("professional"),
        education_rqf_min: None,
    })
}

fn experience(asked: ExperienceAsked) -> Experience {
    let (experience, experience_years_min) = match asked {
        ExperienceAsked::None => (0, None),
        ExperienceAsked::Required => (1, None),
        ExperienceAsked::Years(years) => (1, Some(f32::from(years))),
        ExperienceAsked::Unsaid => (2, None),
    };
    Experience { experience, experience_years_min }
}

#[cfg(test)]
mod tests {
    use super::{id_of, number_of};
    use crate::portal::Portal;

    #[test]
    fn ids_lead_back_to_their_listing() {
        for portal in Portal::ALL {
            for number in [0, 1, 99, 123_456] {
                assert_eq!(number_of(portal, &id_of(portal, number)), Some(number));
            }
            for wrong in ["", "C", "4100004", "x", "-7", "99999999999999999999"] {
                assert_eq!(number_of(portal, wrong), None, "{wrong}");
            }
        }
    }
}
