//! The portal descriptions that come with the program, and those an operator keeps beside it.

use crate::{PortalSpec, SpecError, SpecLocation};
use openvacancy_domain::PortalId;
use std::collections::BTreeMap;
use std::path::Path;

const BUILTIN: &[(&str, &str)] = &[
    ("pretend-civic", include_str!("../../../portals/pretend-civic/portal.toml")),
    ("pretend-feed", include_str!("../../../portals/pretend-feed/portal.toml")),
    ("pretend-harbour", include_str!("../../../portals/pretend-harbour/portal.toml")),
];

/// The descriptions that come with the program, in id order.
#[must_use]
pub fn builtin() -> Vec<PortalSpec> {
    let read = |(id, text): &(&str, &str)| {
        #[expect(clippy::unwrap_used, reason = "a test reads each of these constant texts")]
        PortalSpec::from_toml(&format!("portals/{id}/portal.toml"), text).unwrap()
    };
    BUILTIN.iter().map(read).collect()
}

/// Descriptions read from a folder. One that cannot be read does not keep the others from being used.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// Those that can be used, in id order.
    pub portals: Vec<PortalSpec>,
    /// What is wrong with the others.
    pub errors: Vec<SpecError>,
}

/// Reads `<dir>/<id>/portal.toml` of every folder in `dir`. A folder without that file is passed over.
#[must_use]
pub fn load_dir(dir: &Path) -> Loaded {
    let mut loaded = Loaded::default();
    let mut found: BTreeMap<PortalId, PortalSpec> = BTreeMap::new();
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            loaded.errors.push(unreadable(dir, &error));
            return loaded;
        }
    };
    let mut files: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path().join("portal.toml")).collect();
    files.sort();
    for file in files.iter().filter(|file| file.is_file()) {
        let name = file.display().to_string();
        let read = std::fs::read_to_string(file).map_err(|error| unreadable(file, &error));
        match read.and_then(|text| PortalSpec::from_toml(&name, &text)) {
            Ok(spec) if found.contains_key(&spec.id) => loaded.errors.push(SpecError {
                location: SpecLocation { file: name, line: 0, column: 0 },
                message: format!("another folder already describes portal '{}'", spec.id),
            }),
            Ok(spec) => _ = found.insert(spec.id.clone(), spec),
            Err(error) => loaded.errors.push(error),
        }
    }
    loaded.portals = found.into_values().collect();
    loaded
}

/// The built-in descriptions, those of `dir` put in their place where they have the same id.
#[must_use]
pub fn portals(dir: Option<&Path>) -> Loaded {
    let mut loaded = dir.map(load_dir).unwrap_or_default();
    let mut all: BTreeMap<PortalId, PortalSpec> = builtin().into_iter().map(|spec| (spec.id.clone(), spec)).collect();
    all.extend(loaded.portals.into_iter().map(|spec| (spec.id.clone(), spec)));
    loaded.portals = all.into_values().collect();
    loaded
}

fn unreadable(path: &Path, error: &std::io::Error) -> SpecError {
    SpecError {
        location: SpecLocation { file: path.display().to_string(), line: 0, column: 0 },
        message: format!("cannot be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_builtin_description_is_read_and_named_by_its_folder() {
        let ids: Vec<String> = super::builtin().iter().map(|spec| spec.id.to_string()).collect();
        assert_eq!(ids, super::BUILTIN.iter().map(|(id, _)| (*id).to_owned()).collect::<Vec<_>>());
    }
}
