//! The tests of lookback as its users have it: repositories made in code, the whole command line, and the bytes that come out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets something unexpected has to stop"
)]

mod architecture;
mod external_keys;
mod harness;
mod leaks;
mod publication;
mod review;
