// axe-core finds nothing, in the light and the dark theme, on a desk and on a phone.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { addressOf, openDetails, visitEach } from '../browser.mjs';

export const title = 'axe finds no violations, light and dark, wide and narrow';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// No rule is disabled. `target-size` (WCAG 2.2 AA) is off in axe by default, and on here.
const OPTIONS = { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations', 'incomplete'] };

const VIEWS = [
  { scheme: 'light', width: 1280 },
  { scheme: 'dark', width: 1280 },
  { scheme: 'light', width: 390 },
  { scheme: 'dark', width: 390 },
];

export async function run({ browser, opened }) {
  let undecided = 0;
  // The page's own policy forbids the injected script, and rightly so; `loading` is where that policy is held to.
  const failures = await visitEach(browser, { bypassCSP: true, reducedMotion: 'reduce' }, opened, async (page, item, report) => {
    await page.goto(await addressOf(item));
    await openDetails(page);
    for (const view of VIEWS) {
      await page.setViewportSize({ width: view.width, height: 900 });
      await page.emulateMedia({ colorScheme: view.scheme });
      const found = await violations(page);
      undecided += found.undecided;
      for (const { rule, where, message } of found) report({ page: item.label, rule, where, message: `${message} (${view.scheme}, ${view.width}px)` });
    }
  });
  const notes = undecided ? [`axe could not decide ${undecided} times and left it to a person`] : [];
  return { count: `${opened.length * VIEWS.length} runs over ${opened.length} pages`, failures, notes };
}

/** What axe finds on a page as it stands, with how often it could not decide. Needs a context that ignores the page's policy. */
export async function violations(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const results = await page.evaluate((options) => globalThis.axe.run(document, options), OPTIONS);
  const found = results.violations.flatMap((violation) => violation.nodes.map((node) => ({
    rule: `${violation.id} (${violation.impact})`,
    where: node.target.flat().join(' '),
    message: [...node.any, ...node.all, ...node.none][0]?.message ?? violation.help,
  })));
  return Object.assign(found, { undecided: results.incomplete.length });
}
