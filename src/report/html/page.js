"use strict";
// The page can be read without this: it only filters, and steps from finding to finding.
(() => {
  const tools = document.querySelector(".tools");
  const filters = [...tools.querySelectorAll("input[data-severity]")];
  const keys = tools.querySelector("input[data-keys]");
  const at = tools.querySelector(".at");
  const said = document.querySelector("[role=status]");
  const notes = [...document.querySelectorAll(".note")];
  let current = -1;

  const markOf = (note) => document.getElementById("m-" + note.id);
  const shown = () => notes.filter((note) => !note.hidden);

  const count = () => {
    const seen = shown();
    at.textContent = seen.length === 0 ? "nothing to show" : (current < 0 ? "" : current + 1 + " of ") + seen.length;
  };

  const filter = () => {
    const wanted = new Set(filters.filter((box) => box.checked).map((box) => box.dataset.severity));
    for (const note of notes) {
      note.hidden = !wanted.has(note.dataset.severity);
    }
    for (const mark of document.querySelectorAll("mark")) {
      const off = !wanted.has(mark.dataset.severity);
      mark.classList.toggle("filtered", off);
      // What is not to be seen is not to be stepped on with the Tab key either.
      for (const link of mark.querySelectorAll("a")) {
        if (off) link.removeAttribute("href");
        else link.setAttribute("href", link.dataset.to);
      }
    }
    for (const article of document.querySelectorAll(".article")) {
      const empty = !article.querySelector(".note:not([hidden])");
      article.hidden = empty;
      const entry = document.querySelector(`[data-of="${article.id}"]`);
      if (entry) entry.hidden = empty;
    }
    unmark();
    current = -1;
    count();
  };

  const unmark = () => {
    for (const old of document.querySelectorAll(".current")) old.classList.remove("current");
  };

  const step = (by) => {
    const seen = shown();
    if (seen.length === 0) return;
    current = current < 0 ? (by > 0 ? 0 : seen.length - 1) : (current + by + seen.length) % seen.length;
    show(seen);
  };

  const show = (seen) => {
    const note = seen[current];
    const anchor = markOf(note);
    unmark();
    note.classList.add("current");
    if (anchor) {
      const mark = anchor.closest("mark") || anchor.nextElementSibling;
      if (mark) mark.classList.add("current");
      const link = mark && mark.querySelector("a[href]");
      (link || anchor).focus({ preventScroll: true });
      anchor.scrollIntoView({ block: "center", behavior: "instant" });
      // The note as well, where both fit.
      note.scrollIntoView({ block: "nearest", behavior: "instant" });
      const box = (mark || anchor).getBoundingClientRect();
      if (box.top < 60 || box.bottom > innerHeight) anchor.scrollIntoView({ block: "center", behavior: "instant" });
    }
    count();
    said.textContent = "Finding " + (current + 1) + " of " + seen.length + ": " + note.dataset.said;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys.checked) return;
    const tag = event.target.tagName;
    if (tag === "TEXTAREA" || (tag === "INPUT" && event.target.type !== "checkbox")) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else return;
    event.preventDefault();
  });

  // Who goes on with the Tab key or by a click goes on from there.
  document.addEventListener("focusin", (event) => {
    const mark = event.target.closest && event.target.closest("mark");
    if (!mark) return;
    const index = shown().findIndex((note) => markOf(note) && mark.contains(markOf(note)));
    if (index >= 0 && index !== current) {
      current = index;
      count();
    }
  });

  for (const box of filters) box.addEventListener("change", filter);
  tools.querySelector("[data-step='1']").addEventListener("click", () => step(1));
  tools.querySelector("[data-step='-1']").addEventListener("click", () => step(-1));
  tools.hidden = false;
  filter();
})();
