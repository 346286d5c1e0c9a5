//! Place names as keys: the same for every way of writing one name.

/// The key of a name: lower case, no points or apostrophes, hyphens as spaces, `&` as `and`, `saint` as `st`, accents
/// off, one space between words.
pub(super) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for ch in name.chars() {
        match ch {
            '.' | '\'' | '’' | '‘' | '`' | '´' | '*' | '"' => {}
            '&' | '+' => {
                space(&mut key);
                key.push_str("and ");
            }
            _ if ch.is_ascii_alphanumeric() => key.push(ch.to_ascii_lowercase()),
            'â' | 'á' | 'à' | 'ä' | 'Â' => key.push('a'),
            'ê' | 'é' | 'è' | 'ë' | 'É' => key.push('e'),
            'î' | 'í' | 'ï' | 'Î' => key.push('i'),
            'ô' | 'ó' | 'ò' | 'ö' | 'Ô' => key.push('o'),
            'û' | 'ú' | 'ü' | 'Û' => key.push('u'),
            'ŵ' | 'Ŵ' => key.push('w'),
            'ŷ' | 'Ŷ' => key.push('y'),
            _ if ch.is_alphanumeric() => key.extend(ch.to_lowercase()),
            _ => space(&mut key),
        }
    }
    let trimmed = key.trim_end().len();
    key.truncate(trimmed);
    if let Some(rest) = key.strip_prefix("saint ") {
        key = format!("st {rest}");
    }
    if let Some(rest) = key.strip_prefix("co ") {
        key = format!("county {rest}");
    }
    key
}

fn space(key: &mut String) {
    if !key.is_empty() && !key.ends_with(' ') {
        key.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn one_key_for_every_spelling() {
        for name in ["Stoke-on-Trent", "STOKE ON TRENT", " stoke  on trent "] {
            assert_eq!(key(name), "stoke on trent");
        }
        assert_eq!(key("King’s Lynn"), "kings lynn");
        assert_eq!(key("St. Helens"), "st helens");
        assert_eq!(key("Hammersmith & Fulham"), "hammersmith and fulham");
        assert_eq!(key("Co. Durham"), "county durham");
        assert_eq!(key("Ynys Môn"), "ynys mon");
    }
}
