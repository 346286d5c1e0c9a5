//! What the store keeps and answers.

use crate::dedup::LinkRules;
use crate::user::{Role, User};
use crate::{
    ContentHash, Correction, Month, NewCorrection, Normalised, Observation, OccupationCoding, PortalId, Posting,
    PostingId, Problem, Release, ReleaseId, Run, RunCounts, RunId, RunState, Stage, StoreError, Timestamp, Vacancy,
    VacancyId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything the store does.
pub trait Store:
    RunLog + PostingStore + FrontierStore + VacancyStore + CorrectionStore + ReleaseStore + UserStore
{
}

impl<T> Store for T where
    T: RunLog + PostingStore + FrontierStore + VacancyStore + CorrectionStore + ReleaseStore + UserStore
{
}

/// One page of an answer, in key order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; absent on the last.
    pub next: Option<String>,
}

// ---------------------------------------------------------------- runs

/// The log of runs.
pub trait RunLog: Send + Sync {
    /// Opens a run.
    ///
    /// # Errors
    /// [`StoreError::Backend`], as every method here.
    fn start_run(
        &self,
        stage: Stage,
        portal: Option<&PortalId>,
        at: Timestamp,
        versions: &BTreeMap<String, String>,
    ) -> Result<RunId, StoreError>;

    /// Closes a run with its counts.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such run.
    fn finish_run(
        &self,
        run: RunId,
        at: Timestamp,
        state: RunState,
        counts: &RunCounts,
        error: Option<&str>,
    ) -> Result<(), StoreError>;

    /// Keeps problems met during a run.
    ///
    /// # Errors
    /// As above.
    fn add_problems(&self, run: RunId, problems: &[Problem]) -> Result<(), StoreError>;

    /// The newest runs first.
    ///
    /// # Errors
    /// As above.
    fn runs(&self, limit: u32) -> Result<Vec<Run>, StoreError>;

    /// One run.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    fn run(&self, run: RunId) -> Result<Run, StoreError>;

    /// Its problems, in the order they were met.
    ///
    /// # Errors
    /// As above.
    fn problems(&self, run: RunId, limit: u32) -> Result<Vec<Problem>, StoreError>;
}

// ---------------------------------------------------------------- postings

/// A posting as it was seen.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenPosting {
    /// What was shown.
    pub posting: Posting,
    /// When; `None` for a file import without `--as-of`: a version then, but no sighting.
    pub seen_at: Option<Timestamp>,
}

/// What became of a posting that was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordOutcome {
    /// Not seen before.
    New,
    /// Seen before with another content.
    NewVersion,
    /// Seen before with this content; only the sighting is new.
    Unchanged,
}

/// A posting that is no longer shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// The posting.
    pub posting: PostingId,
    /// When that was found.
    pub at: Timestamp,
    /// `expired` (closing date past), `gone` (the page says so or is no more), `unlisted` (no longer in a complete listing).
    pub why: String,
}

/// A posting as stored: its newest version and its life.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredPosting {
    /// The store's own rising number of the posting; pages go by it.
    pub key: i64,
    /// Hash of the newest content.
    pub content_hash: ContentHash,
    /// The newest content.
    pub posting: Posting,
    /// First sighting.
    pub first_seen: Option<Timestamp>,
    /// Last sighting.
    pub last_seen: Option<Timestamp>,
    /// When it was found closed.
    pub closed_on: Option<Timestamp>,
    /// Why.
    pub closed_why: Option<String>,
}

/// Versions of the stages that read a posting; a posting is pending until it was coded with these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageVersions {
    /// Of normalise.
    pub rules: String,
    /// Of the coder.
    pub coder: String,
}

/// What the pure stages made of one posting version.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedPosting {
    /// The posting's key.
    pub key: i64,
    /// The content that was read.
    pub content_hash: ContentHash,
    /// What was read out of it.
    pub normalised: Normalised,
    /// Its codes.
    pub coding: OccupationCoding,
}

/// A posting with what the stages made of its newest version.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredCoding {
    /// The posting.
    pub posting: StoredPosting,
    /// What was read out of it.
    pub normalised: Normalised,
    /// Its codes.
    pub coding: OccupationCoding,
}

/// From when to when a portal was observed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalSpan {
    /// The portal.
    pub portal: PortalId,
    /// First sighting of any posting of it; absent where it was only imported without `--as-of`.
    pub first_seen: Option<Timestamp>,
    /// Last sighting.
    pub last_seen: Option<Timestamp>,
    /// Number of postings.
    pub postings: u64,
}

/// Postings, their versions and sightings.
pub trait PostingStore: Send + Sync {
    /// Records postings in one transaction; one outcome for one posting, in order. A posting recorded again after
    /// it was closed is open again. Two of one id in one batch are taken in order.
    ///
    /// # Errors
    /// [`StoreError::Backend`]; then none of the batch is stored.
    fn record(&self, run: RunId, batch: &[SeenPosting]) -> Result<Vec<RecordOutcome>, StoreError>;

    /// Closes postings; unknown and closed ones are passed over. Answers how many were closed.
    ///
    /// # Errors
    /// As above.
    fn close(&self, run: RunId, closings: &[Closing]) -> Result<u64, StoreError>;

    /// Postings of a portal that are open and were last seen before `before`, in id order.
    ///
    /// # Errors
    /// As above.
    fn open_not_seen_since(&self, portal: &PortalId, before: Timestamp) -> Result<Vec<PostingId>, StoreError>;

    /// One posting by id.
    ///
    /// # Errors
    /// As above.
    fn posting(&self, id: &PostingId) -> Result<Option<StoredPosting>, StoreError>;

    /// Postings by key, after `after` (0 = from the start), at most `limit`.
    ///
    /// # Errors
    /// As above.
    fn postings(&self, after: i64, limit: u32) -> Result<Vec<StoredPosting>, StoreError>;

    /// As [`PostingStore::postings`], only those whose newest version was not coded with `versions`.
    ///
    /// # Errors
    /// As above.
    fn pending(&self, versions: &StageVersions, after: i64, limit: u32) -> Result<Vec<StoredPosting>, StoreError>;

    /// How many are pending.
    ///
    /// # Errors
    /// As above.
    fn pending_count(&self, versions: &StageVersions) -> Result<u64, StoreError>;

    /// Keeps what the stages made. One that is there for the same posting is replaced.
    ///
    /// # Errors
    /// As above.
    fn put_coded(&self, run: RunId, versions: &StageVersions, coded: &[CodedPosting]) -> Result<(), StoreError>;

    /// Coded postings by key, after `after`, at most `limit`.
    ///
    /// # Errors
    /// As above.
    fn coded(&self, after: i64, limit: u32) -> Result<Vec<StoredCoding>, StoreError>;

    /// Every portal with the time it was observed, in id order.
    ///
    /// # Errors
    /// As above.
    fn portal_spans(&self) -> Result<Vec<PortalSpan>, StoreError>;

    /// Prose by content hash; absent ones are left out.
    ///
    /// # Errors
    /// As above.
    fn prose(&self, hashes: &[ContentHash]) -> Result<BTreeMap<ContentHash, String>, StoreError>;
}

// ---------------------------------------------------------------- fetching

/// What a page is to the crawl.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// Lists postings and leads to more pages.
    Listing,
    /// Shows one posting.
    Posting,
}

/// A page to be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontierItem {
    /// Its address.
    pub url: String,
    /// What it is.
    pub kind: PageKind,
    /// How often it was tried in this round.
    pub attempts: u32,
}

/// The record of one fetched response; the bytes lie in the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// The portal.
    pub portal: PortalId,
    /// Address asked for.
    pub url: String,
    /// When.
    pub fetched_at: Timestamp,
    /// HTTP status; 304 = not modified, the earlier capture holds.
    pub status: u16,
    /// `ETag` answered.
    pub etag: Option<String>,
    /// `Last-Modified` answered.
    pub last_modified: Option<String>,
    /// Archive file, relative to the archive's folder.
    pub archive_file: String,
    /// Offset of the record in it.
    pub archive_offset: u64,
    /// SHA-256 of the body.
    pub digest: ContentHash,
    /// Body bytes.
    pub bytes: u64,
}

/// All that follows from one fetched page, kept in one transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct FetchCommit {
    /// The page that was fetched; it leaves the round's queue.
    pub url: String,
    /// Its capture, where there was a response.
    pub capture: Option<Capture>,
    /// Postings it showed.
    pub seen: Vec<SeenPosting>,
    /// Postings it said are gone.
    pub closings: Vec<Closing>,
    /// Pages it leads to; those already met in this round are passed over.
    pub found: Vec<FrontierItem>,
    /// What could not be used.
    pub problems: Vec<Problem>,
}

/// The frontier: which pages of a portal are still to be fetched in this round.
pub trait FrontierStore: Send + Sync {
    /// Begins a round of `portal` with these pages, or resumes the one that did not end: then `seeds` are passed over.
    /// Answers whether it resumed and when the round began.
    ///
    /// # Errors
    /// [`StoreError::Backend`], as every method here.
    fn begin_round(
        &self,
        portal: &PortalId,
        at: Timestamp,
        seeds: &[FrontierItem],
    ) -> Result<(bool, Timestamp), StoreError>;

    /// Pages still to be fetched, oldest first, listings before postings, at most `limit`. They stay in the queue
    /// until [`FrontierStore::commit_fetches`] names them.
    ///
    /// # Errors
    /// As above.
    fn queued(&self, portal: &PortalId, limit: u32) -> Result<Vec<FrontierItem>, StoreError>;

    /// Notes a failed try; the page goes to the end of the queue.
    ///
    /// # Errors
    /// As above.
    fn retry_later(&self, portal: &PortalId, url: &str) -> Result<(), StoreError>;

    /// Keeps what followed from fetched pages, all in one transaction. Outcomes of each page's postings, in order.
    ///
    /// # Errors
    /// As above; then nothing of it is stored and the pages stay queued.
    fn commit_fetches(
        &self,
        run: RunId,
        portal: &PortalId,
        fetches: &[FetchCommit],
    ) -> Result<Vec<Vec<RecordOutcome>>, StoreError>;

    /// Ends the round: the queue is empty and the next round begins anew.
    ///
    /// # Errors
    /// As above.
    fn end_round(&self, portal: &PortalId) -> Result<(), StoreError>;

    /// The newest capture of a page with a body (status 200), for conditional requests.
    ///
    /// # Errors
    /// As above.
    fn last_capture(&self, portal: &PortalId, url: &str) -> Result<Option<Capture>, StoreError>;

    /// Captures of a portal in the order they were made, after the `after`-th (0 = from the start), with their numbers.
    ///
    /// # Errors
    /// As above.
    fn captures(&self, portal: &PortalId, after: i64, limit: u32) -> Result<Vec<(i64, Capture)>, StoreError>;
}

// ---------------------------------------------------------------- vacancies

/// A vacancy with the postings behind it and the decisions that joined them.
#[derive(Debug, Clone, PartialEq)]
pub struct VacancyRecord {
    /// The row.
    pub vacancy: Vacancy,
    /// Postings behind it, the earliest first.
    pub postings: Vec<PostingId>,
    /// Why they are one.
    pub links: Vec<crate::PairDecision>,
}

/// The present set of vacancies.
pub trait VacancyStore: Send + Sync {
    /// Prepares a new set. Readers go on seeing the former one until [`VacancyStore::commit_vacancies`].
    ///
    /// # Errors
    /// [`StoreError::Backend`], as every method here.
    fn begin_vacancies(&self, run: RunId) -> Result<(), StoreError>;

    /// Adds to the new set.
    ///
    /// # Errors
    /// As above.
    fn put_vacancies(&self, run: RunId, records: &[VacancyRecord]) -> Result<(), StoreError>;

    /// Makes the new set the present one, in one transaction. A vacancy id that is no more, because its first posting
    /// now belongs to another vacancy, becomes an alias of that one.
    ///
    /// # Errors
    /// As above.
    fn commit_vacancies(&self, run: RunId) -> Result<(), StoreError>;

    /// Vacancies in id order, after `after`, at most `limit`.
    ///
    /// # Errors
    /// As above.
    fn vacancies(&self, after: Option<&VacancyId>, limit: u32) -> Result<Vec<Vacancy>, StoreError>;

    /// One vacancy by its id or an alias, with its postings and the decisions that joined them.
    ///
    /// # Errors
    /// As above.
    fn vacancy(&self, id: &VacancyId) -> Result<Option<VacancyRecord>, StoreError>;

    /// Which vacancy each posting belongs to, in posting order, after `after`, at most `limit`.
    ///
    /// # Errors
    /// As above.
    fn vacancy_links(&self, after: Option<&PostingId>, limit: u32) -> Result<Vec<(PostingId, VacancyId)>, StoreError>;
}

// ---------------------------------------------------------------- corrections

/// Reviewers' decisions.
pub trait CorrectionStore: Send + Sync {
    /// Records decisions, all in one transaction. The very same decision recorded twice is kept once.
    ///
    /// # Errors
    /// [`StoreError::Backend`], as every method here.
    fn add_corrections(&self, at: Timestamp, decisions: &[NewCorrection]) -> Result<Vec<Correction>, StoreError>;

    /// Decisions in order, after number `after`, at most `limit`, withdrawn ones included.
    ///
    /// # Errors
    /// As above.
    fn corrections(&self, after: i64, limit: u32) -> Result<Vec<Correction>, StoreError>;

    /// Takes a decision back. It is kept, and no longer holds.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    fn withdraw_correction(&self, id: i64) -> Result<(), StoreError>;

    /// The decisions on pairs that hold.
    ///
    /// # Errors
    /// As above.
    fn link_rules(&self) -> Result<LinkRules, StoreError>;
}

// ---------------------------------------------------------------- releases

/// A vacancy as it stands in a release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleaseVacancy {
    /// The row, as it was when the release was built.
    #[serde(flatten)]
    pub vacancy: Vacancy,
    /// It counts in the month's flow.
    pub in_flow: bool,
    /// It counts in the stock at the month's end.
    pub in_stock: bool,
}

/// Which vacancies of a release.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VacancyQuery {
    /// SOC 2020 code or its first digits.
    pub occupation: Option<String>,
    /// ONS code of a country, region, county, district or LEP.
    pub area: Option<String>,
    /// First month of first sighting.
    pub flow_from: Option<Month>,
    /// Last month of first sighting.
    pub flow_to: Option<Month>,
    /// Words; each must begin a word of title or employer, whatever its case and accents. Punctuation is none.
    pub text: Option<String>,
    /// Only those that were open at this instant.
    pub open_at: Option<Timestamp>,
    /// Leave out those with an `excluded_reason`.
    pub counted_only: bool,
    /// Where the page begins, as [`Page::next`] gave it.
    pub cursor: Option<String>,
    /// Rows, at most.
    pub limit: u32,
}

/// Which observations of a release; every empty list means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObservationQuery {
    /// Indicators.
    pub indicators: Vec<String>,
    /// Area codes.
    pub areas: Vec<String>,
    /// Kinds of area.
    pub area_types: Vec<String>,
    /// Occupation codes, exactly.
    pub occupations: Vec<String>,
    /// Length of the occupation code, 1 to 4; `total` and `unknown` have none.
    pub occupation_level: Option<u8>,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// Rows, at most.
    pub limit: u32,
}

/// Releases: drafts that can be thrown away, published ones that never change.
pub trait ReleaseStore: Send + Sync {
    /// Begins the next version of a month as a draft, in place of a draft of that month that was not published.
    /// Nobody sees it until [`ReleaseStore::finish_release`].
    ///
    /// # Errors
    /// [`StoreError::Backend`], as every method here.
    fn begin_release(&self, month: Month) -> Result<ReleaseId, StoreError>;

    /// Adds vacancies to the draft under way.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the release is not under way.
    fn add_release_vacancies(&self, id: ReleaseId, rows: &[ReleaseVacancy]) -> Result<(), StoreError>;

    /// Adds observations likewise.
    ///
    /// # Errors
    /// As above.
    fn add_observations(&self, id: ReleaseId, rows: &[Observation]) -> Result<(), StoreError>;

    /// Shows the draft.
    ///
    /// # Errors
    /// As above.
    fn finish_release(&self, release: &Release) -> Result<(), StoreError>;

    /// Changes state, gate and overrides of a release that is not published; publishing is such a change.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where it is published.
    fn update_release(&self, release: &Release) -> Result<(), StoreError>;

    /// Releases, newest month and version first.
    ///
    /// # Errors
    /// As above.
    fn releases(&self) -> Result<Vec<Release>, StoreError>;

    /// One release.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    fn release(&self, id: ReleaseId) -> Result<Release, StoreError>;

    /// Its vacancies, in id order.
    ///
    /// # Errors
    /// As above.
    fn release_vacancies(&self, id: ReleaseId, query: &VacancyQuery) -> Result<Page<ReleaseVacancy>, StoreError>;

    /// How many vacancies a query has, whatever its cursor and limit.
    ///
    /// # Errors
    /// As above.
    fn count_release_vacancies(&self, id: ReleaseId, query: &VacancyQuery) -> Result<u64, StoreError>;

    /// Its observations, by indicator, area type, area, occupation.
    ///
    /// # Errors
    /// As above.
    fn observations(&self, id: ReleaseId, query: &ObservationQuery) -> Result<Page<Observation>, StoreError>;
}

// ---------------------------------------------------------------- users

/// People who may write.
pub trait UserStore: Send + Sync {
    /// Adds a user; the password is kept as an argon2 hash.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the name is taken.
    fn add_user(&self, at: Timestamp, name: &str, role: Role, password: &str) -> Result<User, StoreError>;

    /// Users by name.
    ///
    /// # Errors
    /// [`StoreError::Backend`].
    fn users(&self) -> Result<Vec<User>, StoreError>;

    /// Lets a user sign in or not.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    fn set_user_disabled(&self, name: &str, disabled: bool) -> Result<(), StoreError>;

    /// The user, where name and password fit and they are not disabled. Takes as long for an unknown name.
    ///
    /// # Errors
    /// [`StoreError::Backend`].
    fn authenticate(&self, name: &str, password: &str) -> Result<Option<User>, StoreError>;
}
