//! The shape of portal.toml as it is written. Unknown keys are refused, so that a slip of the pen is seen.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PortalFile {
    pub(super) id: Text,
    pub(super) name: String,
    pub(super) owner: String,
    #[serde(default)]
    pub(super) about: String,
    pub(super) base_url: Text,
    /// Further hosts that belong to the portal.
    #[serde(default)]
    pub(super) hosts: Vec<Text>,
    /// Fields of single advertisements that the terms let us show in public.
    #[serde(default)]
    pub(super) publish: Vec<Text>,
    pub(super) terms: TermsFile,
    #[serde(default)]
    pub(super) robots: RobotsFile,
    pub(super) rate: RateFile,
    #[serde(default)]
    pub(super) schedule: ScheduleFile,
    pub(super) crawl: CrawlFile,
    #[serde(default)]
    pub(super) url: UrlFile,
    #[serde(default)]
    pub(super) gone: Vec<SignFile>,
    #[serde(default)]
    pub(super) blocked: Vec<SignFile>,
    pub(super) document: Vec<DocumentFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermsFile {
    pub(super) status: super::TermsStatus,
    /// Day the terms were read, ISO 8601.
    pub(super) read_on: Text,
    pub(super) note: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RobotsFile {
    #[serde(default)]
    pub(super) exception: Vec<ExceptionFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExceptionFile {
    pub(super) path: Text,
    pub(super) reason: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RateFile {
    pub(super) requests_per_second: Spanned<f64>,
    pub(super) concurrency: Spanned<u32>,
    pub(super) requests_per_day: Option<Spanned<u64>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct ScheduleFile {
    #[serde(default)]
    pub(super) cron: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CrawlFile {
    pub(super) start: Vec<Text>,
    pub(super) max_listing_pages: Option<Spanned<u32>>,
    #[serde(default)]
    pub(super) confirm_unlisted: bool,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct UrlFile {
    /// Query parameters to drop; `*` at the end stands for anything.
    #[serde(default)]
    pub(super) drop_query: Vec<String>,
    /// Drop the whole query of a posting's address.
    #[serde(default)]
    pub(super) posting_without_query: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignFile {
    pub(super) status: Option<Vec<u16>>,
    pub(super) css: Option<Text>,
    pub(super) contains: Option<Text>,
    pub(super) redirected_to: Option<Text>,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentFile {
    pub(super) name: Text,
    pub(super) format: super::Format,
    pub(super) recognise: Spanned<RecogniseFile>,
    /// Where JSON lies inside an HTML page: the selector of its script element.
    pub(super) embedded_json: Option<Text>,
    pub(super) items: Option<Spanned<ItemsFile>>,
    pub(super) posting_link: Option<Vec<Spanned<RuleFile>>>,
    pub(super) next: Option<Vec<Spanned<RuleFile>>>,
    pub(super) next_page: Option<Spanned<NextPageFile>>,
    pub(super) total: Option<Vec<Spanned<RuleFile>>>,
    #[serde(default)]
    pub(super) fields: BTreeMap<Spanned<String>, Vec<Spanned<RuleFile>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecogniseFile {
    pub(super) url: Option<Text>,
    pub(super) css: Option<Text>,
    pub(super) json: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemsFile {
    pub(super) css: Option<Text>,
    pub(super) json: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NextPageFile {
    pub(super) parameter: Text,
    pub(super) first: u64,
    pub(super) step: Spanned<u64>,
    pub(super) size: Spanned<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub(super) jsonld: Option<Spanned<OneOrMany>>,
    pub(super) json: Option<Spanned<OneOrMany>>,
    pub(super) css: Option<Text>,
    pub(super) attr: Option<String>,
    pub(super) label: Option<Vec<String>>,
    pub(super) within: Option<Text>,
    pub(super) meta: Option<String>,
    pub(super) url: Option<Text>,
    pub(super) constant: Option<String>,
    pub(super) join: Option<String>,
    #[serde(rename = "as", default)]
    pub(super) transforms: Vec<Spanned<TransformFile>>,
}

/// `"a.b"` or `["a.b", "a.c"]`. Written by hand, because an untagged enum's messages help nobody.
pub(super) struct OneOrMany(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a path such as \"a.b\", or a list of paths")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![text.to_owned()]))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<OneOrMany, A::Error> {
                let mut paths = Vec::new();
                while let Some(path) = items.next_element::<String>()? {
                    paths.push(path);
                }
                Ok(OneOrMany(paths))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// A named transform as written: `"trim"`, `{ after = "Posted" }`.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TransformFile {
    Trim,
    Collapse,
    HtmlText,
    Unescape,
    IsoDate,
    Integer,
    Number,
    FirstLine,
    Lowercase,
    Uppercase,
    AbsoluteUrl,
    JsonList,
    EpochSeconds,
    EpochMillis,
    Before(String),
    After(String),
    Regex(String),
    Split(String),
    Map(BTreeMap<String, String>),
    Drop(Vec<String>),
}
