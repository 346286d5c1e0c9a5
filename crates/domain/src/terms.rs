//! Contract, hours, workplace, language, and why a field is empty.

use crate::text_enum::text_enum;

text_enum! {
    /// Kind of contract.
    ContractType {
        /// Open-ended.
        Permanent = "permanent",
        /// For a stated term.
        FixedTerm = "fixed_term",
        /// Temporary, contract, agency, seasonal.
        Temporary = "temporary",
        /// Bank, casual, relief.
        BankCasual = "bank_casual",
        /// Apprenticeship.
        Apprenticeship = "apprenticeship",
        /// Self-employed, freelance.
        SelfEmployed = "self_employed",
        /// Internship or placement.
        Internship = "internship",
        /// Not stated.
        Unknown = "unknown",
    }
}

text_enum! {
    /// Working hours.
    WorkingHours {
        /// Full time.
        FullTime = "full_time",
        /// Part time.
        PartTime = "part_time",
        /// Either.
        Either = "either",
        /// Zero hours.
        ZeroHours = "zero_hours",
        /// Not stated.
        Unknown = "unknown",
    }
}

text_enum! {
    /// Where the work is done.
    Remote {
        /// At the workplace.
        OnSite = "on_site",
        /// Some days at home.
        Hybrid = "hybrid",
        /// At home.
        Remote = "remote",
        /// Not stated.
        Unknown = "unknown",
    }
}

text_enum! {
    /// Language of an advertisement.
    Language {
        /// English.
        English = "en",
        /// Welsh.
        Welsh = "cy",
        /// Another.
        Other = "other",
    }
}

text_enum! {
    /// Why a field is empty.
    MissingReason {
        /// The advertisement says nothing.
        NotStated = "not_stated",
        /// It says something that has several readings.
        Ambiguous = "ambiguous",
        /// The field has no meaning here.
        NotApplicable = "not_applicable",
        /// It says something that could not be read.
        Unreadable = "unreadable",
    }
}
