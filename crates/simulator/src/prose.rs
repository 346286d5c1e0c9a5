//! Writes the prose of an advertisement: some of it the employer's boilerplate, some of it about the job.

use crate::catalogue::{CATALOGUE, Family};
use crate::employers::{self, EmployerRef};
use crate::listing::ProseForm;
use crate::prose_block::{self, Block};
use crate::random::{Dice, Stream};
use crate::spin::spin;
use crate::vacancy::{ExperienceAsked, Length, Vacancy};
use chrono::{Datelike, NaiveDate};
use openvacancy_domain::terms::Remote;

/// Characters of a portal's snippet, before the ellipsis.
const SNIPPET: usize = 450;

/// What a posting adds to the vacancy's own text.
pub(crate) struct Telling<'a> {
    pub(crate) seed: u64,
    pub(crate) vacancy: &'a Vacancy,
    pub(crate) form: ProseForm,
    /// Agency that speaks, where one does.
    pub(crate) agency: Option<EmployerRef>,
    /// Pay as this posting says it, where its prose does.
    pub(crate) pay: Option<&'a str>,
}

/// The prose as blocks.
pub(crate) fn write(telling: &Telling<'_>) -> Vec<Block> {
    let vacancy = telling.vacancy;
    let family = &CATALOGUE.families[CATALOGUE.occupations[vacancy.occupation].family];
    let mut dice = Dice::new(telling.seed, Stream::Prose, vacancy.prose);
    let writer = Writer { telling, family, slots: Slots::new(telling, family, &mut dice) };
    let mut sections = writer.sections(&mut dice);
    if telling.form.reordered && sections.len() > 3 {
        // The opening stays; what follows is moved round by a third.
        let third = sections.len() / 3;
        sections[1..].rotate_left(third);
    }
    let blocks: Vec<Block> = sections.into_iter().flatten().collect();
    if telling.form.snippet { vec![Block::Paragraph(snippet(&prose_block::text(&blocks)))] } else { blocks }
}

fn snippet(text: &str) -> String {
    let flat = text.replace('\n', " ");
    if flat.chars().count() <= SNIPPET {
        return flat;
    }
    let mut cut: String = flat.chars().take(SNIPPET).collect();
    cut.push('…');
    cut
}

struct Slots {
    employer: String,
    agency: String,
    kind: &'static str,
    place: String,
    title: String,
    team: String,
    contact: (String, String, String),
    closing: String,
    hours: String,
    months: String,
}

impl Slots {
    fn new(telling: &Telling<'_>, family: &Family, dice: &mut Dice) -> Self {
        let vacancy = telling.vacancy;
        let mut place = vacancy.spot.place.name.to_owned();
        for also in &vacancy.also {
            place = format!("{place} and {}", also.place.name);
        }
        let team = spin(family.team, dice, &|_, _| None);
        let contact = employers::contact(telling.agency.unwrap_or(vacancy.employer), dice);
        Self {
            employer: if telling.agency.is_some() { "our client".to_owned() } else { vacancy.employer.name() },
            agency: telling.agency.map(EmployerRef::name).unwrap_or_default(),
            kind: CATALOGUE.kinds[vacancy.employer.kind].noun,
            place,
            title: vacancy.title.clone(),
            team,
            contact,
            closing: vacancy.closing.map_or_else(|| "the end of the month".to_owned(), written_day),
            hours: half_hours(vacancy.weekly_hours),
            months: [6, 9, 12, 12, 18, 24][dice.below(6)].to_string(),
        }
    }

    fn fill(&self, slot: &str, family: &Family, dice: &mut Dice) -> Option<String> {
        Some(match slot {
            "employer" => self.employer.clone(),
            "agency" => self.agency.clone(),
            "kind" => self.kind.to_owned(),
            "place" => self.place.clone(),
            "title" => self.title.clone(),
            "team" => self.team.clone(),
            "contact" => self.contact.0.clone(),
            "email" => self.contact.1.clone(),
            "phone" => self.contact.2.clone(),
            "closing" => self.closing.clone(),
            "hours" => self.hours.clone(),
            "months" => self.months.clone(),
            "subject" => family.subject.to_owned(),
            "body" => family.body.to_owned(),
            "n" => dice.between(4, 40).to_string(),
            _ => return None,
        })
    }
}

fn written_day(day: NaiveDate) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "March", "April", "May", "June", "July", "August", "Sept", "Oct", "Nov", "Dec"];
    format!("{} {} {}", day.day(), MONTHS[day.month0() as usize % 12], day.year())
}

/// Hours are kept doubled, so that 37.5 is whole.
fn half_hours(doubled: u8) -> String {
    if doubled.is_multiple_of(2) { (doubled / 2).to_string() } else { format!("{}.5", doubled / 2) }
}

struct Writer<'a> {
    telling: &'a Telling<'a>,
    family: &'a Family,
    slots: Slots,
}

impl Writer<'_> {
    fn sections(&self, dice: &mut Dice) -> Vec<Vec<Block>> {
        let vacancy = self.telling.vacancy;
        let agency = self.telling.agency.is_some();
        let mut sections = vec![vec![self.one(if agency { "opening_agency" } else { "opening" }, dice)]];
        let terms = self.terms(dice);
        if vacancy.length == Length::Short {
            let mut duties = self.lines(&self.family.duties, 2, dice);
            duties.extend(self.requirements(dice));
            sections.push(vec![Block::Paragraph(run_on(&duties))]);
            sections.extend(terms);
            return sections;
        }
        let long = vacancy.length == Length::Long;
        sections.extend((!agency).then(|| self.about(long)));
        let count = if long { 9 } else { 4 + dice.below(5) };
        let heading = dice.pick(&["The role", "What you will do", "Main duties", "Key responsibilities", "Your day"]);
        let duties = self.lines(&self.family.duties, count, dice);
        sections.push(vec![Block::Heading(heading.to_owned()), self.listed(duties, dice)]);
        let heading = dice.pick(&["About you", "What we are looking for", "Person specification", "You will have"]);
        sections.push(vec![Block::Heading(heading.to_owned()), Block::List(self.requirements(dice))]);
        if dice.chance(600) {
            sections.push(vec![self.one("team_fit", dice)]);
        }
        sections.extend(terms);
        let mut habits = self.boilerplate_dice();
        let perks: Vec<_> = CATALOGUE.phrases("benefits").to_vec();
        let perks = habits.some(&perks, if long { 9 } else { 5 });
        let perks = perks.iter().map(|perk| self.spun(perk, &mut habits)).collect();
        if !agency {
            sections.push(vec![Block::Heading("What we offer".to_owned()), Block::List(perks)]);
        }
        let extras = if long { 10 } else { 1 + habits.below(4) };
        let extras = habits.some(CATALOGUE.phrases("extra"), extras);
        sections.extend(extras.iter().map(|extra| vec![Block::Paragraph(self.spun(extra, &mut habits))]));
        sections.push(vec![self.one("apply", dice)]);
        sections.push(self.closing_words());
        sections
    }

    /// Words that are the same in every advertisement of this employer.
    fn about(&self, long: bool) -> Vec<Block> {
        let mut habits = self.boilerplate_dice();
        let mut about = vec![self.one("about", &mut habits)];
        if long {
            about.extend(
                habits
                    .some(CATALOGUE.phrases("about_more"), 3)
                    .iter()
                    .map(|more| Block::Paragraph(self.spun(more, &mut habits))),
            );
        }
        about
    }

    fn closing_words(&self) -> Vec<Block> {
        match self.telling.agency {
            Some(agency) => {
                let mut habits = Dice::new(self.telling.seed, Stream::AgencyBoilerplate, agency.key());
                vec![self.one("agency_footer", &mut habits), self.one("agency_footer", &mut habits)]
            }
            None => {
                let mut habits = self.boilerplate_dice();
                vec![self.one("equality", &mut habits), self.one("equality", &mut habits)]
            }
        }
    }

    fn boilerplate_dice(&self) -> Dice {
        Dice::new(self.telling.seed, Stream::Boilerplate, self.telling.vacancy.employer.key())
    }

    fn requirements(&self, dice: &mut Dice) -> Vec<String> {
        let vacancy = self.telling.vacancy;
        let occupation = &CATALOGUE.occupations[vacancy.occupation];
        let mut lines = Vec::new();
        if vacancy.says_education {
            for name in &occupation.qualifications {
                lines.push(self.sentence(&format!("education_{name}"), dice));
            }
        }
        match vacancy.experience {
            ExperienceAsked::None => lines.push(self.sentence("experience_none", dice)),
            ExperienceAsked::Required => {
                let chosen = dice.pick(&experience_lines(false));
                lines.push(self.spun(chosen, dice));
            }
            ExperienceAsked::Years(years) => {
                let mut chosen = dice.pick(&experience_lines(true)).replace("{years}", &years.to_string());
                if years == 1 {
                    chosen = chosen.replace("1 years'", "1 year's").replace("1 years", "1 year");
                }
                lines.push(self.spun(&chosen, dice));
            }
            ExperienceAsked::Unsaid => {}
        }
        let count = if vacancy.length == Length::Short { 1 } else { 2 + dice.below(3) };
        lines.extend(self.lines(&self.family.needs, count, dice));
        lines
    }

    /// Contract, hours, workplace, openings and pay, where this advertisement says them.
    fn terms(&self, dice: &mut Dice) -> Option<Vec<Block>> {
        let vacancy = self.telling.vacancy;
        let mut lines = Vec::new();
        if vacancy.says_terms {
            lines.push(self.sentence(&format!("contract_{}", vacancy.contract), dice));
            lines.push(self.sentence(&format!("hours_{}", vacancy.hours), dice));
        }
        if matches!(vacancy.remote, Remote::Hybrid | Remote::Remote) {
            lines.push(self.sentence(&format!("remote_{}", vacancy.remote), dice));
        }
        if vacancy.openings > 1 {
            lines.push(self.sentence("openings", dice).replace("{openings}", &vacancy.openings.to_string()));
        }
        let pay = self.sentence("pay", dice);
        if let Some(said) = self.telling.pay {
            lines.push(pay.replace("{pay}", said));
        }
        lines.retain(|line| !line.is_empty());
        (!lines.is_empty()).then(|| vec![Block::Paragraph(lines.join(" "))])
    }

    fn lines(&self, templates: &[&'static str], count: usize, dice: &mut Dice) -> Vec<String> {
        dice.some(templates, count).iter().map(|line| self.spun(line, dice)).collect()
    }

    fn listed(&self, lines: Vec<String>, dice: &mut Dice) -> Block {
        if dice.chance(250) { Block::Paragraph(run_on(&lines)) } else { Block::List(lines) }
    }

    fn one(&self, section: &str, dice: &mut Dice) -> Block {
        Block::Paragraph(self.sentence(section, dice))
    }

    fn sentence(&self, section: &str, dice: &mut Dice) -> String {
        match CATALOGUE.phrases(section) {
            [] => String::new(),
            phrases => {
                let chosen = dice.pick(phrases);
                self.spun(chosen, dice)
            }
        }
    }

    fn spun(&self, template: &str, dice: &mut Dice) -> String {
        articled(&spin(template, dice, &|slot, dice| self.slots.fill(slot, self.family, dice)))
    }
}

/// Lines as the sentences of one paragraph.
fn run_on(lines: &[String]) -> String {
    let sentences: Vec<&str> = lines.iter().map(|line| line.trim_end_matches('.')).collect();
    sentences.join(". ") + "."
}

/// The lines that require experience, with or without a number of years.
fn experience_lines(years: bool) -> Vec<&'static str> {
    let lines = CATALOGUE.phrases("experience_required").iter().copied();
    lines.filter(|line| line.contains("{years}") == years).collect()
}

/// Puts 'an' for 'a' before a vowel, which the templates cannot know of.
fn articled(sentence: &str) -> String {
    let mut out = String::with_capacity(sentence.len() + 4);
    let mut words = sentence.split(' ').peekable();
    while let Some(word) = words.next() {
        out.push_str(word);
        let vowel = |next: &&str| next.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o']);
        // Spoken letter by letter, these begin with a vowel.
        let spelt = |next: &&str| next.starts_with("NHS") || next.starts_with("HR") || next.starts_with("SEN");
        if matches!(word, "a" | "A") && words.peek().is_some_and(|next| vowel(next) || spelt(next)) {
            out.push('n');
        }
        if words.peek().is_some() {
            out.push(' ');
        }
    }
    // Sentences that begin with 'our client' begin with a capital.
    let mut letters = out.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => out,
    }
}
