//! Job titles to SOC 2020, SOC 2010 and ISCO-08: cleaning, index, classifier, crosswalks, evaluation.
