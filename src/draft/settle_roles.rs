//! Holds the roles of a draft against the copy: with them the sheet must say nothing more than without.

use std::sync::Arc;

use super::plan::{Member, Plan};
use super::{Copy, write};
use crate::engine::{Engine, Scratches};
use crate::source::Source;

/// In each of them some roles become comments.
const ROUNDS: usize = 12;

/// Adds the roles, and makes comments of those with which the sheet says more against its own copy than without.
pub(super) fn add_roles(engine: &Engine, copies: &[Copy<'_>], plan: &mut Plan) {
    let Some(before) = told_of(engine, copies, plan) else { return };
    plan.has_roles = true;
    for _ in 0..ROUNDS {
        let source = Arc::new(Source::new("draft", write::text(plan)));
        let (mut doubted, mut is_settled) = (0, true);
        match engine.load_sheet(&source) {
            Ok((_, warnings)) if warnings.is_empty() => {
                let now = told_of(engine, copies, plan).unwrap_or_default();
                for told in now.iter().filter(|told| !before.iter().any(|known| known.is_same(told))) {
                    is_settled = false;
                    let own = told.person.as_deref().map_or(0, |id| doubt_roles(Some(id), &told.why, plan));
                    doubted += own;
                    if own == 0 {
                        doubted += doubt_others(engine, copies, told, plan);
                    }
                }
            }
            Ok((_, problems)) | Err(problems) => {
                for problem in &problems {
                    is_settled = false;
                    let id = problem.key.as_deref().and_then(|key| key.strip_prefix("people."));
                    let id = id.and_then(|key| key.split(['.', '[']).next());
                    doubted += id.map_or(0, |id| doubt_roles(Some(id), &problem.message, plan));
                }
            }
        }
        if is_settled {
            return;
        }
        if doubted == 0 {
            break;
        }
    }
    // It did not come to rest: the sheet stays as it was without them.
    doubt_roles(None, "with it the sheet disagrees with its own copy", plan);
}

/// A finding in one of the copies.
struct ToldOf {
    copy: usize,
    start: usize,
    rule: Arc<str>,
    /// The person that it is about.
    person: Option<String>,
    why: String,
}

impl ToldOf {
    fn is_same(&self, other: &Self) -> bool {
        (self.copy, self.start, &self.rule) == (other.copy, other.start, &other.rule)
    }
}

/// What the sheet says against its copies; `None` where it does not load.
fn told_of(engine: &Engine, copies: &[Copy<'_>], plan: &Plan) -> Option<Vec<ToldOf>> {
    let source = Arc::new(Source::new("draft", write::text(plan)));
    let sheets = [Arc::new(engine.load_sheet(&source).ok()?.0)];
    let mut scratches = Scratches::default();
    let mut told = Vec::new();
    for (index, copy) in copies.iter().enumerate() {
        for finding in engine.check(&copy.request(&sheets), &mut scratches).findings {
            let fact = finding.fact.as_ref().and_then(|fact| fact.id.strip_prefix("people."));
            told.push(ToldOf {
                copy: index,
                start: finding.span.start,
                person: fact.map(str::to_owned),
                why: format!("it does not fit “{}” in {}", finding.text, copy.path()),
                rule: finding.rule,
            });
        }
    }
    Some(told)
}

/// Makes comments of the roles of whoever else is the cause of a finding; how many that were.
fn doubt_others(engine: &Engine, copies: &[Copy<'_>], told: &ToldOf, plan: &mut Plan) -> usize {
    let has_roles = |member: &&Member| member.roles.iter().any(|role| role.remarks.doubt.is_none());
    let ids: Vec<String> = plan.members.iter().filter(has_roles).map(|member| member.id.clone()).collect();
    let Some(copy) = copies.get(told.copy) else { return 0 };
    for id in &ids {
        let mut without = plan.clone();
        doubt_roles(Some(id), &told.why, &mut without);
        let left = told_of(engine, std::slice::from_ref(copy), &without).unwrap_or_default();
        if !left.iter().any(|other| (other.start, &other.rule) == (told.start, &told.rule)) {
            return doubt_roles(Some(id), &told.why, plan);
        }
    }
    0
}

/// Makes comments of the roles of a person, or of all; how many that were.
fn doubt_roles(person: Option<&str>, why: &str, plan: &mut Plan) -> usize {
    let members = plan.members.iter_mut().filter(|member| person.is_none_or(|person| member.id == person));
    let roles = members.flat_map(|member| &mut member.roles).filter(|role| role.remarks.doubt.is_none());
    roles.map(|role| role.remarks.doubt = Some(why.to_owned())).count()
}
