//! What kind of world to make.

use openvacancy_domain::Month;

/// What kind of world to make. The default gives more than 2,000 postings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorldConfig {
    /// Everything follows from it.
    pub seed: u64,
    /// Number of job openings; about a quarter more postings show them.
    pub vacancies: u32,
    /// The month whose first and last day collecting is about.
    pub month: Month,
    /// Vacancies in a thousand that more than one portal shows.
    pub shared_per_thousand: u32,
    /// Postings in a thousand that are shown again on the same portal under a new id.
    pub reposted_per_thousand: u32,
    /// Postings in a thousand whose page is malformed.
    pub malformed_per_thousand: u32,
    /// Postings whose page is 40 MB; they come first.
    pub huge_pages: u32,
}

impl Default for WorldConfig {
    fn default() -> Self {
        // October 2026 has 31 days and a change of the clocks.
        let october = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap_or_default();
        Self {
            seed: 20_261_001,
            vacancies: 2000,
            month: Month::of_date(october),
            shared_per_thousand: 200,
            reposted_per_thousand: 50,
            malformed_per_thousand: 20,
            huge_pages: 0,
        }
    }
}
