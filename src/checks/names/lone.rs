//! Words that are a name by themselves wherever they stand alone: most names of most copy are a word that the
//! sheet has just so, with nothing of a name behind it. What such a word is depends on nothing around it, so it
//! is worked out once.

use super::recognise::{Recogniser, Run};
use super::resolve::Matches;
use super::standing::Standing;

/// What a distinct word is where no word behind it can belong to the same name.
#[derive(Clone, Debug, Default)]
pub(super) enum Lone {
    #[default]
    NotYet,
    /// It depends on what stands around it.
    Varies,
    Nothing,
    Name(Box<Named>),
}

/// A name of one word, wherever that stands.
#[derive(Clone, Debug)]
pub(super) struct Named {
    run: Run,
    /// Bytes of an ending that only marks a possessor.
    ending: usize,
}

impl Recogniser<'_> {
    /// The best run of names that begins with the word at a token, where some may.
    pub(super) fn run_at(&mut self, at: usize) -> Option<Run> {
        let known = self.known_matches(at).filter(|known| known.begins)?;
        let matches = known.range();
        if self.goes_on(at) {
            return self.best_run(at, matches);
        }
        let token = *self.scan.tokens.get(at)?;
        let id = token.word.0 as usize;
        match self.memo.lone.get(id) {
            Some(Lone::Nothing) => return None,
            Some(Lone::Name(named)) => {
                let mut run = named.run.clone();
                let (start, end) = (token.start as usize, token.end as usize);
                run.mention.tokens = at..at + 1;
                run.mention.span = start..end.saturating_sub(named.ending).max(start);
                return Some(run);
            }
            Some(Lone::Varies) => return self.best_run(at, matches),
            Some(Lone::NotYet) | None => {}
        }
        let run = self.best_run(at, matches);
        let lone = match &run {
            run if !self.is_the_same_everywhere(known, run.as_ref()) => Lone::Varies,
            None => Lone::Nothing,
            Some(run) => {
                let ending = (token.end as usize).saturating_sub(run.mention.span.end);
                Lone::Name(Box::new(Named { run: run.clone(), ending }))
            }
        };
        if self.memo.lone.len() <= id {
            self.memo.lone.resize(self.scan.vocabulary.len().max(id + 1), Lone::NotYet);
        }
        if let Some(slot) = self.memo.lone.get_mut(id) {
            *slot = lone;
        }
        run
    }

    /// Whether the word behind may belong to the same name.
    fn goes_on(&mut self, at: usize) -> bool {
        self.next_word(at).is_some_and(|next| !self.matches(next).is_empty())
    }

    /// Whether nothing that stands around a word changes what it is: it is spelled as the sheet has it, in forms
    /// that are right here or not judged. Of a form of another language the surroundings tell whether it is one;
    /// but no such form is preferred to one that is right and fits.
    fn is_the_same_everywhere(&self, known: Matches, run: Option<&Run>) -> bool {
        let standing = |form: u32| self.index.forms.get(form as usize).map(|form| form.standing);
        let is_best = run.is_some_and(|run| run.badness == 0 && run.mention.standing == Standing::Licensed);
        self.memo.flat.get(known.range()).unwrap_or_default().iter().all(|found| {
            found.quality.is_spelled_right()
                && (is_best
                    || matches!(standing(found.slot.form), Some(Standing::Licensed | Standing::Unjudged)))
        })
    }
}
