//! Monthly datasets: quality report, disclosure control, exports.
