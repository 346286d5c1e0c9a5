//! Place, pay, terms, education, experience, skills, sector and dates read out of an advertisement.
