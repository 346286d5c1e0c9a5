//! From the written file to the compiled description, each refusal with its line and column.

use super::file::{DocumentFile, OneOrMany, PortalFile, RuleFile, SignFile, TransformFile};
use super::{
    Chain, DocumentSpec, FieldRules, Format, Items, JsonPath, NextPage, PortalSpec, RateSpec, RobotsException, Rule,
    Sign, Source, SpecError, SpecLocation, Terms, Transform, UrlRules,
};
use openvacancy_domain::PortalId;
use openvacancy_domain::posting::FIELDS;
use regex::Regex;
use scraper::Selector;
use std::ops::Range;
use toml::Spanned;
use url::Url;

const DEFAULT_LISTING_PAGES: u32 = 5_000;

struct Context<'a> {
    file: &'a str,
    text: &'a str,
}

pub(super) fn compile(file: &str, text: &str) -> Result<PortalSpec, SpecError> {
    let context = Context { file, text };
    let portal: PortalFile =
        toml::from_str(text).map_err(|error| context.error(error.span().unwrap_or(0..0), error.message()))?;
    context.portal(portal)
}

/// An absolute http(s) address that others can be joined to.
pub(super) fn base_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("'{text}' is not an absolute address: {error}"))?;
    match (url.scheme(), url.host_str()) {
        ("http" | "https", Some(_)) => Ok(url),
        _ => Err(format!("'{text}' is not an http or https address")),
    }
}

impl Context<'_> {
    fn error(&self, span: Range<usize>, message: impl Into<String>) -> SpecError {
        SpecError { location: SpecLocation::at(self.file, self.text, span.start), message: message.into() }
    }

    fn portal(&self, file: PortalFile) -> Result<PortalSpec, SpecError> {
        let id = PortalId::from_text(file.id.get_ref()).filter(|id| id.as_str() == file.id.get_ref());
        let id = id.ok_or_else(|| {
            self.error(file.id.span(), format!("'{}' is not a portal id: lower-case words, hyphens", file.id.get_ref()))
        })?;
        let base = base_url(file.base_url.get_ref()).map_err(|message| self.error(file.base_url.span(), message))?;
        let read_on = file.terms.read_on.get_ref().parse().map_err(|_| {
            self.error(file.terms.read_on.span(), "expected the day the terms were read as \"YYYY-MM-DD\"")
        })?;
        for field in &file.publish {
            self.field_name(field)?;
        }
        for start in &file.crawl.start {
            if base.join(start.get_ref()).is_err() {
                return Err(self.error(start.span(), format!("'{}' is not an address", start.get_ref())));
            }
        }
        if file.crawl.start.is_empty() {
            return Err(self.error(file.id.span(), "crawl.start names no address to begin with"));
        }
        let documents = file.document.into_iter().map(|document| self.document(document)).collect::<Result<_, _>>()?;
        Ok(PortalSpec {
            id,
            name: file.name,
            owner: file.owner,
            about: file.about,
            terms: Terms { status: file.terms.status, read_on, note: file.terms.note },
            publish: file.publish.into_iter().map(Spanned::into_inner).collect(),
            robots_exceptions: self.exceptions(file.robots.exception)?,
            rate: self.rate(&file.rate)?,
            cron: file.schedule.cron,
            max_listing_pages: file.crawl.max_listing_pages.map_or(DEFAULT_LISTING_PAGES, Spanned::into_inner),
            confirm_unlisted: file.crawl.confirm_unlisted,
            url_rules: UrlRules {
                drop_query: file.url.drop_query,
                posting_without_query: file.url.posting_without_query,
            },
            base_url: base,
            hosts: file.hosts.into_iter().map(Spanned::into_inner).collect(),
            start: file.crawl.start.into_iter().map(Spanned::into_inner).collect(),
            gone: self.signs(file.gone)?,
            blocked: self.signs(file.blocked)?,
            documents,
        })
    }

    fn exceptions(&self, written: Vec<super::file::ExceptionFile>) -> Result<Vec<RobotsException>, SpecError> {
        let mut exceptions = Vec::new();
        for exception in written {
            if !exception.path.get_ref().starts_with('/') {
                return Err(self.error(exception.path.span(), "a robots exception is a path that begins with '/'"));
            }
            if exception.reason.get_ref().trim().is_empty() {
                return Err(self.error(exception.reason.span(), "a robots exception needs its reason"));
            }
            exceptions
                .push(RobotsException { path: exception.path.into_inner(), reason: exception.reason.into_inner() });
        }
        Ok(exceptions)
    }

    fn rate(&self, file: &super::file::RateFile) -> Result<RateSpec, SpecError> {
        let per_second = *file.requests_per_second.get_ref();
        if !(per_second.is_finite() && (0.000_1..=100_000.0).contains(&per_second)) {
            return Err(
                self.error(file.requests_per_second.span(), "expected between 0.0001 and 100000 requests a second")
            );
        }
        if *file.concurrency.get_ref() == 0 {
            return Err(self.error(file.concurrency.span(), "expected at least 1"));
        }
        Ok(RateSpec {
            requests_per_second: per_second,
            concurrency: *file.concurrency.get_ref(),
            requests_per_day: file.requests_per_day.as_ref().map(|budget| *budget.get_ref()),
        })
    }

    fn signs(&self, written: Vec<SignFile>) -> Result<Vec<Sign>, SpecError> {
        let mut signs = Vec::new();
        for sign in written {
            signs.push(Sign {
                css: sign.css.as_ref().map(|css| self.selector(css)).transpose()?,
                redirected_to: sign.redirected_to.as_ref().map(|pattern| self.regex(pattern)).transpose()?,
                // A phrase is looked for in a marked place only: advertisements quote such phrases in their prose.
                contains: match (&sign.contains, &sign.css) {
                    (Some(phrase), None) => {
                        return Err(self.error(phrase.span(), "'contains' needs 'css': say where the phrase stands"));
                    }
                    (Some(phrase), Some(_)) => Some(crate::text::fold(phrase.get_ref())),
                    (None, _) => None,
                },
                status: sign.status,
                reason: sign.reason,
            });
        }
        Ok(signs)
    }

    fn document(&self, file: DocumentFile) -> Result<DocumentSpec, SpecError> {
        let name = file.name.get_ref().clone();
        let recognise = file.recognise.get_ref();
        if recognise.url.is_none() && recognise.css.is_none() && recognise.json.is_none() {
            return Err(self.error(file.recognise.span(), "say how to recognise it: url, css or json"));
        }
        let items = match &file.items {
            None => None,
            Some(items) => Some(match (&items.get_ref().css, &items.get_ref().json) {
                (Some(css), None) => Items::Css(self.selector(css)?),
                (None, Some(path)) => Items::Json(self.path(path.span(), path.get_ref())?),
                _ => return Err(self.error(items.span(), "items are found by css or by json, one of them")),
            }),
        };
        let mut fields = Vec::new();
        for (field, rules) in &file.fields {
            self.field_name(field)?;
            if rules.is_empty() {
                return Err(self.error(field.span(), format!("field '{}' has no rule", field.get_ref())));
            }
            fields.push(FieldRules { name: field.get_ref().clone(), chain: self.chain(rules, file.format)? });
        }
        if !fields.is_empty() && !fields.iter().any(|field| field.name == "title") {
            return Err(self.error(file.name.span(), format!("document '{name}' has fields but no 'title'")));
        }
        if fields.is_empty() && file.posting_link.is_none() {
            return Err(self.error(file.name.span(), format!("document '{name}' has neither fields nor posting_link")));
        }
        let next_page = match file.next_page {
            None => None,
            Some(next) => {
                let span = next.span();
                let next = next.into_inner();
                if *next.step.get_ref() == 0 || *next.size.get_ref() == 0 {
                    return Err(self.error(span, "step and size are at least 1"));
                }
                Some(NextPage {
                    parameter: next.parameter.into_inner(),
                    first: next.first,
                    step: next.step.into_inner(),
                    size: next.size.into_inner(),
                })
            }
        };
        Ok(DocumentSpec {
            url: recognise.url.as_ref().map(|pattern| self.regex(pattern)).transpose()?,
            css: recognise.css.as_ref().map(|css| self.selector(css)).transpose()?,
            json: recognise.json.as_ref().map(|path| self.path(path.span(), path.get_ref())).transpose()?,
            embedded_json: file.embedded_json.as_ref().map(|css| self.selector(css)).transpose()?,
            items,
            posting_link: self.optional_chain(file.posting_link.as_deref(), file.format)?,
            next: self.optional_chain(file.next.as_deref(), file.format)?,
            next_page,
            total: self.optional_chain(file.total.as_deref(), file.format)?,
            fields,
            format: file.format,
            name,
        })
    }

    fn optional_chain(&self, rules: Option<&[Spanned<RuleFile>]>, format: Format) -> Result<Option<Chain>, SpecError> {
        rules.map(|rules| self.chain(rules, format)).transpose()
    }

    fn chain(&self, rules: &[Spanned<RuleFile>], format: Format) -> Result<Chain, SpecError> {
        rules.iter().map(|rule| self.rule(rule, format)).collect()
    }

    fn rule(&self, written: &Spanned<RuleFile>, format: Format) -> Result<Rule, SpecError> {
        let rule = written.get_ref();
        let wrong = |message: &str| self.error(written.span(), message);
        let mut sources = Vec::new();
        if let Some(paths) = &rule.jsonld {
            sources.push(Source::JsonLd(self.paths(paths)?));
        }
        if let Some(paths) = &rule.json {
            sources.push(Source::Json(self.paths(paths)?));
        }
        if let Some(css) = &rule.css {
            sources.push(Source::Css { selector: self.selector(css)?, attr: rule.attr.clone() });
        }
        if let Some(labels) = &rule.label {
            let labels = labels.iter().map(|label| crate::text::fold(label)).collect();
            let within = rule.within.as_ref().map(|css| self.selector(css)).transpose()?;
            sources.push(Source::Label { labels, within });
        }
        if let Some(name) = &rule.meta {
            sources.push(Source::Meta(name.clone()));
        }
        if let Some(pattern) = &rule.url {
            sources.push(Source::Url(self.regex(pattern)?));
        }
        if let Some(constant) = &rule.constant {
            sources.push(Source::Constant(constant.clone()));
        }
        let Some(source) = sources.pop().filter(|_| sources.is_empty()) else {
            return Err(wrong("a rule names one place: jsonld, json, css, label, meta, url or constant"));
        };
        if rule.attr.is_some() && !matches!(source, Source::Css { .. }) {
            return Err(wrong("'attr' goes with 'css'"));
        }
        if rule.within.is_some() && !matches!(source, Source::Label { .. }) {
            return Err(wrong("'within' goes with 'label'"));
        }
        let html_only =
            matches!(source, Source::Css { .. } | Source::Label { .. } | Source::Meta(_) | Source::JsonLd(_));
        if html_only && format == Format::Json {
            return Err(wrong("this place exists in HTML documents only"));
        }
        let transforms = rule.transforms.iter().map(|transform| self.transform(transform)).collect::<Result<_, _>>()?;
        Ok(Rule { source, join: rule.join.clone(), transforms })
    }

    fn transform(&self, written: &Spanned<TransformFile>) -> Result<Transform, SpecError> {
        Ok(match written.get_ref() {
            TransformFile::Trim => Transform::Trim,
            TransformFile::Collapse => Transform::Collapse,
            TransformFile::HtmlText => Transform::HtmlText,
            TransformFile::Unescape => Transform::Unescape,
            TransformFile::IsoDate => Transform::IsoDate,
            TransformFile::Integer => Transform::Integer,
            TransformFile::Number => Transform::Number,
            TransformFile::FirstLine => Transform::FirstLine,
            TransformFile::Lowercase => Transform::Lowercase,
            TransformFile::Uppercase => Transform::Uppercase,
            TransformFile::AbsoluteUrl => Transform::AbsoluteUrl,
            TransformFile::JsonList => Transform::JsonList,
            TransformFile::EpochSeconds => Transform::EpochSeconds,
            TransformFile::EpochMillis => Transform::EpochMillis,
            TransformFile::Before(text) => Transform::Before(text.clone()),
            TransformFile::After(text) => Transform::After(text.clone()),
            TransformFile::Regex(pattern) => Transform::Regex(self.pattern(written.span(), pattern)?),
            TransformFile::Split(text) => Transform::Split(text.clone()),
            TransformFile::Map(map) => Transform::Map(map.clone()),
            TransformFile::Drop(texts) => Transform::Drop(texts.clone()),
        })
    }

    fn field_name(&self, field: &Spanned<String>) -> Result<(), SpecError> {
        let name = field.get_ref().as_str();
        let ours = ["portal", "fetched_at"];
        if (FIELDS.contains(&name) && !ours.contains(&name))
            || name.strip_prefix("extra.").is_some_and(|n| !n.is_empty())
        {
            return Ok(());
        }
        let known: Vec<&str> = FIELDS.iter().copied().filter(|known| !ours.contains(known)).collect();
        let message = format!("a posting has no field '{name}'; it has {} and \"extra.NAME\"", known.join(", "));
        Err(self.error(field.span(), message))
    }

    fn selector(&self, css: &Spanned<String>) -> Result<Selector, SpecError> {
        Selector::parse(css.get_ref())
            .map_err(|error| self.error(css.span(), format!("'{}' is not a CSS selector: {error}", css.get_ref())))
    }

    fn regex(&self, pattern: &Spanned<String>) -> Result<Regex, SpecError> {
        self.pattern(pattern.span(), pattern.get_ref())
    }

    fn pattern(&self, span: Range<usize>, pattern: &str) -> Result<Regex, SpecError> {
        Regex::new(pattern).map_err(|error| self.error(span, format!("not a regular expression: {error}")))
    }

    fn path(&self, span: Range<usize>, path: &str) -> Result<JsonPath, SpecError> {
        JsonPath::parse(path).map_err(|message| self.error(span, message))
    }

    fn paths(&self, paths: &Spanned<OneOrMany>) -> Result<Vec<JsonPath>, SpecError> {
        let all = &paths.get_ref().0;
        if all.is_empty() {
            return Err(self.error(paths.span(), "an empty list of paths finds nothing"));
        }
        all.iter().map(|path| self.path(paths.span(), path)).collect()
    }
}
