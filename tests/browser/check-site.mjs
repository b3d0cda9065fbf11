// Checks built sites as a reader's browser, a validator and a feed reader would meet them.
//
//   node check-site.mjs [--only NAME,NAME…] SITE_DIR…
//
// A SITE_DIR is a site, or the output folder of `lookback build` with several. Exit code: 0 all checks passed,
// 1 a check failed, 2 the checks could not be run.
import { parseArgs } from 'node:util';
import * as accessibility from './checks/accessibility.mjs';
import * as budget from './checks/budget.mjs';
import * as data from './checks/data.mjs';
import * as keyboard from './checks/keyboard.mjs';
import * as links from './checks/links.mjs';
import * as loading from './checks/loading.mjs';
import * as metadata from './checks/metadata.mjs';
import * as naming from './checks/naming.mjs';
import * as print from './checks/print.mjs';
import * as scripts from './checks/scripts.mjs';
import * as search from './checks/search.mjs';
import * as validity from './checks/validity.mjs';
import * as width from './checks/width.mjs';
import { firstLine, startBrowser } from './browser.mjs';
import { pagesToOpen, readSites } from './site.mjs';

/** The cheap ones first: they need no browser window and tell most. */
const CHECKS = { links, naming, scripts, data, metadata, budget, loading, width, accessibility, keyboard, search, print, validity };

const LINES_AT_MOST = 20;

async function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
  const names = values.only ? values.only.split(',') : Object.keys(CHECKS);
  const unknown = names.find((name) => !(name in CHECKS));
  if (unknown) throw new Error(`no check is called \`${unknown}\`; there are ${Object.keys(CHECKS).join(', ')}`);
  if (positionals.length === 0) throw new Error('usage: node check-site.mjs [--only NAME,NAME…] SITE_DIR…');
  const { sites, loose } = readSites(positionals);
  if (sites.length === 0) throw new Error(`no site in ${positionals.join(' ')}: no index.html there or one folder below`);
  const opened = pagesToOpen(sites);
  describeSites(sites, opened);
  const browser = await startBrowser();
  let failed = 0;
  try {
    for (const name of names) {
      const passed = await runCheck(name, { browser, sites, loose, opened });
      if (!passed) failed += 1;
    }
  } finally {
    await browser.close();
  }
  console.log(`site checks: ${names.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function describeSites(sites, opened) {
  for (const site of sites) console.log(`site ${site.name}: ${site.pages.length} pages, ${site.files.size} files`);
  const pages = sites.reduce((sum, site) => sum + site.pages.length, 0);
  const kinds = new Set(sites.flatMap((site) => site.pages.map((page) => page.kind)));
  const how = opened.length === pages ? 'all of them' : `${opened.length} of them: the largest of every kind, and a sample`;
  console.log(`${pages} pages of ${kinds.size} kinds; opened in the browser: ${how}`);
}

async function runCheck(name, subject) {
  const check = CHECKS[name];
  const started = performance.now();
  const { count, failures, notes = [] } = await check.run(subject);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const verdict = failures.length === 0 ? 'ok    ' : 'FAILED';
  console.log(`${verdict} ${name}: ${check.title}: ${count}${failures.length ? `, ${failures.length} failures` : ''} (${seconds} s)`);
  printLines(failures.map(({ page, rule, where, message }) => `${page ?? where}: ${rule}: ${where}: ${message}`));
  printLines(notes.map((note) => `note: ${note}`));
  return failures.length === 0;
}

function printLines(lines) {
  for (const line of lines.slice(0, LINES_AT_MOST)) console.log(`         ${line}`);
  if (lines.length > LINES_AT_MOST) console.log(`         … and ${lines.length - LINES_AT_MOST} more`);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`check-site: ${firstLine(error)}`);
  process.exitCode = 2;
}
