//! The tests of lookback as its users have it: repositories made in code, the whole command line, and the bytes that come out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets something unexpected has to stop"
)]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "lookback writes the names of its files in lower case")]
#![allow(clippy::too_many_lines, reason = "snapshots are long")]

mod addresses;
mod agenda;
mod approve;
mod architecture;
mod audiences;
mod canaries;
mod check;
mod command_line;
mod configuration_documentation;
mod diff;
mod documentation;
mod evidence;
mod export;
mod external_keys;
mod failures;
mod fixing;
mod harness;
mod histories;
mod hostile;
mod hostile_texts;
mod init;
mod inputs;
mod languages;
mod leaks;
mod levels;
mod lists;
mod messages;
mod mutations;
mod new;
mod planted_leaks;
mod publication;
mod random_marks;
mod recipes;
mod reproducible;
mod review;
mod search;
mod serve;
mod theme_api;
mod trends;
mod visibility;
mod web_safety;
mod word_diff;
