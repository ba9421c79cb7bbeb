// Opens a report in headless Chromium as an editor would: reads, filters, steps through it by keyboard, looks
// at it on a telephone, in the dark and on paper. Fails on the first thing that does not hold.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { chromium as playwright } from "playwright-core";

const [, , page, screenshots] = process.argv;
const url = "file://" + page;
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const executablePath = process.env.CHROMIUM ?? (await (await import("@sparticuz/chromium")).default.executablePath());
const browser = await playwright.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

const steps = [];
const step = (name, run) => steps.push({ name, run });

async function open({ width = 1280, height = 900, scheme = "light", script = true, bypassCSP = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    javaScriptEnabled: script,
    reducedMotion: "reduce",
    bypassCSP,
  });
  context.setDefaultTimeout(5000);
  const tab = await context.newPage();
  tab.faults = [];
  tab.on("console", (message) => tab.faults.push(`console: ${message.text()}`));
  tab.on("pageerror", (error) => tab.faults.push(`error: ${error.message}`));
  tab.on("request", (request) => request.url().startsWith("file:") || tab.faults.push(`request: ${request.url()}`));
  await tab.goto(url);
  return tab;
}

async function shot(tab, name) {
  if (screenshots) await tab.screenshot({ path: `${screenshots}/${name}.png` });
}

const box = (tab, name) => tab.getByRole("checkbox", { name });
const seen = (tab, selector) => tab.locator(`${selector}:visible`).count();

step("nothing in the copy runs, and nothing is asked for from outside", async () => {
  const tab = await open();
  assert.match(await tab.title(), /^factlint: \d+ errors/);
  assert.equal(await tab.locator("img, svg, iframe, link").count(), 0);
  assert.equal(await tab.locator("script").count(), 1);
  assert.equal(await tab.locator("style").count(), 1);
  await tab.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'harmed'";
    document.body.append(script);
  });
  assert.match(await tab.title(), /^factlint/, "the policy holds for scripts that come later");
  assert.ok(tab.faults.every((fault) => fault.includes("Content Security Policy")), tab.faults.join("\n"));
});

step("every finding has its mark and its note, and both lead to each other", async () => {
  const tab = await open();
  const notes = await tab.locator(".note").evaluateAll((all) => all.map((note) => note.id));
  assert.ok(notes.length > 30, `${notes.length} findings`);
  for (const id of notes) {
    assert.equal(await tab.locator(`[id="m-${id}"]`).count(), 1, id);
  }
  await tab.locator("mark a").first().click();
  assert.ok(await tab.locator(".note").first().evaluate((note) => note.matches(":target")));
  await tab.locator(".note h3 a").first().click();
  assert.ok(await tab.locator("mark a").first().evaluate((link) => link.matches(":target")));
  assert.deepEqual(tab.faults, []);
});

step("a filter takes away notes, marks and articles, and gives them back", async () => {
  const tab = await open();
  const all = { notes: await seen(tab, ".note"), articles: await seen(tab, ".article") };
  const errors = await tab.locator(".note.error").count();
  await box(tab, /^Errors/).uncheck();
  assert.equal(await seen(tab, ".note.error"), 0);
  assert.equal(await seen(tab, ".note"), all.notes - errors);
  assert.equal(await tab.locator("mark.error a[href]").count(), 0, "Tab leaves out what is not seen");
  await box(tab, /^Warnings/).uncheck();
  await box(tab, /^Information/).uncheck();
  assert.equal(await seen(tab, ".article"), 0);
  assert.equal(await tab.locator(".at").textContent(), "nothing to show");
  await tab.keyboard.press("n");
  for (const name of [/^Errors/, /^Warnings/, /^Information/]) await box(tab, name).check();
  assert.deepEqual({ notes: await seen(tab, ".note"), articles: await seen(tab, ".article") }, all);
  assert.deepEqual(tab.faults, []);
});

step("n and p step from finding to finding, and say so", async () => {
  const tab = await open();
  const total = await tab.locator(".note").count();
  const current = () => tab.locator(".note.current").evaluateAll((all) => all.map((note) => note.id));
  const order = await tab.locator(".note").evaluateAll((all) => all.map((note) => note.id));
  for (let index = 0; index < Math.min(total, 20); index += 1) {
    await tab.keyboard.press("n");
    assert.deepEqual(await current(), [order[index]]);
    assert.match(await tab.locator("[role=status]").textContent(), new RegExp(`^Finding ${index + 1} of ${total}: `));
    assert.ok(await tab.evaluate(() => document.activeElement.closest("mark") !== null), "focus is on the mark");
    const place = await tab.locator("mark.current").boundingBox();
    assert.ok(place.y >= 0 && place.y + place.height <= 900, "the mark is in sight");
    const note = await tab.locator(".note.current").boundingBox();
    assert.ok(note.y >= 0 && note.y + note.height <= 900, "and so is its note");
  }
  await shot(tab, "light");
  await tab.keyboard.press("p");
  assert.deepEqual(await current(), [order[18]]);
  await tab.getByRole("button", { name: "Previous" }).click();
  assert.deepEqual(await current(), [order[17]]);
  // From where Tab has led.
  await tab.locator("mark a").nth(8).focus();
  await tab.keyboard.press("Tab");
  await box(tab, /^Keys/).uncheck();
  const before = await current();
  await tab.keyboard.press("n");
  assert.deepEqual(await current(), before, "the keys can be switched off");
  assert.deepEqual(tab.faults, []);
});

step("without script the page is read all the same", async () => {
  const tab = await open({ script: false });
  assert.ok((await tab.locator(".note").count()) > 30);
  assert.equal(await seen(tab, ".tools"), 0);
});

step("nothing sticks out on a telephone, nor at any other width", async () => {
  for (const width of [320, 375, 600, 768, 900, 1280, 1920]) {
    const tab = await open({ width, height: 700 });
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `${wide} at ${width}`);
    if (width === 320) {
      await tab.keyboard.press("n");
      await shot(tab, "narrow");
    }
    await tab.context().close();
  }
});

step("paper has no tools, and no colours that do not print", async () => {
  const tab = await open({ scheme: "dark" });
  await tab.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await seen(tab, ".tools"), 0);
  assert.equal(await tab.evaluate(() => getComputedStyle(document.body).color), "rgb(0, 0, 0)");
});

for (const scheme of ["light", "dark"]) {
  step(`contrast, names and structure hold for everybody (${scheme})`, async () => {
    const tab = await open({ scheme, bypassCSP: true });
    await tab.keyboard.press("n");
    await shot(tab, `axe-${scheme}`);
    await tab.addScriptTag({ path: axe });
    const look = async () => {
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await tab.evaluate((tags) => axe.run(document, { runOnly: tags }), tags);
      return violations.map((one) => [one.id, ...one.nodes.slice(0, 3).map((node) => node.html)].join("\n  "));
    };
    assert.deepEqual(await look(), []);
    await tab.evaluate(() => Object.assign(document.querySelector(".sum").style, { color: "#777", background: "#999" }));
    assert.equal((await look()).length, 1, "a fault would be seen");
  });
}

let failed = 0;
for (const { name, run } of steps) {
  try {
    await run();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.message}`);
  } finally {
    for (const context of browser.contexts()) await context.close();
  }
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
