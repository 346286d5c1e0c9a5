//! Adds members to a portal's archive.

use super::error::{ArchiveError, io};
use super::member::compressed;
use super::warc;
use flate2::bufread::GzDecoder;
use openvacancy_domain::{PortalId, Timestamp};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// A new file is begun past this size, so that none gets unwieldy.
const ROTATE_AT: u64 = 512 << 20;

/// Adds members to a portal's archive. Holds the portal's lock while it lives.
#[derive(Debug)]
pub struct Writer {
    root: PathBuf,
    portal: PortalId,
    open: Option<OpenFile>,
    _lock: File,
}

#[derive(Debug)]
struct OpenFile {
    day: String,
    relative: String,
    path: PathBuf,
    file: File,
    length: u64,
}

impl Writer {
    pub(super) fn open(root: &Path, portal: &PortalId) -> Result<Self, ArchiveError> {
        let folder = root.join(portal.as_str());
        fs::create_dir_all(&folder).map_err(|source| io(&folder, source))?;
        let path = folder.join(".lock");
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(|source| io(&path, source))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ArchiveError::Busy { path }),
            Err(TryLockError::Error(source)) => return Err(io(&path, source)),
        }
        let writer = Self { root: root.to_owned(), portal: portal.clone(), open: None, _lock: lock };
        cut_torn_member(&folder)?;
        Ok(writer)
    }

    /// Adds a member. Answers the file, relative to the archive's folder, and the offset in it. It is safe after the next
    /// [`Writer::sync`] only.
    ///
    /// # Errors
    /// [`ArchiveError::Io`]: disk full, no leave to write.
    pub fn append(&mut self, member: &[u8], at: Timestamp) -> Result<(String, u64), ArchiveError> {
        let day = at.date_naive().to_string();
        if self.open.as_ref().is_none_or(|open| open.day != day || open.length >= ROTATE_AT) {
            self.sync()?;
            self.open = None;
        }
        let open = match &mut self.open {
            Some(open) => open,
            closed => closed.insert(begin(&self.root, &self.portal, &day, at)?),
        };
        let offset = open.length;
        open.file.write_all(member).map_err(|source| io(&open.path, source))?;
        open.length += member.len() as u64;
        Ok((open.relative.clone(), offset))
    }

    /// Waits until all that was added is on the disk.
    ///
    /// # Errors
    /// [`ArchiveError::Io`].
    pub fn sync(&mut self) -> Result<(), ArchiveError> {
        match &self.open {
            Some(open) => open.file.sync_data().map_err(|source| io(&open.path, source)),
            None => Ok(()),
        }
    }
}

/// Cuts the torn member a kill may have left at the end of the newest file.
fn cut_torn_member(folder: &Path) -> Result<(), ArchiveError> {
    let mut days: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(|source| io(folder, source))? {
        let path = entry.map_err(|source| io(folder, source))?.path();
        if path.is_dir() {
            days.push(path);
        }
    }
    days.sort();
    let Some(newest) = days.last() else { return Ok(()) };
    let Some(path) = files(newest)?.pop() else { return Ok(()) };
    let length = fs::metadata(&path).map_err(|source| io(&path, source))?.len();
    let whole = whole_length(&path)?;
    if whole < length {
        tracing::warn!(
            archive.file = %path.display(), archive.kept_bytes = whole, archive.cut_bytes = length - whole,
            "a torn record at the end of an archive file was cut off"
        );
        let file = OpenOptions::new().write(true).open(&path).map_err(|source| io(&path, source))?;
        file.set_len(whole).and_then(|()| file.sync_all()).map_err(|source| io(&path, source))?;
    }
    Ok(())
}

/// A file of our own: a number that no file of the day has.
fn begin(root: &Path, portal: &PortalId, day: &str, at: Timestamp) -> Result<OpenFile, ArchiveError> {
    let folder = root.join(portal.as_str()).join(day);
    fs::create_dir_all(&folder).map_err(|source| io(&folder, source))?;
    let mut number = files(&folder)?.last().and_then(|path| number_of(path)).unwrap_or(0) + 1;
    loop {
        let name = format!("{number:05}.warc.gz");
        let path = folder.join(&name);
        match OpenOptions::new().append(true).create_new(true).open(&path) {
            Ok(mut file) => {
                let header = compressed(&warc::info(&name, at)).map_err(|source| io(&path, source))?;
                file.write_all(&header).map_err(|source| io(&path, source))?;
                // The file's name must be on the disk too before anything may refer to it.
                File::open(&folder).and_then(|folder| folder.sync_all()).map_err(|source| io(&folder, source))?;
                let relative = format!("{portal}/{day}/{name}");
                return Ok(OpenFile { day: day.to_owned(), relative, path, file, length: header.len() as u64 });
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
            Err(source) => return Err(io(&path, source)),
        }
    }
}

/// The archive files of a day, in order.
fn files(folder: &Path) -> Result<Vec<PathBuf>, ArchiveError> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|source| io(folder, source))? {
        let path = entry.map_err(|source| io(folder, source))?.path();
        if number_of(&path).is_some() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn number_of(path: &Path) -> Option<u32> {
    path.file_name()?.to_str()?.strip_suffix(".warc.gz")?.parse().ok()
}

/// Bytes up to the end of the last whole member.
fn whole_length(path: &Path) -> Result<u64, ArchiveError> {
    let file = File::open(path).map_err(|source| io(path, source))?;
    let mut input = Counted { inner: BufReader::with_capacity(64 << 10, file), read: 0 };
    let mut whole = 0;
    loop {
        let mut decoder = GzDecoder::new(&mut input);
        let mut buffer = [0_u8; 16 << 10];
        let torn = loop {
            match decoder.read(&mut buffer) {
                Ok(0) => break false,
                Ok(_) => {}
                Err(_) => break true,
            }
        };
        if torn || input.read == whole {
            return Ok(whole);
        }
        whole = input.read;
    }
}

/// Counts what a member's decoder takes, to the byte.
struct Counted {
    inner: BufReader<File>,
    read: u64,
}

impl std::io::Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let taken = self.inner.read(buffer)?;
        self.read += taken as u64;
        Ok(taken)
    }
}

impl std::io::BufRead for Counted {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
        self.read += amount as u64;
    }
}

#[cfg(test)]
mod tests {
    use crate::archive::{Archive, ArchiveError, Exchange, WarcType, member};
    use openvacancy_domain::{PortalId, Timestamp};
    use std::fs::OpenOptions;
    use std::io::Write as _;

    fn at() -> Timestamp {
        "2026-11-21T10:00:00Z".parse().unwrap()
    }

    fn page(url: &str) -> Vec<u8> {
        let body = format!("<p>page of {url}</p>").repeat(20);
        let exchange = Exchange {
            kind: WarcType::Response,
            url,
            at: at(),
            status: 200,
            headers: &[],
            body: body.as_bytes(),
            truncated: false,
        };
        member(&exchange).unwrap()
    }

    #[test]
    fn records_are_read_by_offset_and_a_torn_one_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::new(folder.path());
        let portal = PortalId::from("test");
        let mut writer = archive.writer(&portal).unwrap();
        let places: Vec<_> =
            ["http://h/1", "http://h/2"].iter().map(|url| (*url, writer.append(&page(url), at()).unwrap())).collect();
        writer.sync().unwrap();
        assert!(matches!(archive.writer(&portal), Err(ArchiveError::Busy { .. })));
        drop(writer);
        let path = folder.path().join(&places[0].1.0);
        let whole = std::fs::metadata(&path).unwrap().len();
        let torn = page("http://h/3");
        for cut in [1, 9, torn.len() / 2, torn.len() - 1] {
            OpenOptions::new().append(true).open(&path).unwrap().write_all(&torn[..cut]).unwrap();
            let mut writer = archive.writer(&portal).unwrap();
            assert_eq!(std::fs::metadata(&path).unwrap().len(), whole, "cut at {cut}");
            for (url, (file, offset)) in &places {
                assert_eq!(archive.read(file, *offset).unwrap().url, *url);
            }
            let (file, _) = writer.append(&torn, at()).unwrap();
            assert_ne!(file, places[0].1.0, "a new writer begins a new file");
            drop(writer);
            std::fs::remove_file(folder.path().join(file)).unwrap();
        }
        assert!(archive.read(&places[0].1.0, 3).is_err());
        assert!(archive.read("../outside", 0).is_err());
    }
}
