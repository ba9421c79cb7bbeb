//! The command line, case by case: `tests/cli/<case>/` holds `args` (one a line), `stdin` if there is
//! any, a folder `in` in which the program runs, and what is to come of it: `stdout`, `stderr` and
//! `status`. `FACTLINT_RECORD=1 cargo test --test cli` writes the latter three anew.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn factlint(folder: &Path, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_factlint"));
    command.args(arguments).current_dir(folder);
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "RUST_BACKTRACE"] {
        command.env_remove(variable);
    }
    // The cases are no part of the repository that they lie in.
    let above = [Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli"), env!("CARGO_TARGET_TMPDIR").into()];
    command.env("GIT_CEILING_DIRECTORIES", std::env::join_paths(above).unwrap());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs a command to its end with `stdin` as its input.
fn run(mut command: Command, stdin: Option<Vec<u8>>) -> Output {
    let Some(stdin) = stdin else { return command.output().unwrap() };
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    // Beside it, lest both sides wait for each other to read.
    let writer = std::thread::spawn(move || match pipe.write_all(&stdin) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => panic!("{error}"),
        _ => {}
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// A folder of its own for one test, empty.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
    if cfg!(windows) { text.replace('\\', "/").replace("factlint.exe", "factlint") } else { text }
}

#[test]
fn cases() {
    let record = std::env::var_os("FACTLINT_RECORD").is_some();
    let mut cases: Vec<PathBuf> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("args").is_file())
        .collect();
    cases.sort();
    assert!(cases.len() > 20, "the cases were found");
    let mut failures = Vec::new();
    for case in &cases {
        let arguments = fs::read_to_string(case.join("args")).unwrap();
        let inside = case.join("in");
        let folder = if inside.is_dir() { &inside } else { case };
        let output = run(factlint(folder, arguments.lines()), fs::read(case.join("stdin")).ok());
        let status = output.status.code().map_or("signal".into(), |code| code.to_string());
        for (name, found) in [
            ("stdout", text(&output.stdout)),
            ("stderr", text(&output.stderr)),
            ("status", format!("{status}\n")),
        ] {
            let path = case.join(name);
            if record {
                fs::write(&path, &found).unwrap();
                continue;
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            if expected != found {
                failures.push(format!("{}:\n-- expected\n{expected}-- found\n{found}", path.display()));
            }
        }
    }
    assert!(failures.is_empty(), "{} of the cases differ:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn twenty_megabytes_on_one_line_are_read_in_time() {
    let folder = scratch("twenty-megabytes");
    let mut copy =
        "The ministry said that talks would go on and that nothing else was known. ".repeat(280_000);
    copy.push_str("Police said 18 people were killed.");
    fs::write(folder.join("long.txt"), copy).unwrap();
    let started = Instant::now();
    let output = run(factlint(&folder, ["read", "long.txt"]), None);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn whoever_closes_the_pipe_has_seen_enough() {
    let folder = scratch("broken-pipe");
    let mut child = factlint(&folder, ["check", "-", "--stdin-path", "story.txt", "--language", "en"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    // Nothing is written before the article has come, so the pipe is closed by then.
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all(b"Police said 18 people were killed.").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(!text(&output.stderr).contains("panicked"));
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_in_circles_are_named_and_the_rest_is_read() {
    use std::os::unix::fs::symlink;

    let folder = scratch("links");
    fs::create_dir(folder.join("stories")).unwrap();
    fs::write(folder.join("stories/empty.txt"), "").unwrap();
    symlink("gone.txt", folder.join("stories/dangling.txt")).unwrap();
    symlink("circle.txt", folder.join("stories/circle.txt")).unwrap();
    // A link to a folder above is not followed, else there would be no end.
    symlink("..", folder.join("stories/up")).unwrap();
    let output = run(factlint(&folder, ["read", "stories", "stories/dangling.txt"]), None);
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.contains("error: stories/circle.txt: cannot read it: "), "{stderr}");
    assert!(stderr.contains("error: stories/dangling.txt: there is no such file or folder\n"), "{stderr}");
    assert!(stderr.contains("error: stories/empty.txt: the file is empty\n"), "{stderr}");
    assert_eq!(stderr.lines().count(), 4, "{stderr}");
}

#[test]
fn output_does_not_depend_on_the_number_of_threads() {
    let folder = scratch("threads");
    for number in 0..60 {
        let copy = if number % 3 == 0 { "" } else { "The ministry said that 18 people were killed." };
        fs::write(folder.join(format!("{number:02}.txt")), copy).unwrap();
    }
    let outputs: Vec<Output> = ["1", "2", "9"]
        .iter()
        .map(|threads| {
            run(factlint(&folder, ["check", ".", "--threads", threads, "--format", "jsonl"]), None)
        })
        .collect();
    for output in &outputs {
        assert_eq!(text(&output.stderr), text(&outputs[0].stderr));
        assert_eq!(text(&output.stdout), text(&outputs[0].stdout));
        assert_eq!(output.status.code(), Some(2));
    }
    let paths: Vec<String> = text(&outputs[0].stderr)
        .lines()
        .filter_map(|line| line.split(": ").nth(1).map(str::to_owned))
        .collect();
    assert!(paths.is_sorted() && paths.len() == 60, "{paths:?}");
}

/// A desk with a sheet and two stories in which names are garbled.
fn desk(name: &str) -> PathBuf {
    let folder = scratch(name);
    fs::create_dir_all(folder.join("огляд")).unwrap();
    let sheet = "format: 1\nstory: flood\nlanguage: en\npeople: { lima: { name: Ana Lima } }\n";
    let copy = "---\nlanguage: en\npublished: 2024-05-06\n---\nAnna Lima spoke.\n";
    fs::write(folder.join("огляд/flood.facts.yaml"), sheet).unwrap();
    fs::write(folder.join("огляд/a b.md"), copy).unwrap();
    fs::write(folder.join("огляд/c.txt"), copy).unwrap();
    folder
}

/// What a run says on standard output, and its exit code.
fn outcome(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let output = run(factlint(folder, arguments), None);
    (text(&output.stdout) + &text(&output.stderr), output.status.code())
}

#[test]
fn a_baseline_holds_from_wherever_it_is_asked() {
    let folder = desk("baseline-from-anywhere");
    let (said, status) = outcome(&folder, &["baseline", "."]);
    assert_eq!((said.as_str(), status), ("factlint-baseline.json: 2 findings in 2 articles\n", Some(0)));
    let kept = fs::read_to_string(folder.join("factlint-baseline.json")).unwrap();
    assert!(
        kept.contains("{\"path\":\"огляд/a b.md\",\"rule\":\"name/garbled\",\"text\":\"Anna Lima\""),
        "{kept}"
    );
    let inner = folder.join("огляд");
    for (from, baseline, path) in [
        (&folder, "factlint-baseline.json", "."),
        (&folder, "./огляд/../factlint-baseline.json", "огляд"),
        (&inner, "../factlint-baseline.json", "."),
        (&inner, "../factlint-baseline.json", "a b.md"),
    ] {
        for threads in ["1", "4"] {
            let arguments =
                ["check", path, "--baseline", baseline, "--threads", threads, "--fail-on", "info"];
            let (said, status) = outcome(from, &arguments);
            assert_eq!(status, Some(0), "{said}");
            assert!(!said.contains("gone") && said.contains(" in the baseline\n"), "{said}");
        }
    }
    // To write it anew changes nothing, and a path alone leaves the others as they are.
    for path in [".", "огляд/c.txt"] {
        let (said, status) = outcome(&folder, &["baseline", path]);
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains("; 0 new, 0 gone"), "{said}");
        assert_eq!(fs::read_to_string(folder.join("factlint-baseline.json")).unwrap(), kept);
    }
    // What is mended goes, and so does an article that is gone.
    fs::write(inner.join("c.txt"), "---\nlanguage: en\npublished: 2024-05-06\n---\nAna Lima spoke.\n")
        .unwrap();
    fs::remove_file(inner.join("a b.md")).unwrap();
    let (said, status) = outcome(&folder, &["baseline", "."]);
    let expected = "factlint-baseline.json: 0 findings in 1 article; 0 new, 2 gone\n";
    assert_eq!((said.as_str(), status), (expected, Some(0)));
}

#[test]
fn a_baseline_that_would_not_be_whole_is_not_written() {
    let folder = desk("baseline-not-whole");
    outcome(&folder, &["baseline", "."]);
    let kept = fs::read(folder.join("factlint-baseline.json")).unwrap();
    fs::write(folder.join("огляд/d.md"), [0xff, 0xfe, 0x41]).unwrap();
    let (said, status) = outcome(&folder, &["baseline", "."]);
    assert_eq!(status, Some(2));
    assert!(
        said.ends_with(
            "factlint-baseline.json was not written: with what was left out it would not be whole\n"
        ),
        "{said}"
    );
    assert_eq!(fs::read(folder.join("factlint-baseline.json")).unwrap(), kept);
    fs::remove_file(folder.join("огляд/d.md")).unwrap();
    fs::write(folder.join("factlint-baseline.json"), "{ what").unwrap();
    let (said, status) = outcome(&folder, &["baseline", "."]);
    assert_eq!(status, Some(2));
    assert!(said.contains("the baseline cannot be read"), "{said}");
    assert_eq!(fs::read(folder.join("factlint-baseline.json")).unwrap(), b"{ what");
    let (said, status) = outcome(&folder, &["baseline", ".", "--output", "nowhere/known.json"]);
    assert_eq!(status, Some(2));
    assert!(said.contains("nowhere/known.json: cannot write it: there is no such folder"), "{said}");
}

const FLOOD: &str = "format: 1\nstory: flood\nlanguage: en\npeople: { lima: { name: Ana Lima } }\n\
    figures: { killed: { series: { 2024-05-05: 31 } } }\n";

const GARBLED: &str = "---\nlanguage: en\n---\nPORTO NOVO, 6 May 2024 - Anna Lima said so.\r\nAnna Lima went on: 13 people were killed.";

/// A folder with a sheet, and `story.txt`, which has two names to fix and one number that is for people.
fn flood(name: &str) -> PathBuf {
    let folder = scratch(name);
    fs::write(folder.join("flood.facts.yaml"), FLOOD).unwrap();
    fs::write(folder.join("story.txt"), GARBLED).unwrap();
    folder
}

#[test]
fn what_is_fixed_is_written_and_the_rest_is_reported() {
    let folder = flood("fix");
    let output = run(factlint(&folder, ["check", "--fix", "--format", "concise", "."]), None);
    let fixed = GARBLED.replace("Anna", "Ana");
    assert_eq!(fs::read_to_string(folder.join("story.txt")).unwrap(), fixed);
    assert_eq!(output.status.code(), Some(1));
    let stdout = text(&output.stdout);
    assert!(stdout.contains("story.txt:5:19: error figure/killed") && !stdout.contains("Anna"), "{stdout}");
    assert!(stdout.contains("1 error, 0 warnings in 1 article; 2 fixed\n"), "{stdout}");
    let again = run(factlint(&folder, ["check", "--fix", "--format", "jsonl", "."]), None);
    assert_eq!(fs::read_to_string(folder.join("story.txt")).unwrap(), fixed);
    assert!(!text(&again.stdout).contains("fixed"), "{}", text(&again.stdout));
    // Nothing is left lying about.
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
}

#[cfg(unix)]
#[test]
fn a_baseline_behind_a_link_keeps_link_and_mode() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = desk("baseline-link");
    let (real, link) = (folder.join("kept.json"), folder.join("factlint-baseline.json"));
    fs::write(&real, "{ \"format\": 1, \"findings\": [] }").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("kept.json", &link).unwrap();
    let (said, status) = outcome(&folder, &["baseline", "."]);
    assert_eq!(status, Some(0), "{said}");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::read_to_string(&real).unwrap().contains("Anna Lima"));
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

/// The memory that a process had at most, in bytes, where the system says so.
#[cfg(target_os = "linux")]
fn peak_memory(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    peak.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

#[cfg(target_os = "linux")]
#[test]
fn a_long_run_does_not_hold_its_articles() {
    let folder = scratch("memory");
    fs::write(
        folder.join("a.facts.yaml"),
        "format: 1\nstory: a\nlanguage: en\nfigures: { killed: { series: { 2024-05-05: 31 } } }\n",
    )
    .unwrap();
    // Mostly blanks, which take little time to read and as much room to hold as words.
    let copy = "The ministry said that talks would go on.".to_owned() + &" ".repeat(3_000_000);
    for number in 0..20 {
        fs::write(folder.join(format!("{number:03}.txt")), &copy).unwrap();
    }
    // Nothing reads the report before the end, so that only the last line of it has to be waited for.
    let mut child = factlint(&folder, ["check", ".", "--language", "en", "--threads", "2"]).spawn().unwrap();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        peak = peak.max(peak_memory(child.id()).unwrap_or_default());
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).ends_with("0 errors, 0 warnings in 20 articles\n"));
    let read = 20 * copy.len() as u64;
    assert!(read > 50_000_000 && peak > 0 && peak < read, "{peak} bytes for {read} of copy");
}

/// A folder with a git repository of its own, and a way to call git in it.
fn repository(name: &str) -> (PathBuf, impl Fn(&[&str])) {
    let folder = scratch(name);
    let inside = folder.clone();
    let git = move |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=Desk", "-c", "user.email=desk@example.org"]).args(arguments);
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").current_dir(&inside);
        let output = command.output().expect("git is there");
        assert!(output.status.success(), "git {arguments:?}: {}", text(&output.stderr));
    };
    git(&["init", "--quiet"]);
    (folder, git)
}

const SHEET: &str = "format: 1
story: flood
language: en
people: { lima: { name: Ana Lima } }
figures:
  killed: { series: { 2024-05-05: 31 } }
";

#[test]
fn changed_lines_are_those_that_git_calls_changed() {
    let (folder, git) = repository("changed-lines");
    let found = |arguments: &[&str]| {
        let all = ["check", "--changed-lines", "HEAD", "--format", "concise", "--quiet"];
        let output = run(factlint(&folder, all.iter().chain(arguments)), None);
        assert_eq!(text(&output.stderr), "");
        let stdout = text(&output.stdout);
        assert_eq!(output.status.code(), Some(i32::from(!stdout.is_empty())));
        let place = |line: &str| line.split(": ").next().unwrap().to_owned();
        stdout.lines().map(place).collect::<Vec<_>>()
    };
    let toll = "PORTO NOVO, 6 May 2024 \u{2014} The floods have killed 13 people.\n";
    // Long enough that git knows it again where it was moved and a word was added.
    let more =
        "The water is falling, and schools in the centre of the city are to open again within the week.\n";
    let story = format!("{toll}\nAnna Lima of the fire brigade said so on Monday evening.\n\n{more}");
    let named = "desk/\u{441}\u{442} \"\u{456}\".txt";
    fs::create_dir(folder.join("desk")).unwrap();
    fs::write(folder.join("flood.facts.yaml"), SHEET).unwrap();
    fs::write(folder.join("story.txt"), &story).unwrap();
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "The first copy"]);
    // A setting that would turn the diff into something else.
    git(&["config", "diff.noprefix", "true"]);
    git(&["config", "core.quotePath", "true"]);
    assert!(found(&["."]).is_empty(), "nothing changed");

    // Moved, and one line of it written anew: the other one is as it was.
    if cfg!(unix) {
        git(&["mv", "story.txt", named]);
        fs::write(folder.join(named), story.replace("Anna", "But Anna")).unwrap();
        assert_eq!(found(&["."]), [format!("{named}:3:5")]);
        assert_eq!(found(&[named]), [format!("{named}:3:5")], "named by itself");
        git(&["mv", named, "story.txt"]);
    }
    fs::write(folder.join("story.txt"), story.replace("13", "about 13")).unwrap();
    assert_eq!(found(&["."]), ["story.txt:1:49"]);

    // What git does not keep is new.
    fs::write(folder.join("story.txt"), &story).unwrap();
    fs::write(folder.join("new.txt"), &story).unwrap();
    assert_eq!(found(&["."]), ["new.txt:1:49", "new.txt:3:1"]);
    fs::remove_file(folder.join("new.txt")).unwrap();

    // A fact that changed touches copy that did not.
    fs::write(folder.join("flood.facts.yaml"), SHEET.replace("31", "32")).unwrap();
    assert_eq!(found(&["."]), ["story.txt:1:49"]);
}

#[test]
fn changed_lines_fail_where_they_cannot_be_told() {
    let (folder, git) = repository("changed-lines-fail");
    let outside = scratch("changed-lines-outside");
    fs::write(folder.join("flood.facts.yaml"), SHEET).unwrap();
    fs::write(
        folder.join("story.txt"),
        "Police said that 18 people had been killed in the floods of the week.\n",
    )
    .unwrap();
    fs::write(
        outside.join("story.txt"),
        "Police said that 18 people had been killed in the floods of the week.\n",
    )
    .unwrap();
    let said = |folder: &Path, revision: &str, path: &str| {
        let since = format!("--changed-lines={revision}");
        let mut command = factlint(folder, ["check", "--facts", "flood.facts.yaml", &since, path]);
        // The repository that these tests are part of is not asked.
        command.env("GIT_CEILING_DIRECTORIES", Path::new(env!("CARGO_TARGET_TMPDIR")));
        let output = run(command, None);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stdout), "");
        text(&output.stderr)
    };
    let unknown = "git knows no such revision";
    assert!(said(&folder, "HEAD", ".").contains(unknown), "nothing was committed yet");
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "The first copy"]);
    for revision in ["nope", "--help", "HEAD..HEAD", ""] {
        let said = said(&folder, revision, ".");
        assert!(said.starts_with(&format!("error: --changed-lines {revision}: {unknown}")), "{said}");
    }
    assert!(
        said(&outside, "HEAD", ".").starts_with("error: --changed-lines HEAD: git finds no work tree here")
    );
    let elsewhere = said(&folder, "HEAD", "../changed-lines-outside/story.txt");
    assert!(elsewhere.contains("story.txt is not in the git work tree "), "{elsewhere}");
    assert!(said(&folder, "HEAD", "-").contains("standard input cannot be told"));
}

#[test]
fn a_baseline_goes_where_the_config_says_and_forgets_what_is_gone() {
    let folder = flood("baseline-of-the-config");
    fs::create_dir(folder.join("desk")).unwrap();
    fs::write(folder.join("desk/other.md"), GARBLED).unwrap();
    fs::write(folder.join("factlint.yaml"), "baseline: ci/known.json\n").unwrap();
    fs::create_dir(folder.join("ci")).unwrap();
    let unused = "suppress: [{ rule: date/event, reason: nothing }]\n";
    fs::write(folder.join("story.txt.factlint.yaml"), unused).unwrap();
    let (said, status) = outcome(&folder, &["baseline"]);
    assert_eq!((said.as_str(), status), ("ci/known.json: 7 findings in 2 articles\n", Some(0)));
    assert!(!folder.join("factlint-baseline.json").exists());

    // What was wrong with a sidecar is told of that, and what was in a file that is gone as well.
    fs::remove_file(folder.join("story.txt.factlint.yaml")).unwrap();
    fs::remove_file(folder.join("desk/other.md")).unwrap();
    let (said, _) = outcome(&folder, &["check", "story.txt"]);
    assert!(
        said.contains("note: story.txt.factlint.yaml: gone from the baseline: suppression/unused"),
        "{said}"
    );
    assert!(said.contains("note: desk/other.md: gone from the baseline: figure/killed"), "{said}");
    assert!(said.contains("3 in the baseline; 4 gone from the baseline"), "{said}");
    let (said, _) = outcome(&folder, &["baseline", "story.txt"]);
    assert_eq!(said, "ci/known.json: 3 findings in 1 article; 0 new, 4 gone\n");
}

#[test]
fn sidecars_and_configs_are_mended_and_what_cannot_be_written_is_told() {
    let folder = flood("fix-suppressions");
    let sidecar = folder.join("story.txt.factlint.yaml");
    let entries = "\u{feff}suppress:\r\n  - { rule: name/garbeld, reason: as she signs }  # both\r\n  \
                   - rule: date/event\r\n    reason: nothing\r\n";
    fs::write(&sidecar, entries).unwrap();
    let config = "suppress:\n  - { files: story.txt, rule: list/*, reason: nothing }\n";
    fs::write(folder.join("factlint.yaml"), config).unwrap();
    // They are not safe: with other facts a rule may find tomorrow what it does not find today.
    let (said, _) = outcome(&folder, &["check", "--fix"]);
    assert!(said.contains("2 findings are not fixed: a suppression with a slip in it"), "{said}");
    assert_eq!(fs::read_to_string(&sidecar).unwrap(), entries);
    let (said, _) = outcome(&folder, &["check", "--fix", "--unsafe-fixes"]);
    assert!(said.contains("2 suppressed; 3 fixed"), "{said}");
    let mended = "\u{feff}suppress:\r\n  - { rule: name/garbled, reason: as she signs }  # both\r\n";
    assert_eq!(fs::read_to_string(&sidecar).unwrap(), mended);
    assert_eq!(fs::read_to_string(folder.join("story.txt")).unwrap(), GARBLED);
    assert_eq!(fs::read_to_string(folder.join("factlint.yaml")).unwrap(), "suppress:\n");
    let (said, status) = outcome(&folder, &["check", "--fail-on", "warning"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("1 error, 0 warnings in 1 article; 2 suppressed\n"), "{said}");

    fs::write(&sidecar, entries).unwrap();
    let mut mode = fs::metadata(&sidecar).unwrap().permissions();
    mode.set_readonly(true);
    fs::set_permissions(&sidecar, mode).unwrap();
    let (said, status) = outcome(&folder, &["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("story.txt.factlint.yaml: not fixed: it is read-only"), "{said}");
    assert_eq!(fs::read_to_string(folder.join("story.txt")).unwrap(), GARBLED);
}

#[test]
fn changed_lines_are_asked_of_sidecars_and_of_what_fixes_leave() {
    let (folder, git) = repository("changed-lines-beside");
    fs::write(folder.join("flood.facts.yaml"), FLOOD).unwrap();
    let copy = "---\nlanguage: en\n---\n<!-- factlint: ignore date/event: nothing -->\nPORTO NOVO, 6 May 2024 - Anna Lima said so.\nAnna Lima went on.\n";
    fs::write(folder.join("story.md"), copy).unwrap();
    let sidecar = "suppress:\n  - { rule: date/event, reason: nothing }\n";
    fs::write(folder.join("story.md.factlint.yaml"), sidecar).unwrap();
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "The first copy"]);
    let check = ["check", "--changed-lines", "HEAD", "--format", "concise", "."];
    let (said, status) = outcome(&folder, &[&check[..], &["--fail-on", "warning"]].concat());
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("4 findings on lines that are as in HEAD are left out"), "{said}");
    fs::write(
        folder.join("story.md.factlint.yaml"),
        format!("{sidecar}  - {{ rule: role/age, reason: x }}\n"),
    )
    .unwrap();
    let (said, _) = outcome(&folder, &check);
    assert!(said.starts_with("story.md.factlint.yaml:3:1: warning suppression/unused"), "{said}");

    // The comment goes, and the last line, which did not change, is the second now.
    let changed = copy.replace("date/event", "role/age").replace("so.", "so today.");
    fs::write(folder.join("story.md"), &changed).unwrap();
    outcome(&folder, &[&check[..], &["--fix", "--unsafe-fixes"]].concat());
    let left =
        "---\nlanguage: en\n---\nPORTO NOVO, 6 May 2024 - Ana Lima said so today.\nAnna Lima went on.\n";
    assert_eq!(fs::read_to_string(folder.join("story.md")).unwrap(), left);
    assert_eq!(fs::read_to_string(folder.join("story.md.factlint.yaml")).unwrap(), sidecar);
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_keeps_its_sidecar() {
    let folder = flood("sidecar-of-a-link");
    fs::create_dir(folder.join("desk")).unwrap();
    fs::rename(folder.join("story.txt"), folder.join("desk/real.txt")).unwrap();
    let sidecar = "suppress: [{ rule: name/garbled, reason: as she signs }]\n";
    fs::write(folder.join("desk/real.txt.factlint.yaml"), sidecar).unwrap();
    std::os::unix::fs::symlink("desk/real.txt", folder.join("link.txt")).unwrap();
    let (said, _) = outcome(&folder, &["check", "--fix", "link.txt"]);
    assert!(said.contains("1 error, 0 warnings in 1 article; 2 suppressed\n"), "{said}");
    assert_eq!(fs::read_to_string(folder.join("desk/real.txt")).unwrap(), GARBLED);
}

#[test]
fn the_sheets_of_a_repository_are_found_however_its_copy_is_named() {
    let (folder, _git) = repository("which-sheet-of-a-repository");
    for path in ["facts", "stories/deep", "elsewhere"] {
        fs::create_dir_all(folder.join(path)).unwrap();
    }
    let sheet = FLOOD.replace(
        "{ lima: { name: Ana Lima } }",
        "{ lima: { name: Ana Lima }, brito: { name: Caetano Brito } }",
    );
    fs::write(folder.join("facts/flood.facts.yaml"), sheet).unwrap();
    let copy = format!("{GARBLED} Caetano Brito agreed.");
    fs::write(folder.join("stories/deep/story.txt"), copy).unwrap();
    let from = |inside: &str, path: &str| {
        let (said, status) =
            outcome(&folder.join(inside), &["check", "--quiet", "--format", "concise", path]);
        assert_eq!(status, Some(1), "{path} in {inside}: {said}");
        said.lines().count()
    };
    for (inside, path) in [
        ("", "."),
        ("", "stories"),
        ("", "stories/deep/story.txt"),
        ("stories", "deep"),
        ("stories/deep", "story.txt"),
        ("elsewhere", "../stories/deep/story.txt"),
        ("elsewhere", "../stories"),
    ] {
        assert_eq!(from(inside, path), 3, "{path} in {inside:?}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_modes_stay_and_a_file_of_two_paths_is_fixed_once() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = flood("fix-links");
    fs::create_dir(folder.join("desk")).unwrap();
    fs::rename(folder.join("story.txt"), folder.join("desk/real.txt")).unwrap();
    fs::write(folder.join("desk/flood.facts.yaml"), FLOOD).unwrap();
    symlink("desk/real.txt", folder.join("link.txt")).unwrap();
    fs::set_permissions(folder.join("desk/real.txt"), PermissionsExt::from_mode(0o640)).unwrap();
    let output = run(factlint(&folder, ["check", "--fix", "."]), None);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("in 1 article; 2 fixed"), "{}", text(&output.stdout));
    assert!(folder.join("link.txt").symlink_metadata().unwrap().is_symlink());
    let real = folder.join("desk/real.txt");
    assert_eq!(fs::read_to_string(&real).unwrap(), GARBLED.replace("Anna", "Ana"));
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_told_and_reported_as_it_is() {
    use std::os::unix::fs::PermissionsExt;

    let folder = flood("fix-read-only");
    fs::write(folder.join("two.txt"), GARBLED).unwrap();
    fs::hard_link(folder.join("two.txt"), folder.join("names.csv")).unwrap();
    let story = folder.join("story.txt");
    fs::set_permissions(&story, PermissionsExt::from_mode(0o444)).unwrap();
    let output = run(factlint(&folder, ["check", "--fix", "--format", "concise", "."]), None);
    assert_eq!(output.status.code(), Some(2));
    let stderr = text(&output.stderr);
    assert!(stderr.contains("error: story.txt: not fixed: it is read-only\n"), "{stderr}");
    assert!(stderr.contains("error: two.txt: not fixed: other names (hard links) of it"), "{stderr}");
    assert!(text(&output.stdout).contains("story.txt:4:26: error name/garbled"), "{}", text(&output.stdout));
    for file in ["story.txt", "two.txt", "names.csv"] {
        assert_eq!(fs::read_to_string(folder.join(file)).unwrap(), GARBLED);
    }
}

#[test]
fn snapshots_are_written_held_against_and_accepted() {
    let folder = flood("snapshots").join("новини дня");
    fs::create_dir_all(folder.join("ранок")).unwrap();
    fs::rename(folder.parent().unwrap().join("flood.facts.yaml"), folder.join("flood.facts.yaml")).unwrap();
    for file in ["story.txt", "ранок/story.txt", "gone.txt"] {
        fs::write(folder.join(file), GARBLED).unwrap();
    }
    let snapshot = |from: &Path, arguments: &[&str]| {
        let output = run(factlint(from, [&["snapshot"], arguments].concat()), None);
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    };
    let (status, said) = snapshot(&folder, &[]);
    assert_eq!((status, said.lines().last()), (Some(0), Some("snapshots: 3 new")), "{said}");
    let kept = folder.join("snapshots/ранок/story.txt.snap");
    let text_of = |path: &Path| fs::read_to_string(path).unwrap();
    let first = text_of(&kept);
    assert!(
        first.contains("article: ранок/story.txt\n") && first.contains("sheets: flood.facts.yaml\n"),
        "{first}"
    );
    // From elsewhere, by a folder below, by a file: the same snapshots.
    for arguments in [
        &["--check", "новини дня"][..],
        &["--check", "новини дня/ранок"],
        &["--check", "новини дня/ранок/story.txt", "новини дня/gone.txt"],
        &["--check", "--dir", "новини дня/snapshots", "новини дня/ранок"],
    ] {
        let (status, said) = snapshot(folder.parent().unwrap(), arguments);
        assert_eq!(status, Some(0), "{arguments:?}: {said}");
    }
    fs::write(folder.join("ранок/story.txt"), GARBLED.replace("13", "31")).unwrap();
    fs::remove_file(folder.join("gone.txt")).unwrap();
    fs::write(folder.join("new.txt"), GARBLED).unwrap();
    let (status, said) = snapshot(&folder, &["--check"]);
    assert_eq!(status, Some(1));
    assert!(said.contains("\n-5:20 error figure/killed: 13 killed"), "{said}");
    assert!(said.contains("missing: snapshots/new.txt.snap\n"), "{said}");
    assert!(said.contains("stale: snapshots/gone.txt.snap (its article is gone)\n"), "{said}");
    assert!(said.contains("snapshots: 1 as before, 1 changed, 1 new, 1 stale\n"), "{said}");
    assert_eq!(text_of(&kept), first, "--check writes nothing");
    let (status, said) = snapshot(&folder, &["--accept"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(!folder.join("snapshots/gone.txt.snap").exists() && !text_of(&kept).contains("13 killed"));
    assert_eq!(snapshot(&folder, &["--check"]).0, Some(0));
    // What is no snapshot is never written over.
    fs::write(&kept, "something else\n").unwrap();
    assert_eq!(snapshot(&folder, &["--accept"]).0, Some(2));
    assert_eq!(text_of(&kept), "something else\n");
}
