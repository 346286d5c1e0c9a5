//! Rows of corrections and users.

use super::cells::{ReadCells, WriteCells, json_text};
use crate::error::Trouble;
use openvacancy_domain::user::User;
use openvacancy_domain::{Correction, CorrectionTarget, NewCorrection, PortalId, PostingId};

/// The columns [`read`] reads, as SQL, for `concat!`.
macro_rules! correction_columns {
    () => {
        "c.id, c.kind, c.portal, c.posting_id, c.other_portal, c.other_posting_id, c.cleaned_title, c.context, \
         c.field, c.value, c.author, c.reason, c.note, c.at, c.withdrawn"
    };
}
pub(crate) use correction_columns;

/// One text for one target, whatever the order of a pair: the order in which two postings are named says nothing.
pub(crate) fn target_text(target: &CorrectionTarget) -> String {
    match target {
        CorrectionTarget::Posting { posting } => json_text(&["posting", posting.portal.as_str(), &posting.id]),
        CorrectionTarget::Title { cleaned_title, context } => json_text(&["title", cleaned_title.as_str(), context]),
        CorrectionTarget::Pair { a, b } => {
            let (a, b) = if a <= b { (a, b) } else { (b, a) };
            json_text(&["pair", a.portal.as_str(), &a.id, b.portal.as_str(), &b.id])
        }
    }
}

/// Writes a correction, `id` first, `withdrawn` not.
pub(crate) fn write(correction: &Correction, target: &str, cells: &mut impl WriteCells) {
    let decision = &correction.decision;
    let (kind, first, other, title) = match &decision.target {
        CorrectionTarget::Posting { posting } => ("posting", Some(posting), None, None),
        CorrectionTarget::Title { cleaned_title, context } => ("title", None, None, Some((cleaned_title, context))),
        CorrectionTarget::Pair { a, b } => ("pair", Some(a), Some(b), None),
    };
    cells.int(Some(correction.id));
    cells.text(Some(kind));
    for posting in [first, other] {
        cells.text(posting.map(|posting| posting.portal.as_str()));
        cells.text(posting.map(|posting| posting.id.as_str()));
    }
    cells.text(title.map(|(title, _)| title.as_str()));
    cells.text(title.map(|(_, context)| context.as_str()));
    cells.text(Some(target));
    cells.text(Some(&decision.field));
    cells.text(Some(&decision.value));
    cells.text(Some(&decision.author));
    cells.text(Some(&decision.reason));
    cells.text(Some(&decision.note));
    cells.time(Some(correction.at));
}

/// Reads them.
pub(crate) fn read(cells: &mut impl ReadCells) -> Result<Correction, Trouble> {
    let id = cells.must_int()?;
    let kind = cells.must_text()?;
    let first = read_posting_id(cells)?;
    let other = read_posting_id(cells)?;
    let cleaned_title = cells.owned()?;
    let context = cells.owned()?;
    let target = match (kind.as_str(), first, other, cleaned_title, context) {
        ("posting", Some(posting), ..) => CorrectionTarget::Posting { posting },
        ("pair", Some(a), Some(b), ..) => CorrectionTarget::Pair { a, b },
        ("title", _, _, Some(cleaned_title), Some(context)) => CorrectionTarget::Title { cleaned_title, context },
        _ => return Err(Trouble::corrupt(format!("correction {id}"), "its target is incomplete")),
    };
    let decision = NewCorrection {
        target,
        field: cells.must_text()?,
        value: cells.must_text()?,
        author: cells.must_text()?,
        reason: cells.must_text()?,
        note: cells.must_text()?,
    };
    Ok(Correction { id, decision, at: cells.must_time()?, withdrawn: cells.flag()?.unwrap_or_default() })
}

fn read_posting_id(cells: &mut impl ReadCells) -> Result<Option<PostingId>, Trouble> {
    let portal = cells.owned()?;
    let id = cells.owned()?;
    Ok(portal.zip(id).map(|(portal, id)| PostingId { portal: PortalId(portal), id }))
}

/// Reads `name, role, disabled, created_at`.
pub(crate) fn read_user(cells: &mut impl ReadCells) -> Result<User, Trouble> {
    Ok(User {
        name: cells.must_text()?,
        role: cells.must_parse()?,
        disabled: cells.flag()?.unwrap_or_default(),
        created_at: cells.must_time()?,
    })
}
