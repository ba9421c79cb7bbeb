//! A house's own rule files and language packs, laid over the built-in ones.

use std::sync::Arc;

use super::file::RuleFile;
use super::ruleset::Ruleset;
use super::validate::{Validator, is_gazetteer, is_pack};
use crate::gazetteer::file::GazetteerFile;
use crate::language::Pack;
use crate::problem::Problem;
use crate::source::Source;
use crate::yaml::{self, Node};

/// Merges files into `rules`, in the order given; or tells everything that is wrong with them, each
/// file's problems in the order of the file. A file of which syntax or types are wrong says only the first.
pub fn load(rules: &mut Ruleset, files: &[Arc<Source>]) -> Result<(), Vec<Problem>> {
    // What a file refers to may stand in one that comes later: all are merged before any is judged.
    let read: Vec<Result<Read<'_>, Problem>> = files.iter().map(|source| merge(rules, source)).collect();
    let mut problems = Vec::new();
    for read in read {
        match read {
            Ok(Read { source, node, content }) => {
                let mut validator = Validator::new(source, &node, rules);
                match content {
                    Content::Gazetteer(file) => validator.gazetteer(&file),
                    Content::Pack(pack) => validator.pack(&pack),
                    Content::Rules(file) => validator.rule_file(&file),
                }
                problems.extend(validator.finish());
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

struct Read<'s> {
    source: &'s Arc<Source>,
    node: Node,
    content: Content,
}

enum Content {
    Pack(Box<Pack>),
    Rules(Box<RuleFile>),
    Gazetteer(Box<GazetteerFile>),
}

fn merge<'s>(rules: &mut Ruleset, source: &'s Arc<Source>) -> Result<Read<'s>, Problem> {
    let node = yaml::parse(source)?;
    let content = if is_gazetteer(&node) {
        let file: GazetteerFile = yaml::from_node(source, &node)?;
        rules.merge_gazetteer(&file);
        Content::Gazetteer(Box::new(file))
    } else if is_pack(&node) {
        let pack: Pack = yaml::from_node(source, &node)?;
        rules.merge_pack(pack.clone());
        Content::Pack(Box::new(pack))
    } else {
        let file: RuleFile = yaml::from_node(source, &node)?;
        rules.merge(file.clone());
        Content::Rules(Box::new(file))
    };
    Ok(Read { source, node, content })
}
