//! The series of months, measured for an inline picture.

use super::cube::Cube;
use super::format;
use super::view::Shown;
use openvacancy_domain::Month;

/// Width and height of the drawing, in its own units.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 180.0;

/// One month.
pub(super) struct Column {
    pub(super) label: String,
    pub(super) year: String,
    pub(super) full: String,
    pub(super) flow: Shown,
    pub(super) stock: Shown,
    pub(super) x: String,
    pub(super) y: String,
    pub(super) width: String,
    pub(super) height: String,
    pub(super) middle: String,
    pub(super) current: bool,
}

/// A line across with its number.
pub(super) struct Grid {
    pub(super) y: String,
    pub(super) label: String,
}

/// The picture.
pub(super) struct Series {
    pub(super) columns: Vec<Column>,
    pub(super) grid: Vec<Grid>,
}

/// Draws the flow by month; `None` for fewer than two months.
pub(super) fn series(cube: &Cube, month: Month) -> Option<Series> {
    if cube.series.len() < 2 {
        return None;
    }
    let value = |number: Option<super::cube::Number>| number.and_then(|number| number.value).unwrap_or(0.0);
    let most = cube.series.iter().map(|(_, flow, _)| value(*flow)).fold(0.0, f64::max);
    let step = step(most);
    let top = (most / step).ceil().max(1.0) * step;
    #[expect(clippy::cast_precision_loss, reason = "at most two years of months")]
    let pitch = WIDTH / cube.series.len() as f64;
    let width = (pitch * 0.62).min(64.0);
    let mut columns = Vec::new();
    let mut x = 0.0;
    for (number, (of, flow, stock)) in cube.series.iter().enumerate() {
        let height = value(*flow) / top * HEIGHT;
        let january = chrono::Datelike::month(&of.first_day()) == 1;
        columns.push(Column {
            label: format::month_short(*of),
            year: if january || number == 0 { of.to_string().chars().take(4).collect() } else { String::new() },
            full: format::month(*of),
            flow: Shown::count(*flow),
            stock: Shown::count(*stock),
            x: format!("{:.1}", x + (pitch - width) / 2.0),
            y: format!("{:.1}", HEIGHT - height),
            width: format!("{width:.1}"),
            height: format!("{height:.1}"),
            middle: format!("{:.1}", x + pitch / 2.0),
            current: *of == month,
        });
        x += pitch;
    }
    let mut grid = Vec::new();
    let mut at = 0.0;
    while at <= top + step / 2.0 {
        grid.push(Grid { y: format!("{:.1}", HEIGHT - at / top * HEIGHT), label: format::count(at) });
        at += step;
    }
    Some(Series { columns, grid })
}

/// A round distance between grid lines, so that there are three to six of them.
fn step(most: f64) -> f64 {
    let rough = (most / 4.0).max(1.0);
    let power = 10f64.powf(rough.log10().floor());
    let round = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= rough).unwrap_or(10.0);
    round * power
}

#[cfg(test)]
mod tests {
    #[test]
    fn grid_steps_are_round() {
        for (most, expected) in [(0.0, 1.0), (7.0, 2.0), (40.0, 10.0), (1_234.0, 500.0), (9_000.0, 5_000.0)] {
            assert!((super::step(most) - expected).abs() < 1e-9, "{most}: {}", super::step(most));
        }
    }
}
