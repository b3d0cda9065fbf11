// Tests of the checks: a sound site passes every one, and each check finds what was broken on purpose.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
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
import { startBrowser } from './browser.mjs';
import { pagesToOpen, readSites } from './site.mjs';

const POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:";
const FEED_ENTRY = '<entry><id>urn:uuid:2</id><title>One</title><updated>2026-03-14T00:00:00Z</updated><link href="index.html"/></entry>';
const EVENT = ['BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260314T000000Z', 'DTSTART:20260314T000000Z', 'END:VEVENT'];

let browser;
let folder;

before(async () => {
  browser = await startBrowser();
  folder = mkdtempSync(join(tmpdir(), 'lookback-checks-'));
});

after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A page that passes everything, but for what `parts` changes. */
function page(parts = {}) {
  const { title = 'Checkout failed', language = 'en', head = '', body = '', heading = '<h1>Checkout failed</h1>', policy = POLICY } = parts;
  return `<!doctype html>
<html${language ? ` lang="${language}"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<link rel="stylesheet" href="style.css">
<link rel="icon" href="data:,">
${head}
</head>
<body>
<main id="main">
${heading}
<p>Some payments failed for 36 minutes.</p>
${body}
</main>
</body>
</html>
`;
}

function feed(parts = {}) {
  const { identity = '<id>urn:uuid:1</id>', entry = FEED_ENTRY, author = '<author><name>Harbor</name></author>' } = parts;
  return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">${identity}<title>Reports</title><updated>2026-03-14T00:00:00Z</updated>${author}${entry}</feed>\n`;
}

function calendar(lines) {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

function soundSite() {
  return {
    'index.html': page({ body: '<p><a href="reports/one.html#main">The report</a></p>' }),
    'reports/one.html': page({ title: 'One report', body: '<p><a href="../index.html">All reports</a></p>' }).replace('href="style.css"', 'href="../style.css"'),
    'style.css': 'body { color: #111; background: #fff }\n',
    'feed.xml': feed(),
    'feed.json': JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Reports', items: [{ id: '1', content_text: 'One' }] }),
    'sitemap.xml': '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://status.example.org/</loc></url></urlset>',
    'calendar.ics': calendar(EVENT),
    'api/incidents.json': '{"schema":1,"incidents":[]}',
  };
}

/** Writes a site and reads it back as the checks see it. */
function write(files) {
  const root = mkdtempSync(join(folder, 'site-'));
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return root;
}

function subject(files) {
  const { sites, loose } = readSites([write(files)]);
  return { browser, sites, loose, opened: pagesToOpen(sites) };
}

/** Runs a check over a one-page site (the page broken in one way) or over several files. */
async function rulesBroken(check, broken) {
  const files = typeof broken === 'string' ? { 'index.html': broken, 'style.css': '' } : { ...soundSite(), ...broken };
  const { failures } = await check.run(subject(files));
  for (const failure of failures) assert.ok(failure.page && failure.rule && failure.message, `a failure says where, what and why: ${JSON.stringify(failure)}`);
  return [...new Set(failures.map((failure) => failure.rule))];
}

function finds(check, rule, name, broken) {
  test(`${name}: ${rule}`, async () => assert.deepEqual(await rulesBroken(check, broken), [rule]));
}

describe('a sound site', () => {
  const checks = { accessibility, budget, data, links, loading, metadata, naming, print, scripts, validity, width };
  for (const [name, check] of Object.entries(checks)) {
    test(`passes ${name}`, async () => assert.deepEqual((await check.run(subject(soundSite()))).failures, []));
  }
});

describe('loading', () => {
  test('a stylesheet that is not there is a failed request', async () => {
    const rules = await rulesBroken(loading, page({ head: '<link rel="stylesheet" href="gone.css">' }));
    assert.ok(rules.includes('failed-request'), rules.join());
  });
  finds(loading, 'content-security-policy', 'a style that the policy forbids', page({ body: '<p style="color: red">Red</p>' }));
  test('a script of another host is a foreign request', async () => {
    const rules = await rulesBroken(loading, page({ policy: 'default-src *', head: '<script defer src="http://127.0.0.1:9/track.js"></script>' }));
    assert.ok(rules.includes('foreign-request'), rules.join());
  });
  test('a script that throws is an error', async () => {
    const rules = await rulesBroken(loading, page({ policy: "script-src 'unsafe-inline'", head: '<script>throw new Error("broken")</script>' }));
    assert.ok(rules.includes('script-error'), rules.join());
  });
  test('what a page logs as an error is an error', async () => {
    const rules = await rulesBroken(loading, page({ policy: "script-src 'unsafe-inline'", head: '<script>console.error("broken")</script>' }));
    assert.ok(rules.includes('console-error'), rules.join());
  });
  finds(loading, 'broken-image', 'an image that is no image', { 'index.html': page({ body: '<img src="graph.png" alt="Errors">' }), 'graph.png': 'not a picture' });
  test('a file of the folder above is outside the site', async () => {
    const rules = await rulesBroken(loading, page({ policy: 'default-src *', body: '<img src="../graph.png" alt="Errors">' }));
    assert.ok(rules.includes('foreign-request'), rules.join());
  });
});

describe('accessibility', () => {
  const pale = { 'index.html': page({ body: '<p class="pale">Too pale to read.</p>' }) };
  finds(accessibility, 'color-contrast (serious)', 'pale text', { ...pale, 'style.css': '.pale { color: #ccc; background: #fff }' });
  finds(accessibility, 'color-contrast (serious)', 'pale text in the dark theme only', {
    ...pale,
    'style.css': '@media (prefers-color-scheme: dark) { .pale { color: #444; background: #222 } }',
  });
  finds(accessibility, 'color-contrast (serious)', 'pale text on a phone only', { ...pale, 'style.css': '@media (max-width: 400px) { .pale { color: #ccc } }' });
  finds(accessibility, 'image-alt (critical)', 'an image without text', {
    'index.html': page({ body: '<details><summary>Graph</summary><img src="graph.svg"></details>' }),
    'graph.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
  });
});

describe('budget', () => {
  finds(budget, 'heavy-stylesheet', 'a stylesheet of 20 KB', { 'style.css': `body { color: #111 }\n${'/* - */\n'.repeat(2600)}` });
  finds(budget, 'web-font', 'a font of its own', { 'style.css': '@font-face { font-family: X; src: url(x.woff2) }' });
  finds(budget, 'heavy-page', 'an incident of 60 KB', page({ body: 'x'.repeat(61_000) }).replace('<body>', '<body class="page-incident">'));
});

describe('keyboard', () => {
  const skip = '<a href="#main">Skip to the text</a>';
  const withSkip = (parts) => page(parts).replace('<body>', `<body>\n${skip}`).replace('<main id="main">', '<main id="main" tabindex="-1">');
  test('a page with a skip link and plain links passes', async () => {
    assert.deepEqual(await rulesBroken(keyboard, withSkip({ body: '<p><a href="#main">Up</a></p>' })), []);
  });
  finds(keyboard, 'skip-link', 'no skip link', page({ body: '<p><a href="index.html">Up</a></p>' }));
  finds(keyboard, 'invisible-focus', 'a focus that nothing shows', {
    'index.html': withSkip({ body: '<p><a href="#main">Up</a></p>' }),
    'reports/one.html': withSkip({ title: 'One' }).replace('href="style.css"', 'href="../style.css"'),
    'style.css': ':focus { outline: none }',
  });
  finds(keyboard, 'focus-order', 'an order of its own', withSkip({ body: '<p><a href="#main">One</a> <a href="#main" tabindex="1">Two</a></p>' }).replace(skip, skip.replace('<a', '<a tabindex="1"')));
});

describe('search', () => {
  finds(search, 'not-found', 'a search that finds nothing', {
    'search/index.html': page({ body: '<input id="query" aria-label="Search"><ol class="results"></ol>', title: 'Search' }),
    'search/contents.js': 'lookbackSearch(["contents",{}])',
    'search/documents-0.js': 'lookbackSearch(["documents-0",[["index.html","Down"]]])',
  });
});

describe('width', () => {
  test('a box wider than a phone', async () => {
    const rules = await rulesBroken(width, { 'index.html': page({ body: '<div class="wide">Wide</div>' }), 'style.css': '.wide { width: 350px }' });
    assert.deepEqual(rules, ['wider-than-320']);
  });
  test('an overflow that the page hides', async () => {
    const rules = await rulesBroken(width, { 'index.html': page({ body: '<div class="wide">Wide</div>' }), 'style.css': 'body { overflow-x: hidden } .wide { width: 600px }' });
    assert.deepEqual(rules, ['wider-than-320', 'wider-than-390']);
  });
  test('a wide table in a box that scrolls is fine', async () => {
    const rules = await rulesBroken(width, {
      'index.html': page({ body: '<div class="box"><div class="wide">Wide</div></div>' }),
      'style.css': '.box { overflow-x: auto } .wide { width: 600px }',
    });
    assert.deepEqual(rules, []);
  });
});

describe('scripts', () => {
  finds(scripts, 'inline-script', 'a script in the page', page({ body: '<script>let nothing;</script>' }));
  finds(scripts, 'event-handler', 'a handler in the markup', page({ body: '<p onclick="go()">Go</p>' }));
  finds(scripts, 'javascript-url', 'a link that runs a script', page({ body: '<a href="javascript:go()">Go</a>' }));
  finds(scripts, 'blocking-script', 'a script that holds the page up', { 'index.html': page({ head: '<script src="a.js"></script>' }), 'a.js': '' });
  finds(scripts, 'needs-script', 'text that only a script writes', {
    'index.html': page({ policy: "script-src 'self'", head: '<script defer src="a.js"></script>' }),
    'a.js': 'document.querySelector("main").append(Object.assign(document.createElement("p"), { textContent: "Written late" }));',
  });
  test('a control that a script adds is fine, and so is data', async () => {
    const rules = await rulesBroken(scripts, {
      'index.html': page({ head: '<script defer src="a.js"></script><script type="application/json">{}</script>' }),
      'a.js': 'document.querySelector("main").append(document.createElement("input"));',
    });
    assert.deepEqual(rules, []);
  });
});

describe('links', () => {
  const link = (address) => page({ body: `<a href="${address}">Go</a>` });
  const canonical = (path) => `<link rel="canonical" href="https://status.example.org/${path}">`;
  finds(links, 'missing-target', 'a page that is not there', link('gone.html'));
  finds(links, 'missing-anchor', 'an anchor that is not there', link('#gone'));
  finds(links, 'missing-anchor', 'an anchor of another page that is not there', { 'index.html': link('reports/one.html#gone') });
  finds(links, 'leaves-site', 'a link into the folder above', link('../internal/index.html'));
  finds(links, 'leaves-site', 'an encoded link into the folder above', link('%2e%2e/internal/index.html'));
  finds(links, 'absolute-path', 'a link from the root of the host', link('/index.html'));
  finds(links, 'folder-link', 'a link to a folder', { 'index.html': link('reports/'), 'reports/index.html': page({ title: 'Reports' }).replace('href="style.css"', 'href="../style.css"') });
  finds(links, 'local-address', 'a link to the machine itself', link('http://localhost:8080/'));
  finds(links, 'unusual-scheme', 'a link to a file', link('file:///etc/hosts'));
  finds(links, 'malformed-address', 'a stray per cent sign', link('100%.html'));
  finds(links, 'foreign-resource', 'an image of another host', page({ body: '<img src="https://example.org/a.png" alt="A">' }));
  finds(links, 'missing-target', 'one of several image sizes', page({ body: '<img srcset="gone.png 2x" alt="A">' }));
  finds(links, 'base-element', 'a base element', page({ head: '<base href="./">' }));
  finds(links, 'wrong-canonical', 'a canonical address of another page', {
    'index.html': page({ head: canonical('') }),
    'one.html': page({ title: 'One', head: canonical('two.html') }),
  });
  test('a page for any address may have links from the path of the site, and is opened below it', async () => {
    const anywhere = page({ title: 'Nothing here', body: '<a href="/reports/index.html">Home</a>' }).replace('href="style.css"', 'href="/reports/style.css"');
    const files = { 'index.html': page({ head: canonical('reports/') }), 'reports/one.html': page({ title: 'One' }).replace('href="style.css"', 'href="../style.css"'), '404.html': anywhere };
    assert.deepEqual(await rulesBroken(links, files), []);
    assert.deepEqual(await rulesBroken(loading, files), []);
    assert.deepEqual(await rulesBroken(links, { ...files, '404.html': anywhere.replace('index.html', 'gone.html') }), ['missing-target']);
  });
  test('a page that leads on is followed, and not opened', async () => {
    const moved = (to) => page({ title: 'Moved', head: `<meta http-equiv="refresh" content="0; url=${to}"><link rel="canonical" href="https://status.example.org/new/">` }).replace('href="style.css"', 'href="../style.css"');
    const target = page({ title: 'New', head: canonical('new/') }).replace('href="style.css"', 'href="../style.css"');
    const files = { 'index.html': page({ head: canonical(''), body: '<a href="new/index.html">New</a>' }), 'new/index.html': target, 'old/index.html': moved('../new/index.html') };
    assert.deepEqual(await rulesBroken(links, files), []);
    assert.deepEqual(await rulesBroken(links, { ...files, 'old/index.html': moved('../gone/index.html') }), ['missing-target']);
    assert.ok(!subject(files).opened.some((one) => one.file === 'old/index.html'));
  });
  finds(links, 'missing-target', 'a picture that a stylesheet names', { 'style.css': 'body { background: url("gone.png") }' });
  finds(links, 'foreign-resource', 'a font of another host', { 'style.css': '@import "https://example.org/font.css";' });
  test('web and mail addresses may be linked, data: images and canonical addresses are fine', async () => {
    const body = '<a href="https://example.org/x">Web</a> <a href="mailto:a@example.org">Mail</a> <a href="#top">Top</a> <img src="data:image/gif;base64,R0" alt="">';
    assert.deepEqual(await rulesBroken(links, page({ head: canonical(''), body })), []);
  });
});

describe('metadata', () => {
  const base = 'https://status.example.org/';
  const described = ({ path = '', description = 'What failed.', extra = '', alternates = '' } = {}) =>
    page({
      title: `Page ${path}`,
      head: `<meta name="description" content="${description}"><link rel="canonical" href="${base}${path}">${alternates}<meta property="og:title" content="A"><meta property="og:type" content="website"><meta property="og:site_name" content="A"><meta property="og:locale" content="en_GB"><meta property="og:url" content="${base}${path}"><meta property="og:description" content="${description}">${extra}`,
    });
  const structured = (value) => described({ extra: `<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', ...value })}</script>` });
  const report = { '@type': 'Report', headline: 'A', datePublished: '2026-03-14T00:00:00Z', dateModified: '2026-03-14T00:00:00Z' };
  test('what a report says is known', async () => {
    const more = { temporalCoverage: '2026-03-14T09:00:00Z/..', about: [{ '@type': 'Service', name: 'B' }], isPartOf: { '@type': 'WebSite', name: 'C' } };
    assert.deepEqual(await rulesBroken(metadata, structured({ ...report, ...more })), []);
  });
  finds(metadata, 'structured-data', 'a property that the type does not have', structured({ ...report, startDate: '2026-03-14' }));
  finds(metadata, 'structured-data', 'a property out of its range', structured({ ...report, datePublished: '14 March' }));
  finds(metadata, 'structured-data', 'a type that nobody expects', structured({ '@type': 'Recipe' }));
  finds(metadata, 'structured-data', 'a nested value out of its range', structured({ ...report, about: [{ '@type': 'Service' }] }));
  finds(metadata, 'structured-data', 'data that is none', described({ extra: '<script type="application/ld+json">{</script>' }));
  finds(metadata, 'description', 'no description', described({ description: '' }));
  finds(metadata, 'duplicate-description', 'two pages of one description', {
    'index.html': described(),
    'one/index.html': described({ path: 'one/' }),
    'sitemap.xml': `<urlset><url><loc>${base}</loc></url><url><loc>${base}one/</loc></url></urlset>`,
  });
  finds(metadata, 'open-graph', 'a card of another page', described({ extra: '' }).replace(`og:url" content="${base}"`, 'og:url" content="https://example.org/"'));
  finds(metadata, 'hreflang', 'a language that leads nowhere', described({ alternates: `<link rel="alternate" hreflang="en" href="${base}"><link rel="alternate" hreflang="ko" href="${base}ko/"><link rel="alternate" hreflang="x-default" href="${base}">` }));
  finds(metadata, 'sitemap', 'a page that is not listed', { 'index.html': described(), 'sitemap.xml': '<urlset></urlset>' });
  finds(metadata, 'sitemap', 'a listed page that is not there', { 'index.html': described(), 'sitemap.xml': `<urlset><url><loc>${base}</loc></url><url><loc>${base}gone/</loc></url></urlset>` });
});

describe('naming', () => {
  finds(naming, 'duplicate-title', 'two pages of one title', { 'reports/one.html': page() });
  test('the same title in two languages is fine', async () => assert.deepEqual(await rulesBroken(naming, { 'ko.html': page({ language: 'ko' }) }), []));
  finds(naming, 'language', 'no language', page({ language: '' }));
  finds(naming, 'language', 'a language that is none', page({ language: 'english!' }));
  finds(naming, 'title', 'an empty title', page({ title: ' ' }));
  finds(naming, 'one-h1', 'no heading', page({ heading: '<h2>Second</h2>' }));
  finds(naming, 'one-h1', 'two headings', page({ heading: '<h1>One</h1><h1>Two</h1>' }));
});

describe('print', () => {
  finds(print, 'prints-nothing', 'a page that hides itself on paper', { 'style.css': '@media print { main { display: none } }' });
  finds(print, 'wider-than-paper', 'a box wider than the paper', { 'index.html': page({ body: '<div class="wide">Wide</div>' }), 'style.css': '.wide { width: 900px }' });
});

describe('validity', () => {
  finds(validity, 'error', 'an element that is not closed', page({ body: '<div><p>Open' }));
  finds(validity, 'error', 'a property that does not exist', { 'style.css': 'body { colour: red }' });
});

describe('data', () => {
  finds(data, 'xml', 'a feed cut short', { 'feed.xml': '<feed xmlns="http://www.w3.org/2005/Atom"><id>' });
  finds(data, 'atom', 'a feed without an id', { 'feed.xml': feed({ identity: '' }) });
  finds(data, 'atom', 'an entry without a title', { 'feed.xml': feed({ entry: FEED_ENTRY.replace('<title>One</title>', '') }) });
  finds(data, 'atom', 'a time that is none', { 'feed.xml': feed({ entry: FEED_ENTRY.replace('2026-03-14T00:00:00Z', '14 March') }) });
  finds(data, 'atom', 'two entries of one id', { 'feed.xml': feed({ entry: FEED_ENTRY + FEED_ENTRY }) });
  finds(data, 'atom', 'a feed without an author', { 'feed.xml': feed({ author: '' }) });
  finds(data, 'sitemap', 'a sitemap of relative addresses', { 'sitemap.xml': '<urlset><url><loc>index.html</loc></url></urlset>' });
  finds(data, 'json', 'JSON cut short', { 'api/incidents.json': '{"schema":1' });
  finds(data, 'json-feed', 'a JSON feed without a title', { 'feed.json': JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [] }) });
  finds(data, 'calendar', 'a calendar with bare line feeds', { 'calendar.ics': calendar(EVENT).replaceAll('\r\n', '\n') });
  finds(data, 'calendar', 'an event without a time', { 'calendar.ics': calendar(EVENT.filter((line) => !line.startsWith('DTSTART'))) });
});

describe('the command', () => {
  const command = fileURLToPath(new URL('check-site.mjs', import.meta.url));
  const run = (...parameters) => spawnSync(process.execPath, [command, ...parameters], { encoding: 'utf8' });

  test('exits with 0 on a sound site, and sums up', () => {
    const { status, stdout } = run('--only', 'links,naming', write(soundSite()));
    assert.equal(status, 0, stdout);
    assert.match(stdout, /site checks: 2 passed, 0 failed/);
  });
  test('exits with 1 on a failure, and names page, rule and place', () => {
    const { status, stdout } = run('--only', 'links,naming', write({ 'index.html': page({ body: '<a href="gone.html">Go</a>' }), 'style.css': '' }));
    assert.equal(status, 1, stdout);
    assert.match(stdout, /index\.html: missing-target: a \(line \d+\) → gone\.html: no such file/);
    assert.match(stdout, /site checks: 1 passed, 1 failed/);
  });
  test('exits with 2 where there is no site', () => {
    const { status, stderr } = run(write({ 'readme.txt': '' }));
    assert.equal(status, 2);
    assert.match(stderr, /no site in/);
  });
  test('takes the output folder of a build as all of its sites', () => {
    const sites = Object.fromEntries(Object.entries(soundSite()).flatMap(([name, text]) => [[`internal/${name}`, text], [`public/${name}`, text]]));
    const { status, stdout } = run('--only', 'data', write({ ...sites, 'audit-public.json': '{' }));
    assert.equal(status, 1, stdout);
    assert.match(stdout, /audit-public\.json: json/);
  });
  test('reports at most 20 failures of a check, and how many more there are', () => {
    const body = Array.from({ length: 30 }, (_, index) => `<a href="gone-${index}.html">Go</a>`).join(' ');
    const { stdout } = run('--only', 'links', write({ 'index.html': page({ body }), 'style.css': '' }));
    assert.match(stdout, /and 10 more/);
  });
});

describe('the sample', () => {
  test('holds every kind of page and no more than the limit', () => {
    const many = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`postmortems/${index}/index.html`, page({ title: `Report ${index}` })]));
    const { sites } = readSites([write({ ...soundSite(), ...many })]);
    const opened = pagesToOpen(sites);
    assert.equal(opened.length, 60);
    assert.equal(new Set(opened.map((item) => item.kind)).size, new Set(sites[0].pages.map((item) => item.kind)).size);
    assert.deepEqual(pagesToOpen(sites), opened);
  });
});
