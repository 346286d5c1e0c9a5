//! `datapackage.json`: what lies in a folder of exports, told to programs (Data Package 2.0, datapackage.org).
//!
//! One folder, one description: each export adds its file or renews its entry. A `datapackage.json` of somebody else,
//! or of another release, is left alone; the export is then described in `<file>.datapackage.json`. Nothing of the
//! moment goes into it, so that the same exports give the same bytes.

use super::columns::Column;
use super::output::{Output, Written};
use super::{ExportOptions, Format, licence, schema};
use crate::ReleaseError;
use crate::quality::Quality;
use openvacancy_domain::Release;
use serde_json::{Map, Value, json};
use std::fs::File;
use std::path::{Path, PathBuf};

const NAME: &str = "datapackage.json";

/// An export that was just written.
pub(super) struct Described<'a> {
    pub(super) options: &'a ExportOptions,
    pub(super) columns: &'a [Column],
    pub(super) written: Written,
    pub(super) rows: u64,
}

/// Describes the file at `path` in the `datapackage.json` beside it.
pub(super) fn describe(path: &Path, release: &Release, described: &Described<'_>) -> Result<(), ReleaseError> {
    let target = path.with_file_name(NAME);
    // Two exports into one folder at once must not lose each other's entry. Where a folder cannot be locked, as on some
    // network drives, they are taken to come one after another.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = File::open(folder).ok();
    let _locked = folder.as_ref().map(File::lock);

    let package = package(release);
    let mut resources = match others(&target, &package, path) {
        Ok(others) => others,
        Err(Foreign) => return write(&beside(path), package, vec![resource(path, described)]),
    };
    let mut own = resource(path, described);
    let names: Vec<&Value> = resources.iter().filter_map(|other| other.get("name")).collect();
    if names.contains(&&own["name"]) {
        // Two files whose names differ only in what a resource's name cannot hold.
        own["name"] = json!(format!("{}-{}", own["name"].as_str().unwrap_or_default(), &described.written.sha256[..8]));
    }
    resources.push(own);
    resources.sort_by(|a, b| a["path"].as_str().cmp(&b["path"].as_str()));
    write(&target, package, resources)
}

fn write(path: &Path, mut package: Map<String, Value>, resources: Vec<Value>) -> Result<(), ReleaseError> {
    package.insert("licenses".to_owned(), union(&resources, "licenses"));
    package.insert("resources".to_owned(), Value::Array(resources));
    let mut output = Output::create(path)?;
    output.write(format!("{:#}\n", Value::Object(package)).as_bytes())?;
    output.finish().map(|_| ())
}

/// `vacancies.csv` gets `vacancies.csv.datapackage.json`.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(NAME);
    path.with_file_name(name)
}

/// A description that is not of this release, or not ours.
struct Foreign;

/// What the folder's description says of its other files, as far as they are still there.
fn others(target: &Path, package: &Map<String, Value>, path: &Path) -> Result<Vec<Value>, Foreign> {
    let text = match std::fs::read_to_string(target) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(_) => return Err(Foreign),
    };
    let found: Value = serde_json::from_str(&text).map_err(|_| Foreign)?;
    if ["name", "id"].iter().any(|member| found.get(member) != package.get(*member)) {
        return Err(Foreign);
    }
    let resources = found.get("resources").and_then(Value::as_array).ok_or(Foreign)?;
    let other = |resource: &&Value| {
        let name = resource.get("path").and_then(Value::as_str).unwrap_or_default();
        name != file_name(path) && target.with_file_name(name).is_file()
    };
    Ok(resources.iter().filter(other).cloned().collect())
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What is said of a release as a whole.
fn package(release: &Release) -> Map<String, Value> {
    let reference = licence::REFERENCE.iter().map(|(title, path)| json!({ "title": title, "path": path }));
    let portals =
        serde_json::from_value(release.quality.clone()).map_or_else(|_| Vec::new(), |quality: Quality| quality.portals);
    let portals = portals.iter().map(|portal| json!({ "title": format!("Portal {}", portal.portal) }));
    let sources: Vec<Value> = portals.chain(reference).collect();
    let package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": format!("openvacancy-{}", release.id),
        "id": format!("sha256:{}", release.digest),
        "title": format!("OpenVacancy release {}", release.id),
        "description": format!(
            "Vacancies read from job advertisements, {}, as of {}. A release never changes; a revision is the next version.",
            release.id.month,
            release.as_of.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
        ),
        "version": release.id.to_string(),
        "created": release.built_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "sources": sources,
    });
    let Value::Object(package) = package else { return Map::new() };
    package
}

fn resource(path: &Path, described: &Described<'_>) -> Value {
    let options = described.options;
    let (format, media_type) = match options.format {
        Format::Csv => ("csv", "text/csv"),
        Format::Jsonl => ("jsonl", "application/jsonl"),
        Format::Parquet => ("parquet", "application/vnd.apache.parquet"),
        Format::SdmxCsv => ("csv", "application/vnd.sdmx.data+csv;version=2.0.0"),
    };
    let name: String = file_name(path)
        .to_lowercase()
        .chars()
        .map(|ch| if ch.is_ascii_alphanumeric() || "._-".contains(ch) { ch } else { '-' })
        .collect();
    let licence = licence::of(options.table);
    let mut resource = json!({
        "name": name,
        "type": "table",
        "title": title(options.table),
        "path": file_name(path),
        "format": format,
        "mediatype": media_type,
    });
    if options.format != Format::Parquet {
        resource["encoding"] = json!("utf-8");
    }
    if matches!(options.format, Format::Csv | Format::SdmxCsv) {
        resource["dialect"] = json!({ "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "header": true });
    }
    resource["bytes"] = json!(described.written.bytes);
    resource["hash"] = json!(format!("sha256:{}", described.written.sha256));
    resource["rows"] = json!(described.rows);
    resource["licenses"] = json!([{ "name": licence.name, "title": licence.title }]);
    resource["schema"] = schema::of(described.columns, options);
    resource
}

fn title(table: super::Table) -> &'static str {
    match table {
        super::Table::Vacancies => "Vacancies, one row each",
        super::Table::Wide => "Vacancies, one row each and one 0/1 column per skill",
        super::Table::Observations => "Published numbers: indicator by area and occupation",
    }
}

/// Everything the resources have in a list, once each.
fn union(resources: &[Value], member: &str) -> Value {
    let mut all: Vec<Value> = Vec::new();
    for item in resources.iter().filter_map(|resource| resource.get(member)?.as_array()).flatten() {
        if !all.contains(item) {
            all.push(item.clone());
        }
    }
    Value::Array(all)
}
