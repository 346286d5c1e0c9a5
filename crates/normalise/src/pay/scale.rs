//! The Agenda for Change scales of the NHS in England, by financial year: an advertisement that names a band and no
//! figure has the public scale for its pay. Years whose scale is not held here give nothing.

use chrono::{Datelike, NaiveDate};

/// Minimum and maximum of each band, pounds a year, without high cost area supplements.
struct Scale {
    /// The calendar year in which the financial year begins, on 1 April.
    from: i32,
    bands: [(&'static str, u32, u32); 11],
}

/// NHS Employers, Agenda for Change pay scales, full-time.
const SCALES: &[Scale] = &[
    Scale {
        from: 2020,
        bands: [
            ("2", 18_005, 19_337),
            ("3", 19_737, 21_142),
            ("4", 21_892, 24_157),
            ("5", 24_907, 30_615),
            ("6", 31_365, 37_890),
            ("7", 38_890, 44_503),
            ("8a", 45_753, 51_668),
            ("8b", 53_168, 62_001),
            ("8c", 63_751, 73_664),
            ("8d", 75_914, 87_754),
            ("9", 91_004, 104_927),
        ],
    },
    Scale {
        from: 2023,
        bands: [
            ("2", 22_383, 22_383),
            ("3", 22_816, 24_336),
            ("4", 25_147, 27_596),
            ("5", 28_407, 34_581),
            ("6", 35_392, 42_618),
            ("7", 43_742, 50_056),
            ("8a", 50_952, 57_349),
            ("8b", 58_972, 68_525),
            ("8c", 70_417, 81_138),
            ("8d", 83_571, 96_376),
            ("9", 99_891, 114_949),
        ],
    },
    Scale {
        from: 2025,
        bands: [
            ("2", 24_465, 24_465),
            ("3", 24_937, 26_598),
            ("4", 27_485, 30_162),
            ("5", 31_049, 37_796),
            ("6", 38_682, 46_580),
            ("7", 47_810, 54_710),
            ("8a", 55_690, 62_682),
            ("8b", 64_455, 74_896),
            ("8c", 76_965, 88_682),
            ("8d", 91_342, 105_337),
            ("9", 109_179, 125_637),
        ],
    },
];

/// The scale of the one band that `text` (folded) names, on `day`. Several bands, or a year without a scale: `None`.
pub(super) fn band_pay(text: &str, day: NaiveDate) -> Option<(f64, f64)> {
    let financial_year = if day.month() >= 4 { day.year() } else { day.year() - 1 };
    let scale = SCALES.iter().find(|scale| scale.from == financial_year)?;
    let band = band(text)?;
    let (_, low, high) = scale.bands.iter().find(|(name, ..)| *name == band)?;
    Some((f64::from(*low), f64::from(*high)))
}

/// The band named, where there is exactly one: `band 6`, `band 8a`.
fn band(text: &str) -> Option<&str> {
    let mut found: Option<&str> = None;
    for (at, _) in text.match_indices("band") {
        let rest = text[at + 4..].trim_start_matches([' ', ':', '-']);
        let end = rest.find(|ch: char| !ch.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = &rest[..end];
        if rest[end..].starts_with(['/', '-']) || rest[end..].starts_with(" or ") || rest[end..].starts_with(" to ") {
            return None;
        }
        let is_band = matches!(name.as_bytes(), [b'2'..=b'9'] | [b'8', b'a'..=b'd']);
        if is_band && found.is_none_or(|other| other == name) {
            found = Some(name);
        } else if is_band {
            return None;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_band_and_its_year() {
        let day = NaiveDate::from_ymd_opt(2020, 11, 3).unwrap();
        assert_eq!(band_pay("afc band 6", day), Some((31_365.0, 37_890.0)));
        assert_eq!(band_pay("band 5/6 dependent on experience", day), None);
        assert_eq!(band_pay("band 8a", NaiveDate::from_ymd_opt(2026, 3, 31).unwrap()), Some((55_690.0, 62_682.0)));
        assert_eq!(band_pay("band 8a", NaiveDate::from_ymd_opt(2019, 3, 31).unwrap()), None);
    }
}
