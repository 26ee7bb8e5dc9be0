//! How much a thread insists on being run.
#![cfg_attr(all(test, target_os = "linux"), expect(clippy::disallowed_methods, reason = "a thread to compare with"))]

/// By how much work in the background is nicer than what a person waits for (`nice`, 0 to 19).
#[cfg(target_os = "linux")]
const NICER: i32 = 10;

/// Lets every other thread go first from now on, so that the screen answers while a machine with few cores is busy. On Linux
/// a thread has a priority of its own (nice(2), "C library/kernel differences"); elsewhere it would be that of the whole
/// program, and nothing is done.
pub fn yield_to_others() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(NICER) {
        log::info!("work in the background keeps its priority: {error}");
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn only_the_thread_that_asks_is_nicer() {
        let own = || rustix::process::nice(0).unwrap();
        let before = own();
        let other = thread::spawn(move || {
            yield_to_others();
            own()
        });
        assert_eq!(other.join().unwrap(), (before + NICER).min(19));
        assert_eq!(own(), before);
    }
}
