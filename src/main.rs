//! The command line of lookback.
fn main() {}
