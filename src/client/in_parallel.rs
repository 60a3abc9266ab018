//! Work on many things, some at a time.

use crate::error::Result;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

/// Does a piece of work for each item, at most so many at a time; results in the items' order. The first failure ends
/// all: what is on its way is dropped.
pub(super) async fn in_parallel<I, T, F: Future<Output = Result<T>>>(
    items: impl IntoIterator<Item = I>,
    most: usize,
    work: impl Fn(I) -> F,
) -> Result<Vec<T>> {
    let mut waiting = items.into_iter();
    let mut running: Vec<(usize, Pin<Box<F>>)> = Vec::new();
    let mut done: Vec<Option<T>> = Vec::new();
    poll_fn(|context| {
        loop {
            while running.len() < most.max(1)
                && let Some(item) = waiting.next()
            {
                running.push((done.len(), Box::pin(work(item))));
                done.push(None);
            }
            if running.is_empty() {
                return Poll::Ready(Ok(()));
            }
            let (mut at, before) = (0, running.len());
            while let Some((place, piece)) = running.get_mut(at) {
                match piece.as_mut().poll(context) {
                    Poll::Pending => at += 1,
                    Poll::Ready(result) => {
                        if let Some(slot) = done.get_mut(*place) {
                            *slot = Some(result?);
                        }
                        running.swap_remove(at);
                    }
                }
            }
            if running.len() == before {
                return Poll::Pending;
            }
        }
    })
    .await?;
    Ok(done.into_iter().flatten().collect())
}
