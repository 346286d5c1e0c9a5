//! Pay: what a vacancy offers, and the many ways of saying it.

use crate::catalogue::Occupation;
use crate::random::Dice;
use openvacancy_domain::pay::WagePeriod;

/// What a vacancy offers. Money is in pence per period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) period: WagePeriod,
    /// NHS Agenda for Change band, `8` standing for 8a.
    pub(crate) band: Option<u8>,
}

/// Pay as one posting says it, with what a reader can know from the words (pounds per period).
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Said {
    pub(crate) text: Option<String>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    pub(crate) period: Option<WagePeriod>,
}

/// Bands 2 to 8a in whole pounds a year, England 2024/25.
const BANDS: [(u8, i64, i64); 7] = [
    (2, 23_615, 23_615),
    (3, 24_071, 25_674),
    (4, 26_530, 29_114),
    (5, 29_970, 36_483),
    (6, 37_338, 44_962),
    (7, 46_148, 52_809),
    (8, 53_755, 60_504),
];

/// What one vacancy of an occupation offers. `lift` raises it by so many per cent, for seniority.
pub(crate) fn offer(occupation: &Occupation, lift: i64, health: bool, dice: &mut Dice) -> Offer {
    let (low, high) = occupation.pay;
    if occupation.bands && health && dice.chance(750) {
        let fits = |band: &(u8, i64, i64)| band.2 * 100 >= low && band.1 * 100 <= high;
        let fitting: Vec<_> = BANDS.into_iter().filter(fits).collect();
        if !fitting.is_empty() {
            let (band, low, high) = dice.pick(&fitting);
            return Offer { low: low * 100, high: high * 100, period: WagePeriod::Year, band: Some(band) };
        }
    }
    let (low, high) = (low * (100 + lift) / 100, high * (100 + lift) / 100);
    let (one, other) = (dice.between(low, high), dice.between(low, high));
    let mut offer = Offer { low: one.min(other), high: one.max(other), period: occupation.period, band: None };
    let narrow = offer.low + (offer.high - offer.low).min(offer.low / 4);
    offer.high = narrow;
    // A few jobs are paid by the week or month.
    if occupation.period == WagePeriod::Year && dice.chance(25) {
        offer.period = if dice.chance(500) { WagePeriod::Month } else { WagePeriod::Week };
        let parts = if offer.period == WagePeriod::Month { 12 } else { 52 };
        (offer.low, offer.high) = (offer.low / parts, offer.high / parts);
    }
    let step = match offer.period {
        WagePeriod::Hour => dice.pick(&[1, 5, 5, 25, 50]),
        WagePeriod::Day => 500,
        WagePeriod::Week => 1_000,
        WagePeriod::Month => 5_000,
        WagePeriod::Year => dice.pick(&[100_000, 100_000, 50_000, 50_000, 100]),
    };
    offer.low = (offer.low / step * step).max(step);
    offer.high = (offer.high / step * step).max(offer.low);
    offer
}

/// Says what `offer` pays, in one of many ways; now and then says nothing that can be counted.
pub(crate) fn say(offer: &Offer, pro_rata: bool, dice: &mut Dice) -> Said {
    let mut said = match dice.below(100) {
        0..=7 => {
            return words(
                &[
                    "Competitive",
                    "Competitive salary",
                    "Negotiable",
                    "Depending on experience",
                    "Attractive package",
                    "DOE",
                ],
                dice,
            );
        }
        8..=11 if offer.band.is_some() => return band_only(offer),
        12..=17 => limit(offer, "Up to ", dice),
        18..=20 => limit(offer, "From ", dice),
        21..=44 => single(offer, dice),
        _ if offer.low == offer.high => single(offer, dice),
        _ => range(offer, dice),
    };
    if let (Some(text), Some(band)) = (&mut said.text, offer.band) {
        match dice.below(4) {
            0 => *text = format!("Band {}: {text}", shown_band(band)),
            1 => *text = format!("{text} (Band {})", shown_band(band)),
            _ => {}
        }
    }
    if let Some(text) = &mut said.text {
        let tail = match (pro_rata && offer.period == WagePeriod::Year, dice.below(20)) {
            (true, 0..=14) => " pro rata",
            (_, 15) => " + benefits",
            (_, 16) if offer.period == WagePeriod::Year => " plus company pension",
            (_, 17) => " DOE",
            _ => "",
        };
        text.push_str(tail);
    }
    said
}

fn words(choices: &[&str], dice: &mut Dice) -> Said {
    Said { text: Some(dice.pick(choices).to_owned()), ..Said::default() }
}

fn band_only(offer: &Offer) -> Said {
    Said { text: offer.band.map(|band| format!("NHS AfC: Band {}", shown_band(band))), ..Said::default() }
}

fn shown_band(band: u8) -> String {
    if band == 8 { "8a".to_owned() } else { band.to_string() }
}

fn said(text: String, min: Option<i64>, max: Option<i64>, period: WagePeriod) -> Said {
    // Pence below 2^53 are exact as f64, and a hundredth of them is what parsers give, too.
    let pounds = |pence: i64| pence as f64 / 100.0;
    Said { text: Some(text), min: min.map(pounds), max: max.map(pounds), period: Some(period) }
}

fn limit(offer: &Offer, word: &str, dice: &mut Dice) -> Said {
    let (pence, up) = if word == "From " { (offer.low, false) } else { (offer.high, true) };
    let text = format!("{word}{}{}", amount(pence, dice), suffix(offer.period, dice));
    said(text, (!up).then_some(pence), up.then_some(pence), offer.period)
}

fn single(offer: &Offer, dice: &mut Dice) -> Said {
    let figure = amount(offer.low, dice);
    let suffix = suffix(offer.period, dice);
    let yearly = offer.period == WagePeriod::Year && offer.band.is_none();
    let text = match dice.below(12) {
        0 if yearly => format!("circa {figure}{suffix}"),
        1 if yearly => {
            let earnings = amount(offer.low / 100_000 * 140_000, dice);
            format!("{figure} basic, OTE {earnings}")
        }
        2 if yearly => format!("{figure}{suffix}, plus bonus"),
        _ => format!("{figure}{suffix}"),
    };
    said(text, Some(offer.low), Some(offer.low), offer.period)
}

fn range(offer: &Offer, dice: &mut Dice) -> Said {
    let short = offer.low % 50_000 == 0 && offer.high % 50_000 == 0 && offer.low >= 1_000_000;
    let suffix = suffix(offer.period, dice);
    let text = match dice.below(10) {
        0 if short => format!("£{}-{}k", thousands(offer.low), thousands(offer.high)),
        1 if short => format!("£{}k - £{}k{suffix}", thousands(offer.low), thousands(offer.high)),
        2 if short => format!("£{}K to £{}K", thousands(offer.low), thousands(offer.high)),
        3 => format!("{} to {}{suffix}", full(offer.low), full(offer.high)),
        4 => format!("{}-{}{suffix}", full(offer.low), full(offer.high)),
        5 => format!("{} – {}{suffix}", full(offer.low), full(offer.high)),
        6 if offer.period == WagePeriod::Year => format!("£{} - £{}", decimal(offer.low), decimal(offer.high)),
        7 if offer.period == WagePeriod::Year => format!("{} - {} GBP per year", offer.low / 100, offer.high / 100),
        _ => format!("{} - {}{suffix}", full(offer.low), full(offer.high)),
    };
    said(text, Some(offer.low), Some(offer.high), offer.period)
}

fn suffix(period: WagePeriod, dice: &mut Dice) -> &'static str {
    let choices: &[&str] = match period {
        WagePeriod::Hour => &[" per hour", " per hour", " an hour", "ph", " p/h", "/hr", " hourly"],
        WagePeriod::Day => &[" per day", " per day", " p/d", " a day", " daily"],
        WagePeriod::Week => &[" per week", " a week", " pw", " weekly"],
        WagePeriod::Month => &[" per month", " a month", " pcm", " per calendar month"],
        WagePeriod::Year => &[" per annum", " per annum", " a year", " pa", " p.a.", " per year", " annually", ""],
    };
    dice.pick(choices)
}

fn amount(pence: i64, dice: &mut Dice) -> String {
    if pence % 50_000 == 0 && pence >= 1_000_000 && dice.chance(300) {
        return format!("£{}k", thousands(pence));
    }
    full(pence)
}

/// `£24,500`, `£12.50`.
fn full(pence: i64) -> String {
    if pence % 100 == 0 && pence >= 10_000 {
        format!("£{}", grouped(pence / 100))
    } else {
        format!("£{}", decimal(pence))
    }
}

fn decimal(pence: i64) -> String {
    format!("{}.{:02}", grouped(pence / 100), pence % 100)
}

/// `32`, `32.5`.
fn thousands(pence: i64) -> String {
    if pence % 100_000 == 0 { (pence / 100_000).to_string() } else { format!("{}.5", pence / 100_000) }
}

fn grouped(pounds: i64) -> String {
    if pounds < 1000 { pounds.to_string() } else { format!("{},{:03}", pounds / 1000, pounds % 1000) }
}

/// Pounds per year, full time, of an amount per period: 1,955 hours, 260 days, 52 weeks, 12 months.
pub(crate) fn per_year(pounds: f64, period: WagePeriod) -> f64 {
    pounds
        * match period {
            WagePeriod::Hour => 1955.0,
            WagePeriod::Day => 260.0,
            WagePeriod::Week => 52.0,
            WagePeriod::Month => 12.0,
            WagePeriod::Year => 1.0,
        }
}

#[cfg(test)]
mod tests {
    use super::{Offer, full, offer, say, thousands};
    use crate::catalogue::CATALOGUE;
    use crate::random::{Dice, Stream};
    use openvacancy_domain::pay::WagePeriod;

    #[test]
    fn money_is_written_as_people_write_it() {
        let check = |pence: i64, expected: &str| assert_eq!(full(pence), expected);
        check(2_450_000, "£24,500");
        check(1_250, "£12.50");
        check(18_000, "£180");
        check(1_200, "£12.00");
        assert_eq!((thousands(3_250_000).as_str(), thousands(3_000_000).as_str()), ("32.5", "30"));
    }

    #[test]
    fn what_is_said_is_what_the_words_carry() {
        let offer = Offer { low: 3_000_000, high: 3_500_000, period: WagePeriod::Year, band: None };
        let mut dice = Dice::new(1, Stream::Listing, 0);
        for _ in 0..500 {
            let said = say(&offer, false, &mut dice);
            let text = said.text.unwrap();
            match (said.min, said.max) {
                (None, None) => assert!(!text.contains('£'), "{text}"),
                (None, Some(max)) => assert!(text.starts_with("Up to") && max == 35_000.0, "{text}"),
                (Some(min), None) => assert!(text.starts_with("From") && min == 30_000.0, "{text}"),
                (Some(min), Some(max)) => assert!(min == 30_000.0 && (max == min || max == 35_000.0), "{text}"),
            }
        }
    }

    #[test]
    fn offers_lie_in_a_believable_range() {
        let mut dice = Dice::new(1, Stream::Vacancy, 0);
        for occupation in &CATALOGUE.occupations {
            for _ in 0..20 {
                let offer = offer(occupation, 0, false, &mut dice);
                assert!(offer.low > 0 && offer.low <= offer.high, "{occupation:?} {offer:?}");
                let year = super::per_year(offer.low as f64 / 100.0, offer.period);
                assert!((15_000.0..150_000.0).contains(&year), "{occupation:?} {offer:?}");
            }
        }
    }
}
