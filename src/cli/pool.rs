//! Work on many threads whose results come in order.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Does `work` for each of `jobs` and hands the results to `take` in the order of the jobs, as soon as
/// they are there. Each thread has a `state` of its own. `take` can break off what is left.
pub(crate) fn in_order<Job, State, Output>(
    jobs: &[Job],
    threads: usize,
    state: impl Fn() -> State + Sync,
    work: impl Fn(&mut State, &Job) -> Output + Sync,
    mut take: impl FnMut(Output) -> ControlFlow<()>,
) where
    Job: Sync,
    Output: Send,
{
    let threads = threads.min(jobs.len());
    if threads <= 1 {
        let mut state = state();
        for job in jobs {
            if take(work(&mut state, job)).is_break() {
                return;
            }
        }
        return;
    }
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let send = send.clone();
            let (next, state, work) = (&next, &state, &work);
            scope.spawn(move || {
                let mut state = state();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(job) = jobs.get(index) else { return };
                    // Nobody listens any more once `take` has broken off.
                    if send.send((index, work(&mut state, job))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        let mut due = 0;
        // Ends when every thread has; the receiver goes with the loop, which ends the threads.
        for (index, output) in receive {
            early.insert(index, output);
            while let Some(output) = early.remove(&due) {
                due += 1;
                if take(output).is_break() {
                    return;
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_the_threads() {
        let jobs: Vec<u64> = (0..200).collect();
        for threads in [0, 1, 2, 7] {
            let mut seen = Vec::new();
            in_order(
                &jobs,
                threads,
                || (),
                |(), job| {
                    std::thread::sleep(std::time::Duration::from_micros((job % 7) * 30));
                    job * 2
                },
                |output| {
                    seen.push(output);
                    if seen.len() == 150 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                },
            );
            assert_eq!(seen, (0..150).map(|job| job * 2).collect::<Vec<_>>());
        }
    }
}
