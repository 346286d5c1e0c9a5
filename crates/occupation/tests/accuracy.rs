//! Accuracy on the shared data, where it is there: floors a little below what was measured, so that a fall is seen.

use openvacancy_domain::Scheme;
use openvacancy_occupation::evaluate::{advertisements, labelled_sheet};
use openvacancy_occupation::{Coder, LabelledRow, evaluate};
use openvacancy_reference::beside::shared;
use std::path::Path;

#[test]
fn own_sheet() {
    let Some(folder) = shared("realdata") else {
        eprintln!("SKIPPED own_sheet: the shared data folder is absent");
        return;
    };
    let ads = advertisements(&folder).unwrap();
    let sheet = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../classifiers/soc2020-titles/sheet.csv");
    let rows = labelled_sheet(&sheet, &ads).unwrap();
    assert_eq!(rows.len(), 200);
    let coder = Coder::builtin().unwrap();
    let found = evaluate(&coder, &rows, Scheme::Soc2020);
    assert!(found.accuracy[3] >= 0.70, "{}", found.table());
    assert!(found.top5 >= 0.85, "{}", found.table());
    let bare: Vec<LabelledRow> = rows.iter().map(|row| LabelledRow { description: None, ..row.clone() }).collect();
    let without = evaluate(&coder, &bare, Scheme::Soc2020);
    // prose may help and must not hurt: three rows in 200 are within chance
    assert!(found.accuracy[3] >= without.accuracy[3] - 0.015, "{}\n{}", found.table(), without.table());
}
