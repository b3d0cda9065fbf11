// Hostile Markdown in a real browser: nothing runs, nothing is loaded from elsewhere, and the policy of the pages has nothing to refuse.
//
//   node hostile.mjs LOOKBACK
//
// LOOKBACK is the program. It builds a repository with one report per input, which stands in an internal section, in one for customers, in the words
// written for them, and in a row of the timeline. Each page of both sites is opened twice: as it is, and with its policy switched off, so
// that what the policy would have stopped shows. Exit code: 0 nothing happened, 1 something did, 2 the check could not be run.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { firstLine, startBrowser, visitEach } from './browser.mjs';
import { hostileInputs } from './hostile-inputs.mjs';
import { serveSite } from './server.mjs';
import { readSites } from './site.mjs';

const LINES_AT_MOST = 30;

/** A drawing that would run a script where it is opened by itself. */
const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)"><script>alert(1)</script><a href="javascript:alert(1)"><rect width="9" height="9"/></a></svg>';

const CONFIGURATION = `severities: [{id: SEV3, name: Minor, public_name: Degraded service, approvals: 0}]
services: [{id: web, name: Web, public_name: Web}]
rules: {template-residue: off, missing-section: off, missing-timeline: off}
`;

/**
 * A report that holds an input: in everything that `audience` reads. Customers' repository has it nowhere else, since the audit takes words that stand
 * inside and outside in different spellings for a leak.
 */
function report({ name, markdown }, number, audience) {
  const inside = audience === 'internal' ? markdown : 'Nothing';
  const quoted = (text) => JSON.stringify(text.replaceAll('\u0000', ' '));
  const cell = (text) => text.replaceAll('\n', ' ').replaceAll('|', '\\|');
  return `---
title: ${quoted(`${number} ${name} ${inside}`)}
status: final
severity: SEV3
services: [web]
owner: Web team
times: {started: 2026-03-02T09:00:00Z, detected: 2026-03-02T09:10:00Z, resolved: 2026-03-02T10:00:00Z}
allow: {private-detail-in-public: Hostile on purpose, person-in-public: Hostile on purpose, malformed-audience-mark: Hostile on purpose}
actions: [{id: A1, title: ${quoted(inside)}, owner: Web, due: 2026-12-01, status: open}]
links: [{title: ${quoted(inside)}, url: ${quoted(inside)}}]
tags: [${quoted(inside.slice(0, 60))}]
public: {publish: true, slug: input-${number}, title: ${quoted(`${number} ${markdown.slice(0, 100)}`.trim())}, summary: ${quoted(markdown)}}
---

## Summary
${inside}

## Impact
Something.

## Timeline
| Time (UTC) | Event | For customers |
|---|---|---|
| 2026-03-02 09:00 | ${cell(inside)} | ${cell(markdown)} [public] |
| 09:10 | Seen [detected] | |
| 10:00 | Over [resolved] | |

## Root cause
Something. ![A drawing](drawing.svg)

## Resolution
Something.

## Customer summary
Something. ![A drawing](drawing.svg)

${markdown}
`;
}

function build(lookback, inputs, folder, audience) {
  mkdirSync(folder);
  const git = (...words) => execFileSync('git', ['-C', folder, '-c', 'user.name=Ada Meyer', '-c', 'user.email=ada@example.com', ...words], { stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  writeFileSync(join(folder, 'lookback.yml'), CONFIGURATION);
  mkdirSync(join(folder, 'postmortems'));
  writeFileSync(join(folder, 'postmortems', 'drawing.svg'), DRAWING);
  inputs.forEach((input, number) => writeFileSync(join(folder, 'postmortems', `input-${number}.md`), report(input, number, audience)));
  git('add', '.');
  git('commit', '-q', '-m', 'Write');
  const run = (...words) => execFileSync(lookback, ['--repo', folder, '--now', '2026-06-01T00:00:00Z', '-q', ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  // Some inputs are so broken that nothing of them is published. Their words stand in others that are, which the audit would take for a leak.
  const { findings } = JSON.parse(spawnSync(lookback, ['--repo', folder, '--now', '2026-06-01T00:00:00Z', 'check', '--format', 'json'], { maxBuffer: 1 << 28 }).stdout.toString());
  const broken = audience === 'internal' ? [] : [...new Set(findings.filter(({ level }) => level === 'error').map((finding) => finding.path))];
  if (broken.length > 0) {
    rmSync(join(folder, '.git'), { recursive: true });
    broken.forEach((path) => rmSync(join(folder, path)));
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-q', '-m', 'Write');
  }
  run('build', '--audience', audience);
  return readSites([join(folder, 'site')]).sites;
}

/** Runs before anything of a page does: notes what would run, and what the policy refuses. */
function detector() {
  window.happened = [];
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'msgbox']) window[name] = () => window.happened.push(`${name} was called`);
  document.addEventListener('securitypolicyviolation', (event) => window.happened.push(`the policy refused ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
}

/** Looks for what could run later, and does what a reader could do: points, focuses, clicks, opens. */
function provoke() {
  const found = [];
  const harmless = /^(https?:|mailto:|tel:|#|data:,$|[^:]*$|[^:]*[/?#])/i;
  const holders = ['script:not([type="application/ld+json"]):not([src])', 'iframe', 'frame', 'object', 'embed', 'applet', 'portal', 'base', 'form', 'button[formaction]', 'body style', 'body link', 'body meta', 'meta[http-equiv="refresh" i]', 'template', 'svg script', 'foreignObject', 'math'];
  for (const element of document.querySelectorAll(holders.join(','))) found.push(`holds <${element.localName}>`);
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) found.push(`<${element.localName}> has ${name}`);
      if (/^(xlink:)?href$|^src$|^action$|^formaction$|^data$|^poster$|^background$|^ping$|^srcset$|^srcdoc$/i.test(name)) {
        const plain = value.replace(/[\u0000-\u0020]/g, '');
        if (!harmless.test(plain) || plain.startsWith('//')) found.push(`<${element.localName}> has ${name}=${value.slice(0, 60)}`);
      }
      if (name === 'target' && value === '_blank' && !/noopener|noreferrer/.test(element.rel)) found.push('a window that can reach back');
    }
  }
  document.addEventListener('click', (event) => event.preventDefault());
  for (const element of document.querySelectorAll('main *')) {
    if (element instanceof HTMLDetailsElement) element.open = true;
    for (const kind of ['mouseover', 'pointerenter', 'focus', 'toggle', 'click']) element.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }));
  }
  return found;
}

async function visit(page, item, report) {
  const fail = (message) => report({ where: item.label, rule: item.policy ? 'with its policy' : 'without its policy', message });
  const listeners = {
    request: (request) => {
      const url = request.url();
      if (!url.startsWith(item.origin) && !/^(data|blob):/.test(url)) fail(`asked for ${url}`);
    },
    dialog: (dialog) => { fail(`opened a dialog: ${dialog.message()}`); dialog.dismiss(); },
    popup: () => fail('opened a window'),
    pageerror: (error) => fail(`a script failed: ${error.message}`),
    console: (entry) => { if (/Content.Security.Policy/i.test(entry.text())) fail(entry.text()); },
  };
  for (const [event, listener] of Object.entries(listeners)) page.on(event, listener);
  try {
    await page.goto(item.url, { waitUntil: 'load', timeout: 20_000 });
    const isPage = !item.file.endsWith('.svg');
    if (isPage) for (const message of new Set(await page.evaluate(provoke))) fail(message);
    for (const message of new Set(await page.evaluate(() => new Promise((done) => setTimeout(() => done(window.happened ?? []), 20))))) fail(message);
    if (page.url() !== item.url) fail(`went to ${page.url()}`);
  } finally {
    for (const [event, listener] of Object.entries(listeners)) page.off(event, listener);
  }
}

/** Whether the detector sees what it is there for: a page that does everything that is forbidden. */
async function selfTest(browser, folder) {
  const root = join(folder, 'bad');
  mkdirSync(root);
  writeFileSync(join(root, 'index.html'), '<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><main><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a><iframe></iframe></main>');
  const server = await serveSite(root);
  const runs = [];
  for (const policy of [true, false]) {
    const items = [{ label: 'bad', file: 'index.html', url: `${server.base}index.html`, origin: server.origin, policy }];
    runs.push(...await visitPages(browser, items, policy));
  }
  await server.close();
  const seen = runs.map((failure) => failure.message).join('\n');
  for (const wanted of ['alert was called', 'the policy refused', 'has onerror', 'has href=javascript:', 'holds <iframe>']) {
    if (!seen.includes(wanted)) throw new Error(`the detector does not see: ${wanted}`);
  }
}

function visitPages(browser, items, policy) {
  const context = { bypassCSP: !policy, reducedMotion: 'reduce' };
  const watched = { newContext: async (options) => {
    const made = await browser.newContext(options);
    await made.addInitScript(detector);
    return made;
  } };
  return visitEach(watched, context, items, visit);
}

async function main() {
  const [lookback] = process.argv.slice(2);
  if (!lookback) throw new Error('usage: node hostile.mjs LOOKBACK');
  const inputs = hostileInputs();
  const folder = mkdtempSync(join(tmpdir(), 'lookback-hostile-'));
  const browser = await startBrowser();
  let failures = [];
  let count = 0;
  const read = {};
  try {
    await selfTest(browser, folder);
    const sites = ['internal', 'public'].flatMap((audience) => build(resolve(lookback), inputs, join(folder, audience), audience));
    for (const site of sites) {
      const server = await serveSite(site.root);
      const files = [...site.files].filter((file) => /\.(html|svg)$/.test(file));
      read[site.name] = files.filter((file) => /input-\d+\/index\.html$/.test(file)).length;
      for (const policy of [true, false]) {
        const items = files.map((file) => ({ label: `${site.name}/${file}`, file, url: server.base + file.split('/').map(encodeURIComponent).join('/'), origin: server.origin, policy }));
        failures.push(...await visitPages(browser, items, policy));
        count += items.length;
      }
      await server.close();
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const inputOf = ({ where }) => inputs[Number(/input-(\d+)\//.exec(where)?.[1])];
  for (const failure of failures.slice(0, LINES_AT_MOST)) {
    const input = inputOf(failure);
    console.log(`${failure.where}: ${failure.rule}: ${failure.message}${input ? `\n    ${input.name}: ${JSON.stringify(input.markdown).slice(0, 200)}` : ''}`);
  }
  if (failures.length > LINES_AT_MOST) console.log(`… and ${failures.length - LINES_AT_MOST} more`);
  const few = Object.entries(read).filter(([, pages]) => pages < 300);
  for (const [site, pages] of few) console.log(`${site}: only ${pages} inputs are read there`);
  console.log(`${inputs.length} hostile inputs; pages with one: ${Object.entries(read).map(([site, pages]) => `${site} ${pages}`).join(', ')}; ${count} pages opened`);
  const failed = failures.length > 0 || few.length > 0;
  console.log(`hostile inputs: ${failed ? 0 : 1} passed, ${failed ? 1 : 0} failed`);
  return failed ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`hostile: ${firstLine(error)}`);
  process.exitCode = 2;
}
