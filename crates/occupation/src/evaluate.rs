//! Accuracy on labelled titles: by digits, among the first five, by confidence, and how honest the confidence is.

mod sheet;

pub use sheet::{Advertisement, advertisements, labelled_sheet};

use openvacancy_domain::ports::CodeOccupation;
use openvacancy_domain::{Alternative, CodingContext, OccupationCoding, Scheme};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// A title with what is known beside it and the codes counted as right.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LabelledRow {
    /// The title as advertised.
    pub title: String,
    /// The prose.
    pub description: Option<String>,
    /// Employer as written.
    pub employer: Option<String>,
    /// The portal's category.
    pub category: Option<String>,
    /// Pay as written.
    pub salary: Option<String>,
    /// Annual full-time pay in pounds.
    pub wage_annual: Option<f64>,
    /// Place as written.
    pub location: Option<String>,
    /// The right code, or the several a crosswalk allows.
    pub accepted: Vec<String>,
}

impl LabelledRow {
    /// The context the coder sees.
    #[must_use]
    pub fn context(&self) -> CodingContext<'_> {
        CodingContext {
            description: self.description.as_deref(),
            employer: self.employer.as_deref(),
            category: self.category.as_deref(),
            salary: self.salary.as_deref(),
            wage_annual: self.wage_annual,
            location: self.location.as_deref(),
        }
    }
}

/// Accuracy of the rows the coder is surest of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CoveragePoint {
    /// Least confidence of the rows counted.
    pub threshold: f64,
    /// Share of all rows with at least that confidence.
    pub coverage: f64,
    /// Share of those whose four digits are right.
    pub accuracy: f64,
}

/// What [`evaluate`] measures. Shares are of all rows, the uncoded counted as wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// The scheme of the labels.
    pub scheme: Scheme,
    /// Which coder was measured.
    pub coder_version: String,
    /// Rows measured.
    pub rows: usize,
    /// Rows that got a code.
    pub coded: usize,
    /// Share right to 1, 2, 3 and 4 digits.
    pub accuracy: [f64; 4],
    /// Share whose right code is among the five alternatives.
    pub top5: f64,
    /// Expected calibration error of the confidence, ten bins of equal numbers of rows.
    pub calibration_error: f64,
    /// Accuracy at confidence thresholds.
    pub coverage: Vec<CoveragePoint>,
    /// The commonest mistakes: right code, given code, number of rows; most first, ten at most.
    pub confusions: Vec<(String, String, usize)>,
}

struct Outcome {
    /// Longest right prefix.
    digits: usize,
    top5: bool,
    coded: bool,
    confidence: f64,
    mistake: Option<(String, String)>,
}

/// Codes every row and compares. Runs on rayon's threads; the result does not depend on their number.
#[must_use]
pub fn evaluate(coder: &dyn CodeOccupation, rows: &[LabelledRow], scheme: Scheme) -> Evaluation {
    let outcomes: Vec<Outcome> =
        rows.par_iter().map(|row| outcome(&coder.code(&row.title, &row.context()), row, scheme)).collect();
    let share = |count: usize| ratio(count, rows.len());
    let accuracy = [1, 2, 3, 4].map(|digits| share(outcomes.iter().filter(|outcome| outcome.digits >= digits).count()));
    let coverage = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.0]
        .into_iter()
        .map(|threshold| {
            let sure: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.confidence >= threshold).collect();
            let right = sure.iter().filter(|outcome| outcome.digits == 4).count();
            CoveragePoint { threshold, coverage: share(sure.len()), accuracy: ratio(right, sure.len()) }
        })
        .collect();
    Evaluation {
        scheme,
        coder_version: coder.version().to_owned(),
        rows: rows.len(),
        coded: outcomes.iter().filter(|outcome| outcome.coded).count(),
        accuracy,
        top5: share(outcomes.iter().filter(|outcome| outcome.top5).count()),
        calibration_error: calibration_error(
            outcomes.iter().map(|outcome| (outcome.confidence, outcome.digits == 4)).collect(),
        ),
        coverage,
        confusions: confusions(&outcomes),
    }
}

fn outcome(coding: &OccupationCoding, row: &LabelledRow, scheme: Scheme) -> Outcome {
    let (code, confidence, alternatives): (_, _, &[Alternative]) = match scheme {
        Scheme::Soc2020 => (&coding.soc2020, coding.soc2020_confidence, &coding.alternatives),
        Scheme::Soc2010 => (&coding.soc2010, coding.soc2010_confidence, &coding.soc2010_alternatives),
        Scheme::Isco08 => (&coding.isco08, coding.isco08_confidence, &coding.isco08_alternatives),
    };
    let given = code.as_deref().unwrap_or("");
    let agreed = |right: &String| given.bytes().zip(right.bytes()).take_while(|(a, b)| a == b).count();
    let digits = row.accepted.iter().map(agreed).max().unwrap_or(0);
    let right = row.accepted.first().map_or("", String::as_str);
    Outcome {
        digits,
        top5: alternatives.iter().take(5).any(|alternative| row.accepted.contains(&alternative.code)),
        coded: code.is_some(),
        confidence: f64::from(confidence),
        mistake: (digits < 4).then(|| (right.to_owned(), given.to_owned())),
    }
}

/// Ten bins of equal numbers of rows by confidence; the mean over rows of the gap between confidence and accuracy.
fn calibration_error(mut rows: Vec<(f64, bool)>) -> f64 {
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total = rows.len();
    let mut error = 0.0;
    for bin in 0..10 {
        let part = rows.get(bin * total / 10..(bin + 1) * total / 10).unwrap_or(&[]);
        if !part.is_empty() {
            let confidence: f64 = part.iter().map(|(confidence, _)| confidence).sum();
            #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
            let right = part.iter().filter(|(_, right)| *right).count() as f64;
            error += (confidence - right).abs();
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
    let total = total.max(1) as f64;
    error / total
}

fn confusions(outcomes: &[Outcome]) -> Vec<(String, String, usize)> {
    let mut mistakes: Vec<&(String, String)> = outcomes.iter().filter_map(|outcome| outcome.mistake.as_ref()).collect();
    mistakes.sort_unstable();
    let mut counted: Vec<(String, String, usize)> = mistakes
        .chunk_by(|a, b| a == b)
        .filter_map(|same| same.first().map(|(right, given)| (right.clone(), given.clone(), same.len())))
        .collect();
    counted.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| (&a.0, &a.1).cmp(&(&b.0, &b.1))));
    counted.truncate(10);
    counted
}

fn ratio(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
    let ratio = part as f64 / whole.max(1) as f64;
    ratio
}

impl Evaluation {
    /// The figures as a plain table.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = String::new();
        // writing to a string does not fail
        let _ = writeln!(text, "{} rows, {} coded, scheme {}", self.rows, self.coded, self.scheme.as_str());
        for (digits, accuracy) in (1..).zip(self.accuracy) {
            let _ = writeln!(
                text,
                "  right to {digits} digit{}   {:5.1} %",
                if digits == 1 { " " } else { "s" },
                accuracy * 100.0
            );
        }
        let _ = writeln!(text, "  among the first 5   {:5.1} %", self.top5 * 100.0);
        let _ = writeln!(text, "  calibration error   {:.3}", self.calibration_error);
        let _ = writeln!(text, "  confidence   coverage   accuracy");
        for point in &self.coverage {
            let _ = writeln!(
                text,
                "      >= {:.1}    {:5.1} %    {:5.1} %",
                point.threshold,
                point.coverage * 100.0,
                point.accuracy * 100.0
            );
        }
        if !self.confusions.is_empty() {
            let _ = writeln!(text, "  commonest mistakes (right -> given)");
            for (right, given, count) in &self.confusions {
                let given = if given.is_empty() { "none" } else { given };
                let _ = writeln!(text, "      {right} -> {given}   {count}");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives 2134 to everything, with a confidence of a half.
    struct One;

    impl CodeOccupation for One {
        fn code(&self, title: &str, _: &CodingContext<'_>) -> OccupationCoding {
            OccupationCoding {
                soc2020: Some("2134".to_owned()),
                soc2020_confidence: 0.5,
                alternatives: vec![
                    Alternative { code: "2134".to_owned(), probability: 0.5 },
                    Alternative { code: "2133".to_owned(), probability: 0.2 },
                ],
                ..OccupationCoding::uncodable(title, "", "one")
            }
        }

        fn version(&self) -> &str {
            "one"
        }
    }

    #[test]
    fn counts_digits_alternatives_and_calibration() {
        let row = |code: &str| LabelledRow { title: "x".into(), accepted: vec![code.into()], ..Default::default() };
        let rows = [row("2134"), row("2133"), row("2211"), row("9112")];
        let found = evaluate(&One, &rows, Scheme::Soc2020);
        assert_eq!(found.accuracy, [0.75, 0.5, 0.5, 0.25]);
        assert!((found.top5 - 0.5).abs() < 1e-9);
        assert!((found.calibration_error - 0.5).abs() < 1e-9, "{}", found.calibration_error);
        assert_eq!(found.confusions.len(), 3);
        let none = evaluate(&One, &rows, Scheme::Isco08);
        assert_eq!(none.coded, 0);
        assert_eq!(none.accuracy, [0.0; 4]);
        insta::assert_snapshot!(found.table());
    }
}
