//! Makes a sentence of a template: `[a|b]` chooses one, `{slot}` is filled in.

use crate::random::Dice;

/// Makes a sentence. `fill` gives the words of a slot; a slot it does not know stays as it is.
pub(crate) fn spin(template: &str, dice: &mut Dice, fill: &dyn Fn(&str, &mut Dice) -> Option<String>) -> String {
    let mut sentence = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(at) = rest.find(['[', '{']) {
        let (before, from) = rest.split_at(at);
        sentence.push_str(before);
        let close = if from.starts_with('[') { ']' } else { '}' };
        let Some(end) = from.find(close) else { break };
        let inner = &from[1..end];
        if close == ']' {
            let choices: Vec<&str> = inner.split('|').collect();
            let chosen = dice.pick(&choices);
            sentence.push_str(&spin(chosen, dice, fill));
        } else {
            match fill(inner, dice) {
                Some(words) => sentence.push_str(&words),
                None => sentence.push_str(&from[..=end]),
            }
        }
        rest = &from[end + 1..];
    }
    sentence.push_str(rest);
    sentence
}

#[cfg(test)]
mod tests {
    use super::spin;
    use crate::random::{Dice, Stream};

    #[test]
    fn templates_are_chosen_from_and_filled_in() {
        let check = |template: &str, expected: &[&str]| {
            for number in 0..20 {
                let mut dice = Dice::new(1, Stream::Prose, number);
                let made = spin(template, &mut dice, &|slot, _| (slot == "x").then(|| "xylophone".to_owned()));
                assert!(expected.contains(&made.as_str()), "{made}");
            }
        };
        check("Play [a|the] {x}.", &["Play a xylophone.", "Play the xylophone."]);
        check("{x}s [are {x}s|rule]", &["xylophones are xylophones", "xylophones rule"]);
        check("{unknown} stays", &["{unknown} stays"]);
        check("[open", &["[open"]);
    }
}
