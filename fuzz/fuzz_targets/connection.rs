#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tramline::fuzzing::connection(data));
