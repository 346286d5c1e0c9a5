//! The regions as a map of tiles of one size: a place for each that readers recognise, and no region looks big for its
//! acres.

use super::view::Line;

/// Code, short name, column, row.
const TILES: &[(&str, &str, u8, u8)] = &[
    ("S92000003", "Scotland", 1, 0),
    ("N92000002", "N Ireland", 0, 1),
    ("E12000001", "North East", 2, 1),
    ("E12000002", "North West", 1, 2),
    ("E12000003", "Yorkshire", 2, 2),
    ("W92000004", "Wales", 0, 3),
    ("E12000005", "West Mids", 1, 3),
    ("E12000004", "East Mids", 2, 3),
    ("E12000006", "East", 3, 3),
    ("E12000009", "South West", 1, 4),
    ("E12000007", "London", 2, 4),
    ("E12000008", "South East", 3, 4),
];

/// Width and height of a tile with its gap, in the drawing's units.
const PITCH: (u16, u16) = (112, 76);

/// One tile.
pub(super) struct Tile {
    pub(super) name: &'static str,
    pub(super) full: String,
    pub(super) x: u16,
    pub(super) y: u16,
    pub(super) value: String,
    pub(super) rate: Option<f64>,
    /// Shade, 0 (lightest) to 4.
    pub(super) shade: u8,
}

/// The tiles of these regions, shaded by vacancies per 10,000 residents or whatever `measure` gives by code.
pub(super) fn tiles(lines: &[Line], measure: impl Fn(&str) -> Option<f64>) -> Vec<Tile> {
    let known: Vec<f64> = TILES.iter().filter_map(|(code, ..)| measure(code)).collect();
    let (least, most) = known.iter().fold((f64::MAX, 0.0), |(least, most), &value| (value.min(least), value.max(most)));
    let decimals = if most < 10.0 { 2 } else { 1 };
    TILES
        .iter()
        .filter_map(|(code, name, column, row)| {
            let line = lines.iter().find(|line| line.code == *code)?;
            let value = measure(code);
            let shade = value.map_or(0, |value| shade(value, least, most));
            Some(Tile {
                name,
                full: line.name.clone(),
                x: u16::from(*column) * PITCH.0,
                y: u16::from(*row) * PITCH.1,
                value: value.map_or_else(|| "\u{2013}".to_owned(), |value| format!("{value:.decimals$}")),
                rate: value,
                shade,
            })
        })
        .collect()
}

/// Least and most of what each shade stands for, for the legend; nothing where all have one shade.
pub(super) fn scale(tiles: &[Tile]) -> Vec<(u8, String)> {
    let mut scale = Vec::new();
    for shade in 0..=4 {
        let mut of: Vec<&Tile> = tiles.iter().filter(|tile| tile.shade == shade && tile.rate.is_some()).collect();
        of.sort_by(|a, b| a.rate.unwrap_or_default().total_cmp(&b.rate.unwrap_or_default()));
        match of.as_slice() {
            [] => {}
            [only] => scale.push((shade, only.value.clone())),
            [first, .., last] if first.value == last.value => scale.push((shade, first.value.clone())),
            [first, .., last] => scale.push((shade, format!("{}\u{2013}{}", first.value, last.value))),
        }
    }
    if scale.len() > 1 { scale } else { Vec::new() }
}

/// Five shades between the least and the most. Where all differ by less than a tenth there is nothing to see, and all get
/// the middle one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 4")]
fn shade(value: f64, least: f64, most: f64) -> u8 {
    if most - least < most * 0.1 { 2 } else { ((value - least) / (most - least) * 4.999).clamp(0.0, 4.0) as u8 }
}

#[cfg(test)]
mod tests {
    use super::shade;

    #[test]
    fn shades_span_what_there_is() {
        assert_eq!([0.0, 5.0, 10.0].map(|value| shade(value, 0.0, 10.0)), [0, 2, 4]);
        assert_eq!([9.5, 10.0].map(|value| shade(value, 9.5, 10.0)), [2, 2]);
        assert_eq!(shade(0.0, 0.0, 0.0), 0);
    }
}
