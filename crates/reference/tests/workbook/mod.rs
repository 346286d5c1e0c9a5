//! Writes small workbooks, so that the import can be tested without a publisher's file.

#![expect(clippy::unwrap_used, reason = "a helper of tests: a fault shall stop the test")]

use std::fmt::Write;
use std::path::Path;

/// Writes an `.xlsx` workbook with the given sheets, all cells as text.
pub(crate) fn write(path: &Path, sheets: &[(&str, &[&[&str]])]) {
    let mut parts =
        vec![("[Content_Types].xml".to_owned(), TYPES.to_owned()), ("_rels/.rels".to_owned(), ROOT.to_owned())];
    let (mut workbook, mut links) = (String::new(), String::new());
    for (index, (name, rows)) in sheets.iter().enumerate() {
        let n = index + 1;
        write!(workbook, r#"<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>"#).unwrap();
        write!(links, r#"<Relationship Id="rId{n}" Type="{WORKSHEET}" Target="worksheets/sheet{n}.xml"/>"#).unwrap();
        parts.push((format!("xl/worksheets/sheet{n}.xml"), sheet(rows)));
    }
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{workbook}</sheets></workbook>"#),
    ));
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!(r#"<Relationships xmlns="{PACKAGE}">{links}</Relationships>"#),
    ));
    std::fs::write(path, zip(&parts)).unwrap();
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const WORKSHEET: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

fn sheet(rows: &[&[&str]]) -> String {
    let mut text = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>"#);
    for (index, row) in rows.iter().enumerate() {
        write!(text, r#"<row r="{}">"#, index + 1).unwrap();
        for (cell, column) in row.iter().zip('A'..='Z') {
            let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
            write!(text, r#"<c r="{column}{}" t="inlineStr"><is><t>{cell}</t></is></c>"#, index + 1).unwrap();
        }
        text.push_str("</row>");
    }
    text + "</sheetData></worksheet>"
}

/// A zip archive of stored (not compressed) members.
fn zip(parts: &[(String, String)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let offset = u32::try_from(archive.len()).unwrap();
        let size = u32::try_from(content.len()).unwrap().to_le_bytes();
        let mut header =
            [[20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0].as_slice(), &crc32(content.as_bytes()).to_le_bytes(), &size, &size]
                .concat();
        header.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        header.extend([0, 0]);
        archive.extend([b"PK\x03\x04".as_slice(), &header, name.as_bytes(), content.as_bytes()].concat());
        let tail = [[0; 10].as_slice(), &offset.to_le_bytes(), name.as_bytes()].concat();
        directory.extend([b"PK\x01\x02\x14\x00".as_slice(), &header, &tail].concat());
    }
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    let size = u32::try_from(directory.len()).unwrap().to_le_bytes();
    let start = u32::try_from(archive.len()).unwrap().to_le_bytes();
    archive.extend(directory);
    archive.extend([b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count, &size, &start, &[0, 0]].concat());
    archive
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}
