//! One posting as a portal shows it, without its prose, which is written when a page is asked for.

use crate::fault::Fault;
use crate::portal::Portal;
use chrono::NaiveDate;
use openvacancy_domain::PostingId;
use openvacancy_domain::pay::WagePeriod;

/// Pay as a portal gives it in structured form beside the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StructuredPay {
    /// Lower figure, pounds.
    pub min: f64,
    /// Upper figure, pounds.
    pub max: f64,
    /// What the portal says the figures are for. Now and then it is wrong, as on real portals.
    pub unit: WagePeriod,
}

/// How the prose of one posting departs from the vacancy's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ProseForm {
    /// Only the first 450 characters or so and an ellipsis.
    pub(crate) snippet: bool,
    /// Paragraphs in another order.
    pub(crate) reordered: bool,
    /// An agency's voice: 'our client', the agency's footer.
    pub(crate) agency: Option<u32>,
    /// The pay is said in the prose.
    pub(crate) says_pay: bool,
}

/// One posting as a portal shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// The portal.
    pub portal: Portal,
    /// The portal's own id.
    pub id: String,
    /// Number of the vacancy behind it.
    pub vacancy: u32,
    /// The employer's or agency's reference.
    pub reference: Option<String>,
    /// Title as shown.
    pub title: String,
    /// Employer or agency as shown.
    pub employer: String,
    /// Place as shown.
    pub location: Option<String>,
    /// Town of the structured address.
    pub town: Option<String>,
    /// County of the structured address.
    pub county: Option<String>,
    /// Postcode, whole or outward, of the structured address.
    pub postcode: Option<String>,
    /// Pay as shown.
    pub salary: Option<String>,
    /// Pay in structured form.
    pub structured: Option<StructuredPay>,
    /// Contract as shown.
    pub contract: Option<&'static str>,
    /// Hours as shown.
    pub hours: Option<String>,
    /// The portal's category.
    pub category: &'static str,
    /// Day posted as shown.
    pub posted: NaiveDate,
    /// Last day to apply as shown.
    pub closing: Option<NaiveDate>,
    /// First day the portal shows it.
    pub live_from: NaiveDate,
    /// Last day the portal shows it.
    pub live_to: NaiveDate,
    /// What is wrong with its page.
    pub fault: Option<Fault>,
    /// Chooses among the harmless variations of the portal's pages.
    pub(crate) variant: u32,
    pub(crate) form: ProseForm,
    /// Pay in words, as the prose may say it.
    pub(crate) spoken_pay: Option<String>,
}

impl Listing {
    /// What names the posting for good.
    #[must_use]
    pub fn posting_id(&self) -> PostingId {
        PostingId { portal: self.portal.id(), id: self.id.clone() }
    }

    /// Whether the portal shows it on `day`.
    #[must_use]
    pub fn is_live(&self, day: NaiveDate) -> bool {
        self.live_from <= day && day <= self.live_to
    }

    /// Whether its page carries JSON-LD that can be read: most of `pretend-harbour`, nothing else.
    pub(crate) fn has_json_ld(&self) -> bool {
        self.portal == Portal::Harbour && self.fault != Some(Fault::BrokenJsonLd) && self.variant % 17 != 3
    }

    /// The address of its page, from the root of the portal.
    #[must_use]
    pub fn path(&self) -> String {
        match self.portal {
            Portal::Harbour => format!("/job/{}-{}", slug(&self.title), self.id),
            Portal::Civic => format!("/vacancy/{}", self.id),
            Portal::Feed => format!("/vacancies/{}", self.id),
        }
    }
}

/// Lower-case words joined by hyphens, at most 60 characters.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for ch in title.chars() {
        if ch.is_ascii_alphanumeric() {
            slug.push(ch.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 60 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "job".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_hold_only_letters_digits_and_hyphens() {
        let check = |title: &str, expected: &str| assert_eq!(slug(title), expected);
        check("Chef de Partie (x3) – £13.50/hr", "chef-de-partie-x3-13-50-hr");
        check("!!!", "job");
        check("", "job");
    }
}
