//! Short writing for wording in packs: `mai(or|ores) (que|do que)` stands for four phrases.

/// Past this many phrases a wording stands for itself: a slip must not fill the machine.
const MOST_PHRASES: usize = 2000;

/// Hands `each` every phrase that a wording stands for; see [`expand`].
pub fn for_each_phrase(wording: &str, mut each: impl FnMut(&str)) {
    // Most stand for themselves.
    if !wording.contains('(') {
        return each(wording);
    }
    expand(wording).iter().for_each(|phrase| each(phrase));
}

/// Every phrase that a wording stands for. Parentheses may nest; an alternative may be empty. A wording
/// whose parentheses do not pair stands for itself.
pub fn expand(wording: &str) -> Vec<String> {
    if !wording.contains('(') {
        return vec![wording.to_owned()];
    }
    let mut rest = wording;
    let phrases = match alternatives(&mut rest, 0) {
        Some(phrases) if rest.is_empty() => phrases,
        _ => vec![wording.to_owned()],
    };
    let tidy = |phrase: String| {
        // An empty alternative between words leaves two spaces.
        if phrase.contains("  ") || phrase.ends_with(' ') || phrase.starts_with(' ') {
            phrase.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            phrase
        }
    };
    phrases.into_iter().map(tidy).collect()
}

/// Reads alternatives up to a closing parenthesis or the end; none where they do not pair.
fn alternatives(rest: &mut &str, depth: usize) -> Option<Vec<String>> {
    let mut all = Vec::new();
    let mut phrases = vec![String::new()];
    loop {
        let end = rest.find(['(', '|', ')']).unwrap_or(rest.len());
        let (head, tail) = rest.split_at(end);
        for phrase in &mut phrases {
            phrase.push_str(head);
        }
        let mut signs = tail.chars();
        let sign = signs.next();
        *rest = signs.as_str();
        match sign {
            Some('(') if depth < 8 => {
                let inner = alternatives(rest, depth + 1)?;
                if phrases.len() * inner.len() > MOST_PHRASES {
                    return None;
                }
                phrases = phrases
                    .iter()
                    .flat_map(|phrase| inner.iter().map(move |one| format!("{phrase}{one}")))
                    .collect();
            }
            Some('|') if depth > 0 => all.append(&mut std::mem::replace(&mut phrases, vec![String::new()])),
            Some(')') if depth > 0 => break,
            None if depth == 0 => break,
            _ => return None,
        }
    }
    all.append(&mut phrases);
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn alternatives_multiply() {
        assert_eq!(expand("mai(or|ores) (que|)"), ["maior que", "maior", "maiores que", "maiores"]);
        assert_eq!(expand("dozen"), ["dozen"]);
        assert_eq!(expand("(a(b|c)|d) e"), ["ab e", "ac e", "d e"]);
    }

    #[test]
    fn what_does_not_pair_stands_for_itself() {
        for odd in ["a (b", "a) b", "a | b", "((((((((((a))))))))))"] {
            assert_eq!(expand(odd), [odd]);
        }
    }
}
