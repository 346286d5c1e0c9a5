//! The page of results, written from the files so that no figure is typed by hand.

use crate::measures;
use crate::outcome::{Basis, Better, Outcome, SideOutcome};
use crate::sample::Spread;
use anyhow::Context as _;
use std::fmt::Write as _;
use std::path::Path;

/// Reads the results in `folder` and writes the page.
pub(crate) fn write(folder: &Path, page: &Path) -> anyhow::Result<()> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    for measure in measures::ALL {
        let file = folder.join(format!("{}.json", measure.name));
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        outcomes.push(serde_json::from_str(&text).with_context(|| format!("{} cannot be read", file.display()))?);
    }
    anyhow::ensure!(!outcomes.is_empty(), "no results in {}; run `tests/bench/run` first", folder.display());
    let mut text = String::new();
    told(&outcomes, &mut text)?;
    std::fs::write(page, text).with_context(|| format!("cannot write {}", page.display()))
}

fn told(outcomes: &[Outcome], out: &mut String) -> std::fmt::Result {
    writeln!(out, "# Benchmarks\n")?;
    writeln!(out, "<!-- Written by `tests/bench/run --page` from the results in target/bench. Do not edit. -->\n")?;
    if outcomes.iter().any(|outcome| outcome.quick || outcome.profile != "release") {
        writeln!(out, "**Some of these come from a quick or a debug run, whose figures mean nothing.**\n")?;
    }
    writeln!(
        out,
        "Each measure runs ours and a named baseline in turn on the same input, in processes of their own. A figure is \
         the median of the repetitions; the ratio is our figure over the baseline's, pair by pair, with the least and \
         the greatest. Figures by the processor count user and system time of all threads, and hold where a machine is \
         shared with other work; those by the clock say what a person waited. Most baselines do much less than ours: \
         they are the floor below which no program with that task can come, and the ratio says how far above it we are.\n"
    )?;
    writeln!(out, "## Speed\n")?;
    writeln!(out, "| measure | n | ours | baseline | ratio, by the processor | by the clock |")?;
    writeln!(out, "|---|---:|---:|---|---|---|")?;
    for outcome in outcomes.iter().filter(|outcome| outcome.basis() == Basis::Processor) {
        let figure = |side: &SideOutcome| side.figures.get(&Basis::Processor).map_or(0.0, |spread| spread.median);
        let ratio = |basis: Basis| outcome.ratio.get(&basis).map(|ratio| spread(*ratio)).unwrap_or_default();
        let better = if outcome.better == Better::Less { " (less is better)" } else { "" };
        writeln!(
            out,
            "| **{}**: {} | {} | {} {} | {}: {} | {}{better} | {} |",
            outcome.name,
            outcome.what,
            number(as_figure(outcome.ours.count)),
            number(figure(&outcome.ours)),
            outcome.unit,
            outcome.baseline.name,
            number(figure(&outcome.baseline)),
            ratio(Basis::Processor),
            ratio(Basis::Clock),
        )?;
    }
    writeln!(out, "\nBy the clock, on the same runs (these move with whatever else the machine does):\n")?;
    writeln!(out, "| measure | ours | least to greatest | baseline | also |\n|---|---:|---|---:|---|")?;
    for outcome in outcomes.iter().filter(|outcome| outcome.basis() == Basis::Processor) {
        let of = |side: &SideOutcome| side.figures.get(&Basis::Clock).copied().unwrap_or(Spread::of(Vec::new()));
        let (ours, baseline) = (of(&outcome.ours), of(&outcome.baseline));
        writeln!(
            out,
            "| {} | {} {} | {} to {} | {} | {} |",
            outcome.name,
            number(ours.median),
            outcome.unit,
            number(ours.min),
            number(ours.max),
            number(baseline.median),
            also(outcome),
        )?;
    }
    writeln!(out, "\n## Memory\n")?;
    writeln!(out, "The most each process held at once (peak resident set), in megabytes.\n")?;
    writeln!(out, "| measure | n | ours | baseline |\n|---|---:|---:|---:|")?;
    for outcome in outcomes.iter().filter(|outcome| outcome.ours.peak_memory.is_some()) {
        let memory =
            |side: &SideOutcome| side.peak_memory.map(|bytes| number(as_figure(bytes) / 1e6)).unwrap_or_default();
        let count = number(as_figure(outcome.ours.count));
        writeln!(out, "| {} | {count} | {} | {} |", outcome.name, memory(&outcome.ours), memory(&outcome.baseline))?;
    }
    writeln!(out, "\n## Right and wrong\n")?;
    writeln!(
        out,
        "On the pretend world, whose truth is known. These are invented advertisements; the model cards say what is \
         reached on real ones, which is less.\n"
    )?;
    writeln!(out, "| measure | n | ours | baseline | ratio | also |\n|---|---:|---:|---|---:|---|")?;
    for outcome in outcomes.iter().filter(|outcome| outcome.basis() == Basis::Value) {
        let figure = |side: &SideOutcome| side.figures.get(&Basis::Value).map_or(0.0, |spread| spread.median);
        writeln!(
            out,
            "| **{}**: {} | {} | {:.1}% | {}: {:.1}% | {:.2} | {} |",
            outcome.name,
            outcome.what,
            number(as_figure(outcome.ours.count)),
            figure(&outcome.ours),
            outcome.baseline.name,
            figure(&outcome.baseline),
            outcome.ratio.get(&Basis::Value).map_or(0.0, |ratio| ratio.median),
            also(outcome),
        )?;
    }
    writeln!(out, "\n## Commands\n")?;
    writeln!(out, "`tests/bench/run NAME` measures one again. What it ran:\n")?;
    for outcome in outcomes {
        writeln!(
            out,
            "- **{}**, {}: `{}` against `{}`",
            outcome.name,
            if outcome.repetitions == 1 { "once".to_owned() } else { format!("{} times each", outcome.repetitions) },
            outcome.ours.command,
            outcome.baseline.command
        )?;
    }
    writeln!(out, "\n## Where and when\n")?;
    let mut places: Vec<String> = outcomes.iter().map(place).collect();
    places.sort();
    places.dedup();
    for place in places {
        let names: Vec<&str> = outcomes
            .iter()
            .filter(|&outcome| self::place(outcome) == place)
            .map(|outcome| outcome.name.as_str())
            .collect();
        writeln!(out, "- {place}: {}", names.join(", "))?;
    }
    let loads: Vec<f64> = outcomes.iter().filter_map(|outcome| outcome.machine.load.parse().ok()).collect();
    let load = Spread::of(loads);
    writeln!(
        out,
        "\nOther work on the machine: the load average was {:.1} to {:.1} at the ends of the measures. Where it passes \
         the number of cores, figures by the clock are too low.",
        load.min, load.max
    )
}

fn place(outcome: &Outcome) -> String {
    let machine = &outcome.machine;
    format!(
        "{}, commit {}, {} build, on {} cores of {}, {} GB, {}",
        outcome.day,
        outcome.commit,
        outcome.profile,
        machine.cores,
        machine.processor,
        machine.memory_gb,
        machine.system
    )
}

fn also(outcome: &Outcome) -> String {
    let told = outcome.also.iter().map(|figure| format!("{} {:.1} {}", figure.what, figure.value, figure.unit));
    told.collect::<Vec<_>>().join("; ")
}

fn spread(ratio: Spread) -> String {
    format!("{} ({} to {})", small(ratio.median), small(ratio.min), small(ratio.max))
}

/// Two figures of a ratio, more where it is large.
fn small(value: f64) -> String {
    if value >= 10.0 {
        format!("{value:.0}")
    } else if value >= 1.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn as_figure(count: u64) -> f64 {
    count as f64
}

/// Three figures, and thousands set apart.
fn number(value: f64) -> String {
    if value < 10.0 {
        return format!("{value:.2}");
    }
    if value < 100.0 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_set_for_reading() {
        let told: Vec<String> = [0.5, 12.34, 999.6, 1_234.4, 1_234_567.0].map(number).to_vec();
        assert_eq!(told, ["0.50", "12.3", "1,000", "1,234", "1,234,567"]);
    }
}
