//! What `factlint read` shows: every mention, typed and placed.

use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

/// One typed span of an article.
#[derive(Clone, Debug, Serialize)]
pub struct Mention {
    /// Bytes of the file.
    #[serde(skip)]
    pub span: Range<usize>,
    pub text: String,
    #[serde(flatten)]
    pub detail: Detail,
}

/// What a mention is, with what it means.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Detail {
    /// A cast member, where a sheet is given.
    Name { cast: String, verdict: crate::finding::Verdict },
    Date {
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<Date>,
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<Date>,
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Date>,
        /// Neither: it names no day that exists, or none that can be told.
        #[serde(skip_serializing_if = "Option::is_none")]
        problem: Option<&'static str>,
    },
    Quantity {
        /// Where the number stands for one value.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        low: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        high: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        low_open: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        high_open: Option<bool>,
        hedge: super::quantity::HedgeKind,
        #[serde(skip_serializing_if = "Option::is_none")]
        concept: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        group: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<super::quantity::Unit>,
        /// The number is a word that is also an article.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        article: bool,
        /// The fact the number was tied to, where a sheet is given.
        #[serde(skip_serializing_if = "Option::is_none")]
        fact: Option<String>,
    },
}
