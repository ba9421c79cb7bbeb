"""Tries the hooks, the action and the recipes as their users do; `run` calls it with factlint on the path.

The hooks are taken from `.pre-commit-hooks.yaml` as it is published, out of a small repository that holds only this
file. The user's configuration says `language: system`, as docs/ci.md has it for those who have factlint already: so
the program is the one that was just built. What pre-commit itself does for `language: rust` is not tried.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import ruamel.yaml

ROOT = Path(__file__).resolve().parents[2]
SHEET = """\
format: 1
story: flood
language: en
people: { lima: { name: Ana Lima } }
figures: { killed: { series: { 2024-05-05: 31 } } }
"""
STORY = "PORTO NOVO, 6 May 2024 — The floods have killed {} people, Ana Lima of the fire brigade said in the evening.\n"
RIGHT, WRONG = STORY.format(31), STORY.format(13)
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
       for what, value in (("NAME", "Desk"), ("EMAIL", "desk@example.org"))},
}


def yaml(text):
    return ruamel.yaml.YAML(typ="safe").load(text)


def call(*arguments, folder=ROOT, **options):
    return subprocess.run([str(argument) for argument in arguments], cwd=folder, env=ENVIRONMENT | options,
                          capture_output=True, text=True, encoding="utf-8")


class Repository:
    """A git repository in a folder of its own."""

    def __init__(self, files):
        self.folder = Path(tempfile.mkdtemp())
        self.git("init", "--quiet", "--initial-branch=main")
        self.write(files)

    def git(self, *arguments):
        done = call("git", *arguments, folder=self.folder)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, files):
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def commit(self):
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--no-verify", "--message", "Copy")
        return self.git("rev-parse", "HEAD")


class Hooks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        published = (ROOT / ".pre-commit-hooks.yaml").read_text()
        cls.hooks = Repository({".pre-commit-hooks.yaml": published})
        cls.revision = cls.hooks.commit()

    def desk(self, files, **overrides):
        """A repository with copy, whose hooks are those published, with `overrides` by id."""
        hooks = [{"id": name, "language": "system"} | overrides.get(name.replace("-", "_"), {})
                 for name in ("factlint", "factlint-facts")]
        config = {"repos": [{"repo": str(self.hooks.folder), "rev": self.revision, "hooks": hooks}]}
        return Repository({".pre-commit-config.yaml": json.dumps(config), **files})

    def hook(self, desk, name, *arguments, **options):
        """Runs one hook, and gives what it came to: its exit code, None where it had nothing to do; its output."""
        done = call("pre-commit", "run", "--verbose", name, *arguments, folder=desk.folder, **options)
        output = done.stdout + done.stderr
        status = re.search(r"\.(Passed|Failed|Skipped)$|\(no files to check\)(Skipped)$", output, re.MULTILINE)
        self.assertIsNotNone(status, output)
        code = re.search(r"^- exit code: (\d+)$", output, re.MULTILINE)
        code = None if "Skipped" in status.groups() else int(code[1]) if code else 0
        self.assertEqual(done.returncode, 1 if code else 0, output)
        self.assertNotIn("files were modified", output)
        return code, output

    def test_the_manifest_is_one(self):
        done = call("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_copy_that_changed_is_checked(self):
        desk = self.desk({"flood.facts.yaml": SHEET, "old.txt": WRONG})
        desk.commit()
        desk.write({"right.txt": RIGHT})
        desk.git("add", "right.txt")
        self.assertEqual(self.hook(desk, "factlint")[0], 0, "the wrong one did not change")
        desk.write({"стаття 1.md": WRONG})
        desk.git("add", ".")
        code, output = self.hook(desk, "factlint")
        self.assertEqual(code, 1)
        self.assertIn("13 killed: the sheet has 31", output)
        self.assertIn("стаття 1.md:1:", output)
        self.assertNotIn("old.txt", output)
        self.assertIsNone(self.hook(desk, "factlint-facts")[0], "no fact changed")

    def test_a_fact_that_changed_touches_copy_that_did_not(self):
        desk = self.desk({"desk/flood.facts.yaml": SHEET, "desk/en/story.txt": RIGHT, "README.md": "# Flood\n"})
        desk.commit()
        desk.write({"desk/flood.facts.yaml": SHEET.replace("31", "40")})
        desk.git("add", ".")
        self.assertIsNone(self.hook(desk, "factlint")[0], "no copy changed")
        code, output = self.hook(desk, "factlint-facts")
        self.assertEqual(code, 1)
        self.assertIn("desk/en/story.txt:1:", output)

    def test_what_the_second_hook_is_for(self):
        hooks = yaml((ROOT / ".pre-commit-hooks.yaml").read_text())
        files = re.compile(next(hook["files"] for hook in hooks if hook["id"] == "factlint-facts"))
        for path in ("a.facts.yaml", "desk/a.facts.yml", "factlint.yaml", "desk/factlint.yaml", "rules/a.yaml",
                     "desk-rules/languages/pl.yml"):
            self.assertTrue(files.search(path), path)
        for path in ("a.yaml", "notfactlint.yaml", "factlint.yaml.txt", "rules/README.md", "rules.yaml", "a.facts.yaml~"):
            self.assertFalse(files.search(path), path)

    def test_a_sheet_is_found_from_each_article_as_in_a_whole_run(self):
        other = SHEET.replace("31", "40").replace("story: flood", "story: other")
        desk = self.desk({
            "flood.facts.yaml": SHEET,
            "desk/de/story.txt": WRONG,
            "other/other.facts.yaml": other,
            "other/story.txt": STORY.format(40),
            ".drafts/story.md": WRONG,
            "ignored/story.txt": WRONG,
            ".gitignore": "ignored\n",
            "elsewhere/story.md": f"---\nfacts: ../other/other.facts.yaml\n---\n{RIGHT}",
        })
        desk.commit()
        code, output = self.hook(desk, "factlint", "--all-files")
        self.assertEqual(code, 1)
        found = set(re.findall(r"--> (.*?\.(?:txt|md)):", output))
        # Hidden or ignored, a file that is handed over is meant.
        self.assertEqual(found, {"desk/de/story.txt", ".drafts/story.md", "ignored/story.txt", "elsewhere/story.md"})

    def test_what_is_no_copy_is_left_alone(self):
        desk = self.desk({
            "README.md": "# Un bureau\n\nVoici ce que chacun peut lire ici avant de corriger les textes.\n",
            "requirements.txt": "factlint\n",
            "empty.txt": "",
            "latin-1.txt": "Luiz Inácio\n".encode("latin-1"),
            "desk/flood.facts.yaml": SHEET,
        })
        desk.commit()
        self.assertEqual(self.hook(desk, "factlint", "--all-files")[0], 0)
        self.assertEqual(self.hook(desk, "factlint-facts", "--all-files")[0], 0, "facts may come before copy")

    def test_copy_that_cannot_be_checked_stops_a_commit(self):
        desk = self.desk({"flood.facts.yaml": SHEET, "latin-1.txt": "Luiz Inácio\n".encode("latin-1")})
        desk.commit()
        self.assertEqual(self.hook(desk, "factlint", "--all-files")[0], 2)
        desk.write({"latin-1.txt": RIGHT, "flood.facts.yaml": "format: 1\nstoryy: flood\n"})
        desk.git("add", ".")
        code, output = self.hook(desk, "factlint-facts")
        self.assertEqual(code, 2)
        self.assertIn("flood.facts.yaml:2", output)

    def test_deleted_and_moved_files(self):
        desk = self.desk({"flood.facts.yaml": SHEET, "gone.txt": WRONG, "moved.txt": WRONG, "stays.txt": WRONG})
        desk.commit()
        desk.git("rm", "--quiet", "gone.txt")
        self.assertIsNone(self.hook(desk, "factlint")[0])
        desk.git("mv", "moved.txt", "new place.txt")
        code, output = self.hook(desk, "factlint")
        self.assertEqual(code, 1)
        self.assertEqual(set(re.findall(r"--> (.*?\.txt):", output)), {"new place.txt"})

    def test_a_user_s_own_arguments_and_exclusions(self):
        files = {"facts/flood.facts.yaml": SHEET, "stories/story.txt": WRONG, "archive/story.txt": WRONG}
        given = ["--facts", "facts/flood.facts.yaml"]
        desk = self.desk(files, factlint={"args": given, "exclude": "^archive/"},
                         factlint_facts={"args": ["stories", *given]})
        desk.commit()
        for hook in ("factlint", "factlint-facts"):
            code, output = self.hook(desk, hook, "--all-files")
            self.assertEqual(code, 1, hook)
            self.assertEqual(set(re.findall(r"--> (.*?\.txt):", output)), {"stories/story.txt"}, hook)

    def test_many_files_in_batches(self):
        """More names than one command line takes: here of one, and of many processes at once."""
        files = {}
        for folder in range(40):
            name = f"a-folder-whose-name-is-so-long-that-the-names-do-not-fit-{folder:03}"
            files[f"{name}/flood.facts.yaml"] = SHEET.replace("31", str(100 + folder))
            for number in range(40):
                right = number != 7
                files[f"{name}/article-{number:03}.txt"] = STORY.format(100 + folder if right else 999 + folder)
            # In a batch of these there is nothing to check, which is no error.
            files.update({f"a-desk-without-a-sheet/{name}/{number}.md": "# Read me\n" for number in range(20)})
        wrong = {path for path in files if path.endswith("article-007.txt")}
        hook, = (hook for hook in yaml((ROOT / ".pre-commit-hooks.yaml").read_text()) if hook["id"] == "factlint")
        # With the summary, to see how many runs there were.
        entry = hook["entry"].replace(" --quiet", "")
        for serial in (True, False):
            own = {"entry": entry, "require_serial": serial, "args": ["--format", "concise"]}
            desk = self.desk(files, factlint=own)
            desk.commit()
            code, output = self.hook(desk, "factlint", "--all-files")
            self.assertEqual(code, 1)
            found = re.findall(r"^([^\s:]+):\d+:\d+: error ", output, re.MULTILINE)
            self.assertEqual(sorted(found), sorted(wrong), "each is told, and once")
            runs = [int(articles) for articles in re.findall(r"warnings? in (\d+) article", output)]
            self.assertGreater(len(runs), 1, output[-1000:])
            self.assertEqual(sum(runs), 40 * 40)


class Action(unittest.TestCase):
    action = yaml((ROOT / "action.yml").read_text())

    def test_it_keeps_to_the_schema(self):
        done = call("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_what_is_given_never_becomes_a_part_of_a_script(self):
        for step in self.action["runs"]["steps"]:
            self.assertNotIn("${{", step.get("run", ""))

    def test_every_input_is_used_and_every_one_used_is_there(self):
        text = json.dumps(self.action["runs"])
        used = set(re.findall(r"inputs\.([a-z-]+)", text))
        self.assertEqual(used, set(self.action["inputs"]))
        documented = (ROOT / "docs/ci.md").read_text()
        for name, value in self.action["inputs"].items():
            default = f"`{value['default']}`" if value["default"] else ""
            self.assertRegex(documented, rf"\| `{name}` \| {re.escape(default)} ?\|", name)

    def step(self, name):
        return next(step for step in self.action["runs"]["steps"] if step.get("id") == name)

    def run_step(self, name, folder, **given):
        """Runs a step's own script, with the inputs that are not given as they are by default."""
        inputs = {key: value["default"] for key, value in self.action["inputs"].items()} | given
        step = self.step(name)
        written = folder / ".output"
        written.write_text("")
        environment = {key: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: inputs[match[1]], value)
                       for key, value in step.get("env", {}).items()}
        environment |= {"GITHUB_OUTPUT": str(written), "GITHUB_ACTION_PATH": str(ROOT), "RUNNER_OS": "Linux",
                        "RUNNER_ARCH": "X64", "RUNNER_TEMP": str(folder / ".temporary")}
        # As GitHub calls `shell: bash`.
        done = call("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"], folder=folder, **environment)
        return done, dict(line.split("=", 1) for line in written.read_text().splitlines())

    def folder(self, files):
        return Repository(files).folder

    def test_the_check_is_called_with_what_is_given(self):
        folder = self.folder({"flood.facts.yaml": SHEET, "a b.txt": WRONG, "c.txt": WRONG, "d.txt": RIGHT})
        binary = shutil.which("factlint")
        done, outputs = self.run_step("check", folder, binary=binary)
        self.assertEqual((done.returncode, outputs), (1, {"exit-code": "1"}), done.stderr)
        self.assertEqual(done.stdout.count("::error "), 2, done.stdout)

        paths = "a b.txt\n\nd.txt\n"
        report = {"format": "json", "output": "a report.json", "fail-on": "never"}
        done, outputs = self.run_step("check", folder, binary=binary, paths=paths, **report)
        self.assertEqual((done.returncode, outputs), (0, {"exit-code": "0"}), done.stderr)
        told = json.loads((folder / "a report.json").read_text())
        self.assertEqual({finding["path"] for finding in told["findings"]}, {"a b.txt"})
        self.assertEqual(told["summary"]["articles"], 2)

        # In arguments a star is a star, not whatever lies in the folder.
        done, _ = self.run_step("check", folder, binary="factlint", paths="d.txt",
                                args="--date 2024-05-06  --facts *.yaml")
        self.assertEqual(done.returncode, 2)
        self.assertIn("*.yaml", done.stderr)

        done, _ = self.run_step("check", folder, binary=binary, paths="$(touch harm); `touch harm`")
        self.assertEqual(done.returncode, 2)
        self.assertFalse((folder / "harm").exists())

    def test_a_binary_that_was_built_is_taken(self):
        folder = self.folder({"flood.facts.yaml": SHEET, "d.txt": RIGHT})
        (folder / ".temporary/factlint/bin").mkdir(parents=True)
        (folder / ".temporary/factlint/bin/factlint").symlink_to(shutil.which("factlint"))
        done, _ = self.run_step("check", folder)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_cache_goes_by_what_the_program_is_made_of(self):
        folder = self.folder({})
        (done, first), (_, second) = self.run_step("key", folder), self.run_step("key", folder)
        self.assertRegex(first["key"], r"^factlint-Linux-X64-[0-9a-f]{40}$", done.stderr)
        self.assertEqual(first, second)


class Recipes(unittest.TestCase):
    """The blocks of docs/ci.md that say in their first line which file they are."""

    blocks = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", (ROOT / "docs/ci.md").read_text(), re.DOTALL))

    def schema(self, name, of):
        folder = Path(tempfile.mkdtemp())
        for path in of:
            (folder / path.replace("/", "_")).write_text(self.blocks[path])
        done = call("check-jsonschema", "--builtin-schema", name, *folder.iterdir())
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_workflows(self):
        of = [path for path in self.blocks if path.startswith(".github/workflows/")]
        self.assertEqual(len(of), 3)
        self.schema("vendor.github-workflows", of)
        known = set(Action.action["inputs"])
        for path in of:
            for step in yaml(self.blocks[path])["jobs"]["factlint"]["steps"]:
                if step.get("uses", "").startswith("OWNER/factlint@"):
                    self.assertLessEqual(set(step.get("with", {})), known)

    def test_gitlab(self):
        self.schema("vendor.gitlab-ci", [".gitlab-ci.yml"])

    def test_pre_commit(self):
        hooks = {hook["id"] for hook in yaml((ROOT / ".pre-commit-hooks.yaml").read_text())}
        repository, = yaml(self.blocks[".pre-commit-config.yaml"])["repos"]
        self.assertEqual({hook["id"] for hook in repository["hooks"]}, hooks)


if __name__ == "__main__":
    unittest.main()
