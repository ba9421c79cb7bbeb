//! A plan as YAML, with comments: sentences, disagreements, and what is in doubt.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::plan::{Entry, Event, Figure, Member, Names, Plan, Remarks, Role};
use crate::report::visible;
use crate::sheet::Kind;
use crate::yaml::scalar;

/// The sections of the cast.
const CAST: [(Kind, &str); 3] =
    [(Kind::Person, "people"), (Kind::Place, "places"), (Kind::Organization, "organizations")];

/// The sheet for people to edit.
pub(super) fn text(plan: &Plan) -> String {
    let used = plan.used();
    let needs = |member: &Member| member.kind != Kind::Place || used.contains(member.id.as_str());
    Writer { plan, out: String::new() }.sheet(needs)
}

/// The cast alone with every place, to be loaded for reading the figures.
pub(super) fn with_whole_cast(plan: &Plan) -> String {
    Writer { plan, out: String::new() }.sheet(|_| true)
}

struct Writer<'p> {
    plan: &'p Plan,
    out: String,
}

impl Writer<'_> {
    fn sheet(mut self, needs: impl Fn(&Member) -> bool) -> String {
        let plan = self.plan;
        self.line(0, "format: 1");
        self.line(0, &format!("story: {}", scalar(&plan.story)));
        self.line(0, &format!("language: {}", scalar(&plan.language)));
        if let (Some(from), Some(to)) = (plan.days.first(), plan.days.last()) {
            self.line(0, &format!("period: {{ from: {from}, to: {to} }}"));
        }
        if let Some(place) = &plan.place {
            self.line(0, &format!("where: {}", scalar(place)));
        }
        for (kind, section) in CAST {
            let members: Vec<&Member> =
                plan.members.iter().filter(|member| member.kind == kind && needs(member)).collect();
            let bodies = members.iter().map(|member| (&member.remarks, self.member(member)));
            let bodies: Vec<_> = bodies.collect();
            self.section(section, bodies);
        }
        let figures: Vec<_> =
            plan.figures.iter().map(|figure| (&figure.remarks, self.figure(figure))).collect();
        self.section("figures", figures);
        let events: Vec<_> = plan.events.iter().map(|event| (&event.remarks, self.event(event))).collect();
        self.section("events", events);
        self.out
    }

    /// A section with its entries; without any but doubtful ones the whole of it is a comment.
    fn section(&mut self, name: &str, mut entries: Vec<(&Remarks, String)>) {
        if entries.is_empty() {
            return;
        }
        // What is certain comes first, so that comments do not part it.
        entries.sort_by_key(|(remarks, _)| remarks.doubt.is_some());
        self.out.push('\n');
        let all_doubtful = entries.iter().all(|(remarks, _)| remarks.doubt.is_some());
        self.line(0, &format!("{}{name}:", if all_doubtful { "# " } else { "" }));
        for (remarks, body) in entries {
            for from in &remarks.from {
                self.comment(from);
            }
            for disagree in &remarks.disagree {
                self.comment(&format!("copies disagree: {disagree}"));
            }
            match &remarks.doubt {
                Some(doubt) => {
                    self.comment(&format!("in doubt: {doubt}"));
                    for line in body.lines() {
                        self.line(0, &format!("  # {line}"));
                    }
                }
                None => {
                    for line in body.lines() {
                        self.line(1, line);
                    }
                }
            }
        }
    }

    fn comment(&mut self, text: &str) {
        self.line(1, &format!("# {}", visible::line(text)));
    }

    fn line(&mut self, depth: usize, text: &str) {
        for _ in 0..depth {
            self.out.push_str("  ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn member(&self, member: &Member) -> String {
        let language = self.plan.language.as_str();
        let mut body = format!("{}:\n", scalar(&member.id));
        let own = member.names.get(language).filter(|names| !names.name.is_empty());
        let first = || member.names.iter().find(|(_, names)| !names.name.is_empty());
        let main =
            own.map(|names| (language, names)).or_else(|| first().map(|(of, names)| (of.as_str(), names)));
        let Some((of, names)) = main else { return String::new() };
        put(&mut body, 1, "name", &scalar(&names.name));
        put_list(&mut body, 1, "short", &names.short);
        if let Some(abbreviation) = &names.abbreviation {
            put(&mut body, 1, "abbreviation", &scalar(abbreviation));
        }
        let others: Vec<(&String, &Names)> = member
            .names
            .iter()
            .filter(|(code, own)| match *code == of {
                true => !own.also.is_empty(),
                // A form that is the same in both is said once.
                false => !own.is_only(&names.name),
            })
            .collect();
        if !others.is_empty() {
            body.push_str("  in:\n");
        }
        for (code, names) in others {
            put(&mut body, 2, code, &names_in_flow(names, code == of));
        }
        if self.plan.has_roles {
            put_roles(&mut body, &member.roles);
        }
        body
    }

    fn figure(&self, figure: &Figure) -> String {
        let mut body = format!("{}:\n", scalar(&figure.id));
        if figure.id != figure.concept {
            put(&mut body, 1, "concept", &scalar(&figure.concept));
        }
        if let Some(group) = &figure.group {
            put(&mut body, 1, "group", &scalar(group));
        }
        if let Some(place) = &figure.place {
            put(&mut body, 1, "where", &scalar(place));
        }
        body.push_str("  series:\n");
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for entry in &figure.series {
            if told.insert(&entry.from) {
                let _ = writeln!(body, "    # {}", visible::line(&entry.from));
            }
            if let Some(disagree) = &entry.disagree {
                let _ = writeln!(body, "    # copies disagree: {}", visible::line(disagree));
            }
            let mark = match &entry.doubt {
                Some(doubt) => {
                    let _ = writeln!(body, "    # in doubt: {doubt}");
                    "# "
                }
                None => "",
            };
            let _ = writeln!(body, "    {mark}- {{ {} }}", pairs(entry));
        }
        body
    }

    fn event(&self, event: &Event) -> String {
        let mut body = format!("{}:\n", scalar(&event.id));
        put(&mut body, 1, "type", &scalar(&event.event_type));
        if let Some(phase) = &event.phase {
            put(&mut body, 1, "phase", &scalar(phase));
        }
        put_list(&mut body, 1, "who", &event.who);
        put_list(&mut body, 1, "where", &event.places);
        put(&mut body, 1, "date", &event.date.to_string());
        body
    }
}

fn put(body: &mut String, depth: usize, key: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(body, "{}{key}: {value}", "  ".repeat(depth));
}

/// The roles of a person, each below the sentences that tell of it.
fn put_roles(body: &mut String, roles: &[Role]) {
    if roles.is_empty() {
        return;
    }
    let all_doubtful = roles.iter().all(|role| role.remarks.doubt.is_some());
    let _ = writeln!(body, "  {}roles:", if all_doubtful { "# " } else { "" });
    for role in roles {
        for from in &role.remarks.from {
            let _ = writeln!(body, "    # {}", visible::line(from));
        }
        for disagree in &role.remarks.disagree {
            let _ = writeln!(body, "    # copies disagree: {}", visible::line(disagree));
        }
        let mut pairs = vec![format!("office: {}", scalar(&role.office))];
        pairs.extend(role.of.as_ref().map(|of| format!("of: {}", scalar(of))));
        pairs.extend(role.acting.then(|| "acting: true".to_owned()));
        let mark = match &role.remarks.doubt {
            Some(doubt) => {
                let _ = writeln!(body, "    # in doubt: {}", visible::line(doubt));
                "# "
            }
            None => "",
        };
        let _ = writeln!(body, "    {mark}- {{ {} }}", pairs.join(", "));
    }
}

fn put_list(body: &mut String, depth: usize, key: &str, texts: &[String]) {
    if !texts.is_empty() {
        put(body, depth, key, &list(texts));
    }
}

fn list(texts: &[String]) -> String {
    match texts {
        [only] => scalar(only),
        _ => format!("[{}]", texts.iter().map(|text| scalar(text)).collect::<Vec<_>>().join(", ")),
    }
}

/// A member's names in one language; of the sheet's own only what the member itself does not say.
fn names_in_flow(names: &Names, own: bool) -> String {
    let mut pairs = Vec::new();
    if !names.name.is_empty() {
        pairs.push(format!("name: {}", scalar(&names.name)));
    }
    if !names.also.is_empty() {
        pairs.push(format!("also: {}", list(&names.also)));
    }
    if !names.short.is_empty() && !own {
        pairs.push(format!("short: {}", list(&names.short)));
    }
    if let Some(abbreviation) = names.abbreviation.as_ref().filter(|_| !own) {
        pairs.push(format!("abbreviation: {}", scalar(abbreviation)));
    }
    match pairs.as_slice() {
        [only] if !names.name.is_empty() => only.trim_start_matches("name: ").to_owned(),
        _ => format!("{{ {} }}", pairs.join(", ")),
    }
}

fn pairs(entry: &Entry) -> String {
    let mut pairs = Vec::new();
    pairs.extend(entry.as_of.map(|day| format!("as_of: {day}")));
    pairs.push(format!("{}: {}", entry.value.0, entry.value.1));
    pairs.extend(entry.kind.map(|kind| format!("kind: {kind}")));
    pairs.extend(entry.source.as_ref().map(|source| format!("source: {}", scalar(source))));
    pairs.join(", ")
}
