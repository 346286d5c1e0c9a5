//! Invented employers and agencies.

use crate::catalogue::CATALOGUE;
use crate::random::{Dice, Stream};

const STEMS: [&str; 96] = [
    "Aldermarsh",
    "Amberley Cross",
    "Arrowgate",
    "Ashcombe",
    "Barleyfield",
    "Beaconridge",
    "Bellweather",
    "Birchwell",
    "Blackthorn",
    "Bluebrook",
    "Brackenholme",
    "Bramblecote",
    "Brightwater",
    "Broadmere",
    "Calverdale",
    "Candlewick",
    "Cedarbank",
    "Chalkhill",
    "Cinderford Vale",
    "Clearbrook",
    "Copperfield",
    "Cornerstone",
    "Cragside",
    "Cresswell",
    "Dalehurst",
    "Deepwell",
    "Dovecote",
    "Dunmoor",
    "Eaglescliffe Park",
    "Eastmere",
    "Elderflower",
    "Elmhurst",
    "Fallowfield Grange",
    "Fernhill",
    "Fieldfare",
    "Foxglove",
    "Gallowbridge",
    "Glenhaven",
    "Goldcrest",
    "Greenacre",
    "Greystone",
    "Halcyon",
    "Harrowdene",
    "Hawksworth",
    "Hazelmere",
    "Heatherbank",
    "Hexley",
    "Highcliffe",
    "Hollowell",
    "Ironbark",
    "Ivybridge Court",
    "Juniper",
    "Kestrel",
    "Kingsmead",
    "Larchfield",
    "Laurelwood",
    "Lindenhall",
    "Lowfield",
    "Maplewood",
    "Meadowbank",
    "Merrivale",
    "Millbrook",
    "Moorcroft",
    "Nightingale",
    "Northwind",
    "Oakhurst",
    "Orchardleigh",
    "Otterburn Grove",
    "Parkgate",
    "Pebblebrook",
    "Pinecrest",
    "Primrose",
    "Quillgate",
    "Ravensmoor",
    "Redkite",
    "Riverside",
    "Rosewood",
    "Rowanlea",
    "Saltmarsh",
    "Silverdale",
    "Skylark",
    "Southerndown",
    "Springwell",
    "Starling",
    "Stonebeck",
    "Summerlea",
    "Swallowfield",
    "Tallgrass",
    "Thornwick",
    "Underhill",
    "Vantage",
    "Wavecrest",
    "Westering",
    "Whitethorn",
    "Willowbrook",
    "Yarrow",
];

const SAINTS: [&str; 12] = [
    "St Aelred's",
    "St Bega's",
    "St Columba's",
    "St Dunstan's",
    "St Etheldreda's",
    "St Frideswide's",
    "St Gregory's",
    "St Hilda's",
    "St Ninian's",
    "St Oswald's",
    "St Petroc's",
    "St Wilfrid's",
];

const PEOPLE: [&str; 24] = [
    "Alison Marsh",
    "Amir Hussain",
    "Bethan Rees",
    "Callum Fraser",
    "Chioma Eze",
    "Claire Dutton",
    "Daniel Okoro",
    "Eilidh Grant",
    "Farah Siddiqui",
    "Gareth Pugh",
    "Hannah Whitlock",
    "Ibrahim Khan",
    "Jo Tranter",
    "Karen Blyth",
    "Liam Doherty",
    "Magda Nowak",
    "Nia Llewellyn",
    "Owen Birtles",
    "Priya Raman",
    "Rob Catterall",
    "Sinead Quinn",
    "Tom Ashby",
    "Wendy Calloway",
    "Yusuf Demir",
];

/// Who advertises: a kind of `employers.txt` and a number within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EmployerRef {
    pub(crate) kind: usize,
    pub(crate) number: u32,
}

impl EmployerRef {
    /// A number that tells this employer from all others, for its own stream of chance.
    pub(crate) fn key(self) -> u64 {
        ((self.kind as u64) << 32) | u64::from(self.number)
    }

    /// Its name. Equal for equal numbers in every world, so that a name never depends on the seed.
    pub(crate) fn name(self) -> String {
        let kind = &CATALOGUE.kinds[self.kind];
        let number = self.number as usize;
        // The steps are prime to the number of stems, so that stems recur as late as they can.
        let first = (number * 31 + self.kind * 7) % STEMS.len();
        let round = number / STEMS.len();
        let second = (first + 11 + round * 5) % STEMS.len();
        let pattern = kind.patterns[(number + round) % kind.patterns.len()];
        let saint = format!("{} {}", SAINTS[(number + round * 5) % SAINTS.len()], STEMS[first]);
        let stem = if round == 0 { STEMS[first].to_owned() } else { format!("{} {}", STEMS[first], STEMS[second]) };
        pattern.replace("{a}", &stem).replace("{b}", STEMS[second]).replace("{s}", &saint)
    }

    /// Its host for e-mail, under example.org.
    pub(crate) fn domain(self) -> String {
        let name = self.name();
        let words: String = name.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
        format!("{}.example.org", words.to_ascii_lowercase())
    }
}

/// Somebody to ask: name, e-mail address and telephone number, all from ranges that nobody has.
pub(crate) fn contact(employer: EmployerRef, dice: &mut Dice) -> (String, String, String) {
    let person = dice.pick(&PEOPLE);
    let first = person.split(' ').next().unwrap_or("jobs").to_ascii_lowercase();
    let mailbox =
        if dice.chance(400) { first } else { dice.pick(&["jobs", "recruitment", "hr", "careers"]).to_owned() };
    (person.to_owned(), format!("{mailbox}@{}", employer.domain()), format!("01632 960{:03}", dice.below(1000)))
}

/// Chooses an employer of a kind out of a pool of `pool`; low numbers advertise most, as on real portals.
pub(crate) fn choose(kind: usize, pool: u32, dice: &mut Dice) -> EmployerRef {
    let (one, other) = (dice.below(pool as usize), dice.below(pool as usize));
    EmployerRef { kind, number: u32::try_from(one.min(other)).unwrap_or_default() }
}

/// The dice of an employer's own habits in one world.
pub(crate) fn dice(seed: u64, employer: EmployerRef) -> Dice {
    Dice::new(seed, Stream::Employer, employer.key())
}

#[cfg(test)]
mod tests {
    use super::EmployerRef;
    use crate::catalogue::CATALOGUE;
    use std::collections::BTreeSet;

    #[test]
    fn employers_of_a_kind_have_names_of_their_own() {
        for kind in 0..CATALOGUE.kinds.len() {
            let names: BTreeSet<String> = (0..300).map(|number| EmployerRef { kind, number }.name()).collect();
            assert!(names.len() > 290, "{}: {}", CATALOGUE.kinds[kind].name, names.len());
            assert!(names.iter().all(|name| !name.contains(['{', '}'])));
        }
    }

    #[test]
    fn domains_are_reserved_ones() {
        let domain = EmployerRef { kind: 0, number: 3 }.domain();
        assert!(domain.ends_with(".example.org") && !domain.starts_with('.'), "{domain}");
    }
}
