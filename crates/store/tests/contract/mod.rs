//! What every store must do, whichever database is behind it: one file for one port. `contract_suite!` makes a test of
//! each function, on a fresh store each time, so that every back-end runs the same tests.

#![allow(unreachable_pub, reason = "the functions are named by the macro from outside")]

pub mod corrections;
pub mod fetching;
pub mod opened;
pub mod postings;
pub mod releases;
pub mod runs;
pub mod samples;
pub mod search;
pub mod server;
pub mod together;
pub mod users;
pub mod vacancies;

/// Runs the contract on the stores that `$open` makes: `fn() -> Option<Opened>`, `None` where there is no server.
#[macro_export]
macro_rules! contract_suite {
    ($open:path) => {
        $crate::contract_suite!(@module $open, runs [
            a_run_is_opened_and_closed, an_unknown_run_is_not_found, problems_are_kept_in_order, newest_runs_come_first
        ]);
        $crate::contract_suite!(@module $open, postings [
            a_posting_comes_back_as_it_was, outcomes_follow_content, two_of_one_id_in_one_batch_are_taken_in_order,
            an_earlier_content_may_return, an_import_has_no_sighting, a_seen_posting_is_open_again,
            an_older_sighting_leaves_a_closed_posting_closed, closing_counts_only_open_ones,
            unseen_open_postings_are_found, pages_go_by_key, pending_until_coded_with_these_versions,
            a_coding_is_replaced_and_goes_with_its_content, codings_of_unknown_content_are_refused_whole,
            portals_have_spans, prose_is_kept_once_and_found_by_hash, large_batches_and_odd_text_survive, nul_is_taken_out,
            recording_is_safe_from_many_threads
        ]);
        $crate::contract_suite!(@module $open, fetching [
            a_round_begins_and_is_resumed, listings_come_first_and_a_failed_try_goes_to_the_end,
            a_fetched_page_leaves_the_queue_and_never_returns, all_that_follows_from_a_page_is_kept,
            the_order_of_pages_decides_between_shown_and_gone, a_commit_that_fails_leaves_no_trace,
            rounds_of_portals_are_apart, captures_page_in_order, the_last_capture_has_a_body
        ]);
        $crate::contract_suite!(@module $open, vacancies [
            a_vacancy_comes_back_as_it_was, a_new_set_is_seen_only_when_committed, a_set_not_committed_is_given_up,
            a_merged_id_becomes_an_alias, an_alias_follows_its_posting_and_ends_when_the_id_lives_again,
            vacancies_and_links_page_in_order, one_posting_cannot_be_two_vacancies,
            a_reader_sees_one_set_or_the_other
        ]);
        $crate::contract_suite!(@module $open, corrections [
            a_correction_comes_back_as_it_was, the_same_decision_is_kept_once, a_file_can_be_imported_twice,
            going_back_to_an_earlier_value_is_a_new_decision, a_withdrawn_decision_no_longer_holds,
            link_rules_take_the_newest_of_a_pair, a_decision_that_says_nothing_is_refused_whole
        ]);
        $crate::contract_suite!(@module $open, releases [
            a_release_is_unseen_until_finished, a_draft_is_replaced_and_a_published_one_has_a_successor,
            a_published_release_never_changes, a_release_under_way_takes_rows_and_another_does_not,
            the_former_draft_stays_while_its_successor_is_built, vacancies_come_back_as_they_were,
            vacancy_pages_are_complete_and_stable, vacancies_are_filtered,
            observations_come_in_order, observation_pages_are_complete, observations_are_filtered,
            a_malformed_cursor_is_a_conflict, the_same_number_twice_is_refused_whole
        ]);
        $crate::contract_suite!(@module $open, search [
            a_word_is_found_by_its_beginning, case_and_accents_do_not_matter, every_word_must_occur,
            punctuation_is_no_word, marks_cannot_be_searched_for, pages_of_a_search_are_complete,
            a_search_goes_with_every_filter, open_vacancies_are_those_of_the_instant,
            releases_are_searched_apart, a_draft_that_is_replaced_leaves_the_index
        ]);
        $crate::contract_suite!(@pair $open, together [
            overlapping_postings_are_recorded_as_if_in_order, a_reader_by_key_misses_nothing,
            two_collectors_share_a_frontier, a_set_begun_meanwhile_ends_the_other,
            a_build_begun_meanwhile_ends_the_other, the_same_decision_of_two_reviewers_is_kept_once,
            a_claim_is_held_by_one, a_round_of_one_is_resumed_by_the_other
        ]);
        $crate::contract_suite!(@module $open, users [
            a_user_signs_in_with_the_right_password_only, a_name_is_taken_once, a_disabled_user_cannot_sign_in
        ]);
    };
    (@module $open:path, $module:ident [$($test:ident),+ $(,)?]) => {
        mod $module {
            $(
                #[test]
                fn $test() {
                    let Some(opened) = $open() else { return };
                    $crate::contract::$module::$test(&*opened);
                }
            )+
        }
    };
    (@pair $open:path, $module:ident [$($test:ident),+ $(,)?]) => {
        mod $module {
            $(
                #[test]
                fn $test() {
                    let Some(opened) = $open() else { return };
                    $crate::contract::$module::$test(&*opened, &*opened.again());
                }
            )+
        }
    };
}
