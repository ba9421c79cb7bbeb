//! Work on many threads whose results come in order.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError, mpsc};

/// How far each thread may be ahead of the job whose result is due. Enough that no thread waits for a
/// slow one for long; little enough that a slow first article does not make the results of ten thousand
/// others pile up.
const AHEAD: usize = 16;

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
    // A thread takes a job where there is a ticket for it, and a new ticket is handed out for each result
    // that was taken: so there are never more results than tickets.
    let (issue, tickets) = mpsc::channel();
    let tickets = Mutex::new(tickets);
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        // Moved in here, so that they are dropped, and the threads end, before the scope waits for them.
        let (issue, receive) = (issue, receive);
        let mut waiting = jobs.iter().enumerate();
        for ticket in waiting.by_ref().take(threads.saturating_mul(AHEAD)) {
            let _ = issue.send(ticket);
        }
        for _ in 0..threads {
            let send = send.clone();
            let (tickets, state, work) = (&tickets, &state, &work);
            scope.spawn(move || {
                let mut state = state();
                loop {
                    let ticket = tickets.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((index, job)) = ticket else { return };
                    // One that panics must not leave the others waiting for its result.
                    let output = catch_unwind(AssertUnwindSafe(|| work(&mut state, job)));
                    // Nobody listens any more once `take` has broken off.
                    if send.send((index, output)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        for due in 0..jobs.len() {
            let output = loop {
                if let Some(output) = early.remove(&due) {
                    break output;
                }
                let Ok((index, output)) = receive.recv() else { return };
                early.insert(index, output);
            };
            if let Some(ticket) = waiting.next() {
                let _ = issue.send(ticket);
            }
            let output = output.unwrap_or_else(|panic| resume_unwind(panic));
            if take(output).is_break() {
                return;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

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
                    std::thread::sleep(Duration::from_micros((job % 7) * 30));
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

    /// An output that counts how many of its kind there are.
    struct Counted<'a>(&'a AtomicUsize);

    impl Drop for Counted<'_> {
        fn drop(&mut self) {
            self.0.fetch_sub(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn a_slow_first_job_does_not_make_results_pile_up() {
        let jobs: Vec<usize> = (0..5000).collect();
        let (there, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut taken = 0;
        in_order(
            &jobs,
            4,
            || (),
            |(), job| {
                if *job == 0 {
                    std::thread::sleep(Duration::from_millis(50));
                }
                most.fetch_max(there.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
                Counted(&there)
            },
            |_output| {
                taken += 1;
                ControlFlow::Continue(())
            },
        );
        assert_eq!(taken, 5000);
        let most = most.into_inner();
        // The one that is being taken has its successor's ticket out already.
        assert!(most <= 4 * AHEAD + 1, "{most} results at once");
    }

    #[test]
    #[should_panic(expected = "the third")]
    fn a_panic_in_one_job_ends_the_run() {
        in_order(
            &[0; 500],
            3,
            || 0,
            |count, _| {
                *count += 1;
                assert!(*count != 3, "the third");
            },
            |()| ControlFlow::Continue(()),
        );
    }
}
