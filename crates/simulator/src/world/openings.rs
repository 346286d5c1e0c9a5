//! Makes vacancies, alone and in groups that look alike.

use super::config::WorldConfig;
use super::life;
use crate::catalogue::{CATALOGUE, Occupation};
use crate::employers::{self, EmployerRef};
use crate::pay;
use crate::places::{Book, Spot};
use crate::random::{Dice, Stream};
use crate::titles;
use crate::vacancy::{ExperienceAsked, Length, Vacancy};
use openvacancy_domain::terms::{ContractType, Remote, WorkingHours};

/// Makes vacancies one after another.
pub(super) struct Maker<'a> {
    config: &'a WorldConfig,
    book: Book,
    cumulative: Vec<u64>,
    /// Employers of each kind.
    pools: Vec<u32>,
    groups: u32,
}

impl<'a> Maker<'a> {
    pub(super) fn new(config: &'a WorldConfig) -> Self {
        let mut sum = 0;
        let mut by_kind = vec![0_u64; CATALOGUE.kinds.len()];
        let mut cumulative = Vec::with_capacity(CATALOGUE.occupations.len());
        for occupation in &CATALOGUE.occupations {
            sum += u64::from(occupation.weight);
            cumulative.push(sum);
            by_kind[CATALOGUE.families[occupation.family].kind] += u64::from(occupation.weight);
        }
        // On average four advertisements to an employer; the frequent ones have far more.
        let pool =
            |weight: u64| u32::try_from(u64::from(config.vacancies) * weight / sum / 4).unwrap_or(u32::MAX).max(12);
        let pools = by_kind.into_iter().map(pool).collect();
        Self { config, book: Book::new(), cumulative, pools, groups: 0 }
    }

    /// All vacancies of the world.
    pub(super) fn all(mut self) -> Vec<Vacancy> {
        let wanted = self.config.vacancies as usize;
        let mut vacancies = Vec::with_capacity(wanted);
        while vacancies.len() < wanted {
            let number = vacancies.len() as u64;
            let mut dice = Dice::new(self.config.seed, Stream::Vacancy, number);
            let Some(vacancy) = self.one(number, &mut dice) else { break };
            let left = wanted - vacancies.len();
            match dice.below(1000) {
                0..=2 => self.look_alikes(vacancy, left, &mut dice, &mut vacancies),
                3..=12 => self.in_several_towns(vacancy, left, &mut dice, &mut vacancies),
                _ => vacancies.push(vacancy),
            }
        }
        vacancies
    }

    /// Seven to eleven posts of one employer at one place, advertised at once with one text: different vacancies.
    fn look_alikes(&mut self, first: Vacancy, left: usize, dice: &mut Dice, all: &mut Vec<Vacancy>) {
        let nurse = CATALOGUE.occupations.iter().position(|occupation| occupation.titles.contains(&"Staff Nurse"));
        let mut first = first;
        if let Some(number) = nurse {
            let occupation = &CATALOGUE.occupations[number];
            let kind = CATALOGUE.families[occupation.family].kind;
            first.occupation = number;
            first.title = "Staff Nurse".to_owned();
            first.employer = employers::choose(kind, self.pools[kind], dice);
            first.offer = pay::offer(occupation, 0, true, dice);
            (first.agency, first.remote, first.openings, first.also) = (None, Remote::OnSite, 1, Vec::new());
        }
        first.group = Some(self.next_group());
        let count = (7 + dice.below(5)).min(left);
        for _ in 0..count {
            let number = all.len() as u64;
            let posted = life::after(first.posted, dice.between(0, 2));
            all.push(Vacancy { reference: reference(first.employer, number), posted, ..first.clone() });
        }
    }

    /// Three to six posts with one text in as many towns: different vacancies.
    fn in_several_towns(&mut self, first: Vacancy, left: usize, dice: &mut Dice, all: &mut Vec<Vacancy>) {
        let group = Some(self.next_group());
        let count = (3 + dice.below(4)).min(left);
        let mut spots = vec![first.spot];
        for _ in 1..count {
            let other = self
                .book
                .anywhere(dice)
                .filter(|spot| spot.clear && spots.iter().all(|taken| taken.district.code != spot.district.code));
            spots.extend(other);
        }
        for spot in spots {
            let number = all.len() as u64;
            let reference = reference(first.employer, number);
            let (also, openings) = (Vec::new(), 1);
            all.push(Vacancy { spot, also, openings, group, reference, remote: Remote::OnSite, ..first.clone() });
        }
    }

    fn next_group(&mut self) -> u32 {
        self.groups += 1;
        self.groups
    }

    fn one(&self, number: u64, dice: &mut Dice) -> Option<Vacancy> {
        let position = dice.weighted(&self.cumulative);
        let occupation = &CATALOGUE.occupations[position];
        let family = &CATALOGUE.families[occupation.family];
        let (title, lift) = titles::choose(occupation, dice);
        let employer = employers::choose(family.kind, self.pools[family.kind], dice);
        let spot = self.spot(employer, dice)?;
        let also = if dice.chance(25) { self.book.neighbours(&spot, 1 + dice.below(2), dice) } else { Vec::new() };
        let kind = &CATALOGUE.kinds[family.kind];
        let offer = pay::offer(occupation, lift, kind.name == "health", dice);
        let contract = contract(&title, kind.name, dice);
        let hours = hours(occupation, &title, contract, dice);
        let private = !matches!(kind.name, "health" | "council" | "school" | "university" | "college");
        let agency = dice
            .chance(if private { 280 } else { 90 })
            .then(|| employers::choose(CATALOGUE.agency, agency_pool(self.config), dice));
        let posted = life::posted(self.config.month, dice);
        let at_desk = !title.contains("Receptionist");
        let remote = if at_desk { workplace(family.name, dice) } else { Remote::OnSite };
        Some(Vacancy {
            occupation: position,
            title,
            employer,
            agency,
            spot,
            also,
            offer,
            contract,
            hours,
            weekly_hours: match hours {
                WorkingHours::PartTime => u8::try_from(dice.between(12, 25) * 2).unwrap_or(40),
                _ => dice.pick(&[75, 75, 80, 70, 74]),
            },
            remote,
            openings: if occupation.several && dice.chance(90) {
                2 + u32::try_from(dice.below(8)).unwrap_or(0)
            } else {
                1
            },
            experience: match dice.below(10) {
                0..=1 if occupation.qualifications.len() < 2 => ExperienceAsked::None,
                0..=3 => ExperienceAsked::Required,
                4..=5 => ExperienceAsked::Years(dice.pick(&[1, 2, 2, 3, 5])),
                _ => ExperienceAsked::Unsaid,
            },
            says_education: dice.chance(750),
            says_terms: dice.chance(650),
            length: match dice.below(100) {
                0..=11 => Length::Short,
                12..=84 => Length::Usual,
                _ => Length::Long,
            },
            reference: reference(employer, number),
            posted,
            closing: dice.chance(800).then(|| life::after(posted, dice.between(21, 45))),
            prose: number,
            group: None,
        })
    }

    fn spot(&self, employer: EmployerRef, dice: &mut Dice) -> Option<Spot> {
        if !CATALOGUE.kinds[employer.kind].local {
            return self.book.anywhere(dice);
        }
        let mut habits = employers::dice(self.config.seed, employer);
        let home = self.book.anywhere(&mut habits)?;
        Some(if dice.chance(150) { self.book.near(&home, dice) } else { home })
    }
}

/// Agencies of a world: one for every forty vacancies.
pub(super) fn agency_pool(config: &WorldConfig) -> u32 {
    (config.vacancies / 40).max(10)
}

/// A reference in the employer's own style.
pub(super) fn reference(employer: EmployerRef, number: u64) -> String {
    let initials: String =
        employer.name().split_whitespace().filter_map(|word| word.chars().find(char::is_ascii_uppercase)).collect();
    match employer.key() % 4 {
        0 => format!("{initials}{:05}", number + 1),
        1 => format!("REQ-{:06}", 10_000 + number * 3),
        2 => format!("{initials}/26/{:04}", number + 1),
        _ => format!("{:03}-{initials}-{:04}", 100 + employer.key() % 899, number + 1),
    }
}

fn contract(title: &str, kind: &str, dice: &mut Dice) -> ContractType {
    if title.contains("Apprentice") && !title.contains("Assessor") {
        return ContractType::Apprenticeship;
    }
    if title.starts_with("Bank ") || title.starts_with("Relief ") {
        return ContractType::BankCasual;
    }
    if title.starts_with("Supply ") || title.starts_with("Christmas ") {
        return ContractType::Temporary;
    }
    let public = matches!(kind, "health" | "council" | "school" | "university" | "college");
    match dice.below(100) {
        0..=15 if public => ContractType::FixedTerm,
        0..=4 => ContractType::FixedTerm,
        16..=27 => ContractType::Temporary,
        28..=30 => ContractType::BankCasual,
        _ => ContractType::Permanent,
    }
}

fn hours(occupation: &Occupation, title: &str, contract: ContractType, dice: &mut Dice) -> WorkingHours {
    if title.starts_with("Part Time") {
        return WorkingHours::PartTime;
    }
    if contract == ContractType::BankCasual {
        return if dice.chance(400) { WorkingHours::ZeroHours } else { WorkingHours::Either };
    }
    let low_paid = occupation.period == openvacancy_domain::pay::WagePeriod::Hour;
    match dice.below(100) {
        0..=34 if low_paid => WorkingHours::PartTime,
        0..=11 => WorkingHours::PartTime,
        35..=46 => WorkingHours::Either,
        _ => WorkingHours::FullTime,
    }
}

fn workplace(family: &str, dice: &mut Dice) -> Remote {
    let office = matches!(
        family,
        "software"
            | "itsupport"
            | "data"
            | "finance"
            | "hrlegal"
            | "marketing"
            | "procurement"
            | "admin"
            | "callcentre"
            | "sales"
    );
    let desk = matches!(family, "software" | "data");
    match dice.below(100) {
        0..=29 if desk => Remote::Hybrid,
        30..=39 if desk => Remote::Remote,
        0..=14 if office => Remote::Hybrid,
        15..=18 if office => Remote::Remote,
        _ => Remote::OnSite,
    }
}
