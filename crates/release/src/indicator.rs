//! The published indicators and the codes that stand for totals and gaps.

/// Vacancies whose first sighting falls in the month.
pub const VACANCIES_FLOW: &str = "vacancies_flow";
/// Vacancies open at the end of the month's last day.
pub const VACANCIES_STOCK: &str = "vacancies_stock";
/// Postings behind the vacancies of the flow.
pub const POSTINGS_FLOW: &str = "postings_flow";
/// Openings of the flow.
pub const OPENINGS_FLOW: &str = "openings_flow";
/// Openings of the stock.
pub const OPENINGS_STOCK: &str = "openings_stock";
/// Median advertised pay of the flow, pounds per year, full-time equivalent.
pub const WAGE_MEDIAN: &str = "wage_annual_median";
/// Lower quartile of advertised pay.
pub const WAGE_P25: &str = "wage_annual_p25";
/// Upper quartile of advertised pay.
pub const WAGE_P75: &str = "wage_annual_p75";

/// Every indicator: name, title, unit, and what it measures.
pub const ALL: &[(&str, &str, &str, &str)] = &[
    (OPENINGS_FLOW, "Openings, new in the month", COUNT, "Sum of the openings of the vacancies in vacancies_flow."),
    (OPENINGS_STOCK, "Openings, open at month end", COUNT, "Sum of the openings of the vacancies in vacancies_stock."),
    (
        POSTINGS_FLOW,
        "Postings of new vacancies",
        COUNT,
        "Advertisements on portals behind the vacancies in vacancies_flow.",
    ),
    (
        VACANCIES_FLOW,
        "New vacancies",
        COUNT,
        "Vacancies whose first sighting on any portal falls in the month; for a file import without sightings, whose day posted does.",
    ),
    (
        VACANCIES_STOCK,
        "Open vacancies",
        COUNT,
        "Vacancies open at 24:00 Europe/London on the last day of the month, or at the as-of instant if that is earlier.",
    ),
    (
        WAGE_MEDIAN,
        "Median advertised pay",
        GBP_PER_YEAR,
        "Median of the middle of the advertised annual pay of the vacancies in vacancies_flow that state pay.",
    ),
    (WAGE_P25, "Lower quartile of advertised pay", GBP_PER_YEAR, "25th percentile, as wage_annual_median."),
    (WAGE_P75, "Upper quartile of advertised pay", GBP_PER_YEAR, "75th percentile, as wage_annual_median."),
];

/// Unit of counts.
pub const COUNT: &str = "count";
/// Unit of pay.
pub const GBP_PER_YEAR: &str = "gbp_per_year";

/// ONS code of the United Kingdom.
pub const UK: &str = "K02000001";
/// Stands for all occupations.
pub const TOTAL: &str = "total";
/// Stands where no place or no occupation code was given.
pub const UNKNOWN: &str = "unknown";

/// A kind of area, in the order of its text, which is the order observations are kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaType {
    /// Country of the UK.
    Country,
    /// County or unitary authority.
    County,
    /// Local authority district.
    Lad,
    /// Local Enterprise Partnership; England only.
    Lep,
    /// Region of England, and Wales, Scotland and Northern Ireland as one region each.
    Region,
    /// The United Kingdom.
    Uk,
}

impl AreaType {
    /// Every kind, in order.
    pub const ALL: &'static [Self] = &[Self::Country, Self::County, Self::Lad, Self::Lep, Self::Region, Self::Uk];

    /// Its name in tables and addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::County => "county",
            Self::Lad => "lad",
            Self::Lep => "lep",
            Self::Region => "region",
            Self::Uk => "uk",
        }
    }

    /// The most digits of SOC 2020 that vacancies are crossed with at this kind of area; a month of few vacancies goes
    /// less deep. Districts and LEPs stop at sub-major groups: below, nearly every cell would be withheld.
    #[must_use]
    pub const fn occupation_depth(self) -> usize {
        match self {
            Self::Uk | Self::Country | Self::Region | Self::County => 4,
            Self::Lad | Self::Lep => 2,
        }
    }

    /// The kinds of area whose members add up to one of this kind.
    #[must_use]
    pub const fn parents(self) -> &'static [Self] {
        match self {
            Self::Uk => &[],
            Self::Country => &[Self::Uk],
            Self::Region | Self::Lep => &[Self::Country],
            Self::County => &[Self::Region],
            Self::Lad => &[Self::County, Self::Lep],
        }
    }
}
