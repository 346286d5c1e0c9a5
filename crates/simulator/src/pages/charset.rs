//! Writes text as windows-1252, the encoding that old content systems still use.

/// `html` in windows-1252. Characters it lacks become numeric references.
pub(crate) fn windows_1252(html: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(html.len());
    for ch in html.chars() {
        match u32::from(ch) {
            code @ (0..=0x7F | 0xA0..=0xFF) => bytes.extend(u8::try_from(code)),
            code => match special(ch) {
                Some(byte) => bytes.push(byte),
                None => bytes.extend_from_slice(format!("&#{code};").as_bytes()),
            },
        }
    }
    bytes
}

fn special(ch: char) -> Option<u8> {
    Some(match ch {
        '€' => 0x80,
        '…' => 0x85,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '™' => 0x99,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::windows_1252;

    #[test]
    fn every_character_survives() {
        assert_eq!(windows_1252("£9–ŵ"), b"\xA39\x96&#373;");
    }
}
