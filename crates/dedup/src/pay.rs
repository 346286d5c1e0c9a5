//! Pay of two postings.

/// Annual pay in pounds; ends may be missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Range {
    low: f32,
    high: f32,
}

/// What two pays are to each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum PayRelation {
    /// One or both are not stated.
    Unknown,
    /// The same figures, to the hundredth.
    Equal,
    /// The ranges meet.
    Overlap,
    /// They do not; the share by which the higher floor lies above the lower ceiling.
    Apart(f32),
}

impl Range {
    /// A range; `None` where nothing usable is stated.
    pub(crate) fn of(min: Option<f64>, max: Option<f64>) -> Option<Self> {
        let good = |pay: Option<f64>| pay.filter(|pay| pay.is_finite() && *pay > 0.0).map(|pay| pay as f32);
        let (min, max) = (good(min), good(max));
        let low = min.or(max)?;
        let high = max.or(min)?;
        Some(Self { low: low.min(high), high: low.max(high) })
    }

    pub(crate) fn relation(a: Option<Self>, b: Option<Self>) -> PayRelation {
        let (Some(a), Some(b)) = (a, b) else { return PayRelation::Unknown };
        let close = |x: f32, y: f32| (x - y).abs() <= 0.01 * x.max(y);
        if close(a.low, b.low) && close(a.high, b.high) {
            return PayRelation::Equal;
        }
        let gap = a.low.max(b.low) / a.high.min(b.high);
        if gap <= 1.01 { PayRelation::Overlap } else { PayRelation::Apart(gap - 1.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_meet_or_lie_apart() {
        let check = |a: (f64, f64), b: (f64, f64), expected: PayRelation| {
            let range = |(low, high)| Range::of(Some(low), Some(high));
            assert_eq!(Range::relation(range(a), range(b)), expected, "{a:?} {b:?}");
        };
        check((30_000.0, 35_000.0), (30_000.0, 35_000.0), PayRelation::Equal);
        check((30_000.0, 35_000.0), (34_000.0, 40_000.0), PayRelation::Overlap);
        check((20_000.0, 20_000.0), (40_000.0, 40_000.0), PayRelation::Apart(1.0));
        assert_eq!(Range::relation(None, Range::of(Some(1.0), None)), PayRelation::Unknown);
        assert_eq!(Range::of(Some(f64::NAN), None), None);
    }
}
