//! Opens a file or stdin: unpacks gzip, decodes other encodings to UTF-8.

use crate::failure::usage;
use anyhow::Context;
use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

const BUFFER: usize = 1 << 16;
const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b];

/// What the bytes of a file mean. By default UTF-8, or UTF-16 where the file begins with its mark.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Encoding(Option<&'static encoding_rs::Encoding>);

impl Encoding {
    /// The encoding of a name such as `windows-1252`.
    pub(crate) fn named(name: &str) -> anyhow::Result<Self> {
        encoding_rs::Encoding::for_label(name.as_bytes())
            .map(|encoding| Self(Some(encoding)))
            .ok_or_else(|| usage(format!("no encoding is called '{name}'; utf-8, windows-1252 and utf-16le are")))
    }
}

/// Opens `path`, or stdin for `-`. Gzip is recognised by its first bytes.
pub(crate) fn open(path: &Path, encoding: Encoding) -> anyhow::Result<BufReader<Box<dyn Read>>> {
    let raw: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).with_context(|| format!("cannot open {}", path.display()))?)
    };
    let mut raw = BufReader::with_capacity(BUFFER, raw);
    let packed = raw.fill_buf().with_context(|| format!("cannot read {}", path.display()))?.starts_with(GZIP_MAGIC);
    let bytes: Box<dyn Read> = if packed { Box::new(MultiGzDecoder::new(raw)) } else { Box::new(raw) };
    let text = DecodeReaderBytesBuilder::new()
        .encoding(encoding.0)
        // Bytes that are no UTF-8 stay as they are: the row they stand in is refused by name, not mended silently.
        .utf8_passthru(encoding.0.is_none())
        .strip_bom(true)
        .bom_sniffing(true)
        .build(bytes);
    Ok(BufReader::with_capacity(BUFFER, Box::new(text)))
}
