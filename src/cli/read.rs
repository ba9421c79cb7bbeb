//! `factlint read`.

use std::io;
use std::ops::ControlFlow;

use factlint::report::mentions;

use super::Outcome;
use super::args::{MentionFormat, ReadArgs};
use super::pool::in_order;
use super::run::{Run, ToldSheets};
use super::settings::Settings;

pub(crate) fn run(arguments: ReadArgs) -> io::Result<Outcome> {
    let ReadArgs { common, format } = arguments;
    let (settings, mut streams) = Settings::resolve(common);
    let Some(run) = Run::prepare(&settings, &mut streams) else { return Ok(Outcome::Failed) };
    streams.expect(run.inputs.articles.len());
    let mut told = ToldSheets::default();
    let mut written = Ok(());
    in_order(
        &run.inputs.articles,
        settings.threads,
        || run.scratches(),
        |scratches, input| {
            let mut report = String::new();
            let ready = run.ready(input)?;
            if let Some(request) = ready.request(&settings)
                && let Some(scratch) = scratches.get_mut(ready.house)
            {
                let mentions = ready.engine.read_with(&request, &ready.options(), scratch);
                let source = &request.article.source;
                report = match format {
                    MentionFormat::Human => mentions::table(source, &mentions),
                    MentionFormat::Jsonl => mentions::lines(source, &mentions),
                };
            }
            Some((report, ready))
        },
        |done| {
            streams.step();
            let Some((report, ready)) = done else { return ControlFlow::Continue(()) };
            told.tell(&ready.of_sheets, &mut streams, false);
            streams.problems(&ready.problems);
            written = streams.print(&report);
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    written?;
    streams.flush()?;
    Ok(if streams.failed() { Outcome::Failed } else { Outcome::Clean })
}
