//! Required, desirable or not meant: what the words about a qualification say of it.

use crate::pattern::any_of;
use crate::text::{after, before, has_any};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stance {
    Required,
    Desirable,
    NotMeant,
}

/// How the sentence of a cue at `at..end` stands to it.
pub(super) fn stance(text: &str, at: usize, end: usize, under_desirable: bool) -> Stance {
    let head = &text[..at];
    let near = before(text, at, 60);
    let tail = after(text, end, 90);
    // What the employer offers, who it is, and what its staff have.
    if any_of!(
        near,
        [
            "we will support you",
            "support you to",
            "opportunity to gain",
            "opportunity to complete",
            "opportunity to achieve",
            "opportunity to study",
            "funded",
            "you will gain",
            "work towards",
            "working towards",
            "study towards",
            "studying towards",
            "willing to complete",
            "willingness to",
            "towards a",
            "help you gain",
            "support towards",
            "offer you",
            "training to",
            "undertake a",
            "enrol",
        ]
    ) || any_of!(tail, ["will be provided", "provided", "funded", "support package", "study support", "sponsorship"])
    {
        return Stance::Desirable;
    }
    if any_of!(
        near,
        [
            "our graduates",
            "leading provider",
            "we offer",
            "students on",
            "teaching of",
            "deliver ",
            "delivering ",
            "taught",
            "undergraduate and",
            "provider of",
        ]
    ) && !any_of!(text, ["essential", "must", "required", "qualified to"])
    {
        return Stance::NotMeant;
    }
    if any_of!(near, ["no ", "not need a", "don't need", "do not need", "without a", "not require a", "no need for"])
        && !near.contains("no less")
    {
        let negated = near.rsplit(['.', ',']).next().unwrap_or(near);
        if any_of!(negated, ["no ", "not need", "n't need", "without a", "not require"]) {
            return Stance::Desirable;
        }
    }
    let required = any_of!(
        text,
        [
            "essential",
            "must",
            "required",
            "minimum",
            "mandatory",
            "need to have",
            "you will have",
            "you'll have",
            "should have",
            "you will be",
            "qualified to",
            "educated to",
        ]
    );
    let desirable = any_of!(
        tail,
        [
            "desirable",
            "preferred",
            "advantage",
            "beneficial",
            "an asset",
            "a plus",
            "bonus",
            "ideally",
            "preferable",
            "not needed",
            "not required",
            "not necessary",
            "unnecessary",
            "not essential",
            "welcome",
            "nice to have",
            "would be useful",
        ]
    ) || any_of!(
        head,
        ["desirable", "ideally", "preferably", "advantageous", "nice to have", "bonus", "would be beneficial"]
    );
    if desirable
        && !(required
            && has_any(head, &["essential", "must have"])
            && !has_any(tail, &["desirable", "preferred", "advantage"]))
    {
        return Stance::Desirable;
    }
    if under_desirable && !required { Stance::Desirable } else { Stance::Required }
}

/// The headings 'Essential' and 'Desirable' that person specifications are divided by.
#[derive(Debug, Default)]
pub(super) struct Headings {
    marks: Vec<(usize, bool)>,
}

impl Headings {
    pub(super) fn find(prose: &str) -> Self {
        let mut marks = Vec::new();
        let mut start = 0;
        for line in prose.split('\n') {
            let trimmed = line.trim().trim_end_matches(':');
            if trimmed.len() <= 40 && !trimmed.is_empty() {
                let is = |word: &str| trimmed.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
                if is("desirable") || is("nice to have") || is("preferred") || is("bonus") {
                    marks.push((start, true));
                } else if is("essential")
                    || is("requirements")
                    || is("you will have")
                    || is("qualifications")
                    || is("required")
                    || is("experience")
                    || is("skills")
                {
                    marks.push((start, false));
                }
            }
            start += line.len() + 1;
        }
        Self { marks }
    }

    pub(super) fn desirable(&self, at: usize) -> bool {
        self.marks.iter().rev().find(|(start, _)| *start <= at).is_some_and(|(_, desirable)| *desirable)
    }
}
