//! What is known beside the title: the words of its other parts, category and employer, and the sectors they speak of.
//!
//! The titles table says in plain words for which industry an entry holds. Advertisements seldom use those words; each
//! sector here names fragments of the table's industries and the words by which advertisements show them.

use crate::words::{key_words, prose_words};
use ahash::{AHashMap, AHashSet};
use openvacancy_domain::CodingContext;
use std::sync::LazyLock;

/// How much of the prose is read, in bytes: the employer and the workplace stand at the beginning.
const PROSE: usize = 1_200;

struct Sector {
    /// Fragments of industries and qualifiers of the titles table.
    industries: &'static [&'static str],
    /// Key words of advertisements.
    cues: &'static [&'static str],
}

const SECTORS: &[Sector] = &[
    Sector {
        industries: &["hospital", "health authority", "health service", "medical practice", "nursing services"],
        cues: &[
            "nhs",
            "hospital",
            "clinic",
            "clinical",
            "ward",
            "patient",
            "surgery",
            "medical",
            "healthcare",
            "priory",
            "infirmary",
            "trust",
        ],
    },
    Sector {
        industries: &[
            "care/residential home",
            "nursing home",
            "home care",
            "care home",
            "sheltered/supported",
            "community care",
        ],
        cues: &[
            "resident",
            "residential",
            "care",
            "homecare",
            "domiciliary",
            "bupa",
            "barchester",
            "hc",
            "dementia",
            "elderly",
            "carehome",
        ],
    },
    Sector {
        industries: &["school", "educational establishments", "education"],
        cues: &[
            "school",
            "academy",
            "teaching",
            "teacher",
            "pupil",
            "primary",
            "secondary",
            "education",
            "classroom",
            "ks1",
            "ks2",
            "ks3",
            "ks4",
        ],
    },
    Sector {
        industries: &["university", "higher education"],
        cues: &["university", "faculty", "undergraduate", "professor", "academic", "lecturer"],
    },
    Sector { industries: &["further education", "sixth form"], cues: &["college", "apprenticeship", "fe"] },
    Sector {
        industries: &["nursery", "kindergarten", "childcare", "early years"],
        cues: &["nursery", "childcare", "preschool", "montessori", "eyfs", "toddler"],
    },
    Sector {
        industries: &["computing/it", "computer services", "software", "computing", "information systems"],
        cues: &[
            "it",
            "software",
            "technology",
            "tech",
            "digital",
            "computing",
            "data",
            "sql",
            "python",
            "java",
            "cloud",
            "azure",
            "aws",
            "saas",
            "erp",
            "sap",
            "cyber",
        ],
    },
    Sector {
        industries: &["building construction", "construction", "civil engineering", "building/construction site"],
        cues: &[
            "construction",
            "civil",
            "site",
            "building",
            "contractor",
            "housebuilder",
            "groundwork",
            "m4e",
            "infrastructure",
            "highway",
            "trade",
        ],
    },
    Sector {
        industries: &["retail trade", "wholesale, retail trade", "retail", "shop"],
        cues: &[
            "retail",
            "store",
            "shop",
            "supermarket",
            "tesco",
            "boots",
            "lidl",
            "aldi",
            "sainsbury",
            "fashion",
            "merchandising",
        ],
    },
    Sector { industries: &["wholesale trade", "merchants"], cues: &["wholesale", "merchant", "distributor", "cash"] },
    Sector {
        industries: &["restaurant", "catering", "cafe", "fast food", "coffee shop"],
        cues: &[
            "restaurant",
            "catering",
            "cafe",
            "kitchen",
            "pizza",
            "hospitality",
            "dining",
            "food",
            "costa",
            "starbuck",
            "greggs",
            "kfc",
            "mcdonald",
        ],
    },
    Sector {
        industries: &["hotel"],
        cues: &["hotel", "spa", "resort", "hilton", "marriott", "inn", "travelodge", "accommodation"],
    },
    Sector {
        industries: &["public house", "licensed premises", "wine bar"],
        cues: &["pub", "bar", "brewery", "inn", "wetherspoon", "greene", "stonegate"],
    },
    Sector {
        industries: &["leisure", "health and fitness", "sports"],
        cues: &["leisure", "gym", "fitness", "sport", "swimming", "pool", "golf", "club"],
    },
    Sector {
        industries: &["warehousing", "storage", "distribution company"],
        cues: &["warehouse", "logistic", "distribution", "fulfilment", "stock", "depot"],
    },
    Sector {
        industries: &["transport", "haulage", "courier", "bus service"],
        cues: &["transport", "haulage", "fleet", "driver", "hgv", "courier", "delivery", "logistic"],
    },
    Sector {
        industries: &["manufacturing", "mfr", "engineering"],
        cues: &["manufacturing", "factory", "production", "engineering", "assembly", "plant", "machining"],
    },
    Sector {
        industries: &["banking", "financial services", "building society", "credit company", "bank"],
        cues: &[
            "bank",
            "banking",
            "financial",
            "finance",
            "investment",
            "lending",
            "credit",
            "wealth",
            "fund",
            "asset",
        ],
    },
    Sector {
        industries: &["insurance", "assurance"],
        cues: &["insurance", "claim", "underwriting", "broker", "lloyd"],
    },
    Sector {
        industries: &["accountancy"],
        cues: &["accountancy", "accounting", "audit", "tax", "acca", "aca", "cima", "practice"],
    },
    Sector {
        industries: &["legal services", "solicitor", "law"],
        cues: &["legal", "law", "solicitor", "llp", "litigation", "conveyancing"],
    },
    Sector {
        industries: &["estate agents", "property", "letting"],
        cues: &["estate", "property", "letting", "housing", "lettings", "homes"],
    },
    Sector {
        industries: &["housing association", "housing services", "local government"],
        cues: &["housing", "council", "borough", "tenancy", "local", "authority"],
    },
    Sector {
        industries: &["government", "civil service"],
        cues: &["government", "ministry", "department", "civil", "hmrc", "defra"],
    },
    Sector {
        industries: &["social services", "welfare services", "social, welfare", "charitable"],
        cues: &["charity", "social", "welfare", "safeguarding", "homeless", "fostering", "vulnerable"],
    },
    Sector {
        industries: &["recruitment agency", "employment agency"],
        cues: &["recruitment", "recruiting", "recruiter", "staffing", "resourcing"],
    },
    Sector {
        industries: &["advertising", "marketing", "public relations", "market research"],
        cues: &["advertising", "marketing", "media", "pr", "brand", "seo", "ppc", "campaign", "creative", "agency"],
    },
    Sector {
        industries: &["telecoms", "call centre"],
        cues: &["telecom", "callcentre", "inbound", "outbound", "broadband", "fibre"],
    },
    Sector {
        industries: &["garage", "vehicle", "motor", "car"],
        cues: &["vehicle", "motor", "car", "dealership", "automotive", "mot", "bodyshop", "garage"],
    },
    Sector {
        industries: &["travel agents", "tourism", "holiday"],
        cues: &["travel", "holiday", "tourism", "tour", "cruise"],
    },
    Sector { industries: &["cleaning"], cues: &["cleaning", "cleaner", "janitorial", "hygiene", "facility"] },
    Sector {
        industries: &["security services", "prison", "police"],
        cues: &["security", "prison", "police", "custody", "sia"],
    },
    Sector {
        industries: &["agricultur", "horticultur", "farm", "forestry", "gardening"],
        cues: &["farm", "agriculture", "horticulture", "garden", "forestry", "crop"],
    },
    Sector {
        industries: &["water company", "public utilities", "electricity supplier", "gas supplier", "energy"],
        cues: &["water", "gas", "electricity", "energy", "utility", "power", "renewable"],
    },
    Sector {
        industries: &["research and development", "scientific", "laborator"],
        cues: &["laboratory", "scientific", "pharmaceutical", "chemistry", "biology", "biotech", "research"],
    },
    Sector {
        industries: &["management consultancy", "consultancy services"],
        cues: &["consultancy", "consulting", "advisory", "deloitte", "kpmg", "pwc", "accenture"],
    },
    Sector {
        industries: &["aerospace", "aircraft", "airlines", "airport"],
        cues: &["aerospace", "aircraft", "airline", "airport", "aviation", "airbus"],
    },
    Sector { industries: &["railway", "rail"], cues: &["rail", "railway", "train", "network", "rolling"] },
    Sector {
        industries: &["theatrical", "broadcasting", "television", "film", "theatre"],
        cues: &["theatre", "film", "television", "tv", "broadcast", "bbc", "studio"],
    },
];

/// The sectors each cue speaks of, a bit for each.
static CUES: LazyLock<AHashMap<&'static str, u64>> = LazyLock::new(|| {
    let mut cues: AHashMap<&'static str, u64> = AHashMap::default();
    for (bit, sector) in SECTORS.iter().enumerate().take(64) {
        for cue in sector.cues {
            *cues.entry(cue).or_default() |= 1 << bit;
        }
    }
    cues
});

/// The context of one title, made once and asked for each entry.
pub(crate) struct Context {
    words: AHashSet<String>,
    sectors: Vec<f32>,
    /// A bit for each sector spoken of.
    active: u64,
    pub(crate) wage: Option<f64>,
}

impl Context {
    /// `title` are the key words of all segments of the title.
    pub(crate) fn new(title: &[String], given: &CodingContext<'_>) -> Self {
        let short = |text: Option<&str>, most: usize| -> Vec<String> {
            let text: String = text.unwrap_or("").chars().take(most).flat_map(char::to_lowercase).collect();
            key_words(&text)
        };
        let category = short(given.category, 120);
        let employer = short(given.employer, 120);
        let prose: Vec<String> =
            given.description.map(|text| prose_words(head(text, PROSE)).collect()).unwrap_or_default();
        let mut sectors = vec![0.0_f32; SECTORS.len()];
        for (words, weight, least) in
            [(title, 1.0, 1), (category.as_slice(), 0.9, 1), (employer.as_slice(), 0.9, 1), (prose.as_slice(), 0.6, 3)]
        {
            if words.is_empty() {
                continue;
            }
            let mut hits = [0_u32; 64];
            for word in words {
                let mut bits = CUES.get(word.as_str()).copied().unwrap_or(0);
                while bits != 0 {
                    if let Some(count) = hits.get_mut(bits.trailing_zeros() as usize) {
                        *count += 1;
                    }
                    bits &= bits - 1;
                }
            }
            for (score, hits) in sectors.iter_mut().zip(hits) {
                if hits >= least {
                    // two that agree are surer than either
                    *score = 1.0 - (1.0 - *score) * (1.0 - weight);
                }
            }
        }
        let words = title.iter().cloned().chain(category).chain(employer).collect();
        let active =
            (0..).zip(&sectors).filter(|(_, score)| **score > 0.0).fold(0, |bits, (bit, _)| bits | 1_u64 << bit);
        Self { words, sectors, active, wage: given.wage_annual.filter(|wage| *wage >= 5_000.0) }
    }

    /// How well a qualifier or an industry fits: the sectors it belongs to or the share of its words that are known,
    /// 0 to 1. A sector alone says less of a speciality than of an industry.
    pub(crate) fn fit(&self, aside: &Aside) -> f32 {
        let hits = aside.words.iter().filter(|word| self.words.contains(*word)).count();
        let direct = if aside.words.is_empty() { 0.0 } else { ratio(hits, aside.words.len()) };
        let mut bits = aside.sectors & self.active;
        let mut sector = 0.0_f32;
        while bits != 0 {
            sector = sector.max(self.sectors.get(bits.trailing_zeros() as usize).copied().unwrap_or(0.0));
            bits &= bits - 1;
        }
        direct.max(if aside.speciality { 0.7 * sector } else { sector })
    }
}

/// A qualifier or industry of the titles table, read once.
#[derive(Debug)]
pub(crate) struct Aside {
    words: Vec<String>,
    /// A bit for each of [`SECTORS`].
    sectors: u64,
    speciality: bool,
}

impl Aside {
    pub(crate) fn new(text: &str, speciality: bool) -> Self {
        let mut sectors = 0;
        for (bit, sector) in SECTORS.iter().enumerate().take(64) {
            if sector.industries.iter().any(|fragment| text.contains(fragment)) {
                sectors |= 1_u64 << bit;
            }
        }
        Self { words: key_words(text), sectors, speciality }
    }
}

/// At most `most` bytes of `text`, cut at a character.
fn head(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

fn ratio(part: usize, whole: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
    let ratio = part as f32 / whole as f32;
    ratio
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn category_and_employer_speak_of_sectors() {
        let given = CodingContext {
            category: Some("Healthcare & Nursing Jobs"),
            employer: Some("Somewhere NHS Trust"),
            ..Default::default()
        };
        let context = Context::new(&key_words("consultant"), &given);
        let fit = |context: &Context, text: &str| context.fit(&Aside::new(text, false));
        assert!(fit(&context, "hospital service") > 0.5);
        assert!(fit(&context, "civil engineering") < 0.1);
        let context = Context::new(&key_words("hotel manager"), &CodingContext::default());
        assert!(fit(&context, "hotel") > 0.9);
    }
}
