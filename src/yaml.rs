//! The one place that reads YAML.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::problem::Problem;
use crate::source::Source;

/// Reads one YAML document into `T`.
pub fn read<T: DeserializeOwned>(source: &Arc<Source>) -> Result<T, Problem> {
    serde_saphyr::from_str(&source.text).map_err(|error| {
        let span = error
            .location()
            .and_then(|location| Some((location.span().byte_offset()?, location.span().byte_len()?)))
            .map_or(0..0, |(offset, len)| offset as usize..(offset + len) as usize);
        Problem::at(source, span, error.without_snippet().to_string())
    })
}
