//! How fast articles are read and checked, in bytes a second, and what a name costs by the size of the cast.

#![allow(clippy::print_stdout, reason = "a bench says what it measured")]

#[path = "copy/mod.rs"]
mod copy;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use factlint::article::load;
use factlint::engine::{Engine, PreparedSheet, Request, Scratches};
use factlint::source::Source;

fn engine() -> Engine {
    Engine::new(&[]).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn prepared(engine: &Engine, name: &str, text: String) -> Arc<PreparedSheet> {
    let source = Arc::new(Source::new(name, text));
    match engine.load_sheet(&source) {
        Ok((sheet, _)) => Arc::new(sheet),
        Err(problems) => {
            panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        }
    }
}

fn articles(bytes: usize) -> Vec<factlint::article::Article> {
    copy::stories(bytes)
        .into_iter()
        .map(|story| {
            load::load("story.txt", story.into_bytes()).unwrap_or_else(|problem| panic!("{problem}")).article
        })
        .collect()
}

/// Checks all articles once and counts what was found.
fn check_all(
    engine: &Engine,
    articles: &[factlint::article::Article],
    sheets: &[Arc<PreparedSheet>],
    scratches: &mut Scratches,
) -> usize {
    articles
        .iter()
        .map(|article| {
            let language = article.metadata.language.as_deref().unwrap_or("en");
            let request = Request { article, language, sheets, date: None };
            engine.check(&request, scratches).findings.len()
        })
        .sum()
}

fn throughput(criterion: &mut Criterion) {
    let engine = engine();
    let articles = articles(1_000_000);
    let bytes: usize = articles.iter().map(|article| article.text().len()).sum();
    let sheet = copy::example().join("kazakhstan-2022.facts.yaml");
    let text = std::fs::read_to_string(&sheet).unwrap_or_else(|error| panic!("{error}"));
    let sheets = [prepared(&engine, "kazakhstan-2022.facts.yaml", text)];
    let mut scratches = Scratches::default();
    let mut group = criterion.benchmark_group("check");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    group.bench_function("stories of 10 KB, four languages", |bencher| {
        bencher.iter(|| black_box(check_all(&engine, &articles, &sheets, &mut scratches)));
    });
    group.bench_function("the same without a sheet", |bencher| {
        bencher.iter(|| black_box(check_all(&engine, &articles, &[], &mut scratches)));
    });
    group.finish();
}

/// Copy that names none of the cast: every capitalised word is looked up and must be found to be nobody.
fn names(criterion: &mut Criterion) {
    let engine = engine();
    let articles = articles(200_000);
    let words: usize = articles.iter().map(|article| article.text().split_whitespace().count()).sum();
    let mut group = criterion.benchmark_group("names");
    group.sample_size(10);
    for members in [100, 10_000] {
        let sheets = [prepared(&engine, "bench.facts.yaml", copy::sheet(members))];
        let mut warm = Scratches::default();
        let named: usize = articles
            .iter()
            .map(|article| {
                let language = article.metadata.language.as_deref().unwrap_or("en");
                let request = Request { article, language, sheets: &sheets, date: None };
                engine.check(&request, &mut warm).coverage.names
            })
            .sum();
        println!("cast of {members}: {named} false near matches in {words} words");
        // Fresh scratches each time, so that every distinct word is looked up anew.
        group.bench_function(format!("cast of {members}"), |bencher| {
            bencher.iter_batched(
                Scratches::default,
                |mut scratches| black_box(check_all(&engine, &articles, &sheets, &mut scratches)),
                criterion::BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, throughput, names);
criterion_main!(benches);
