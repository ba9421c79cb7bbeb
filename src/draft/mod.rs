//! A first fact sheet from copy that the desk trusts: its people and organizations with the forms they have in
//! each language, its figures, its events.
//!
//! What cannot be told for certain stands in the draft as a comment. A draft is held against its own copy before
//! it is given out (`settle`): it loads without a remark, and says nothing against the copy it was made of.

mod base_form;
mod events;
mod figures;
mod gather;
mod organizations;
mod people;
mod places;
mod plan;
mod roles;
mod settle;
mod settle_roles;
mod write;

pub(crate) use plan::slug;

use jiff::civil::Date;

use crate::article::Article;
use crate::engine::{Engine, Request};
use plan::Plan;

/// One piece of copy to draw from.
pub struct Copy<'a> {
    pub article: &'a Article,
    /// A language that [`Engine::languages`] knows.
    pub language: &'a str,
    /// The day from which relative dates are read, where the user gives one.
    pub date: Option<Date>,
}

/// What the user may say of the sheet to come.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The id of the story; by default the copy's own (`story:` in its front matter), else `draft`.
    pub story: Option<String>,
    /// The language of unmarked forms; by default that of most copy.
    pub language: Option<String>,
}

/// A drafted sheet.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The sheet as YAML.
    pub text: String,
    pub people: usize,
    pub places: usize,
    pub organizations: usize,
    pub figures: usize,
    pub events: usize,
    /// What stands in it as a comment only.
    pub doubtful: usize,
    /// Findings that no sheet can cure: the copy contradicts itself.
    pub of_the_copy: usize,
}

/// Drafts a sheet.
pub fn draft(engine: &Engine, copies: &[Copy<'_>], options: &Options) -> Draft {
    let language = options.language.clone().unwrap_or_else(|| language_of_most(copies));
    let story = options.story.clone().unwrap_or_else(|| {
        let told = copies.iter().find_map(|copy| copy.article.metadata.story.clone());
        told.unwrap_or_else(|| "draft".to_owned())
    });
    let seen = gather::gather(engine, copies);
    let mut plan = Plan::new(story, language);
    people::plan(engine, &seen, &mut plan);
    organizations::plan(engine, &seen, &mut plan);
    places::plan(engine, &seen, &mut plan);
    figures::plan(engine, copies, &mut plan);
    settle::settle(engine, copies, plan)
}

fn language_of_most(copies: &[Copy<'_>]) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for copy in copies {
        match counts.iter_mut().find(|(language, _)| *language == copy.language) {
            Some((_, count)) => *count += 1,
            None => counts.push((copy.language, 1)),
        }
    }
    // Of several with equally many, the first.
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(crate::language::COMMON_READING, |(language, _)| language).to_owned()
}

impl<'a> Copy<'a> {
    fn request<'r>(&'r self, sheets: &'r [std::sync::Arc<crate::engine::PreparedSheet>]) -> Request<'r> {
        Request { article: self.article, language: self.language, sheets, date: self.date }
    }

    fn path(&self) -> &'a str {
        &self.article.source.path
    }
}
