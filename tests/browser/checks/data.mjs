// What machines read is well formed: Atom feeds with all that Atom requires, JSON, sitemaps, calendars.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export const title = 'feeds, sitemaps, calendars and JSON are well formed';

export async function run({ browser, sites, loose }) {
  const files = [
    ...sites.flatMap((site) => [...site.files].map((file) => ({ label: `${site.name}/${file}`, path: join(site.root, file) }))),
    ...loose.map((path) => ({ label: basename(path), path })),
  ].filter(({ path }) => /\.(json|xml|ics)$/.test(path));
  const context = await browser.newContext();
  const page = await context.newPage();
  const failures = [];
  for (const file of files) {
    const text = readFileSync(file.path, 'utf8');
    const problems = /\.json$/.test(file.path) ? jsonProblems(file, text) : /\.ics$/.test(file.path) ? calendarProblems(text) : await page.evaluate(xmlProblems, text);
    failures.push(...problems.map((problem) => ({ page: file.label, ...problem })));
  }
  await context.close();
  return { count: `${files.length} files`, failures };
}

function jsonProblems({ path }, text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [{ rule: 'json', where: 'file', message: error.message }];
  }
  if (basename(path) !== 'feed.json') return [];
  const problems = [];
  if (!/^https:\/\/jsonfeed\.org\/version\//.test(value.version ?? '')) problems.push({ rule: 'json-feed', where: 'version', message: 'names no version of JSON Feed' });
  if (!value.title) problems.push({ rule: 'json-feed', where: 'title', message: 'is missing' });
  if (!Array.isArray(value.items)) return [...problems, { rule: 'json-feed', where: 'items', message: 'is not a list' }];
  value.items.forEach((item, index) => {
    if (!item.id) problems.push({ rule: 'json-feed', where: `items[${index}].id`, message: 'is missing' });
    if (item.content_html === undefined && item.content_text === undefined) problems.push({ rule: 'json-feed', where: `items[${index}]`, message: 'has no content' });
  });
  return problems;
}

/** RFC 5545 asks for CRLF line ends and for lines of at most 75 octets. */
function calendarProblems(text) {
  const problems = [];
  const lines = text.split('\r\n');
  if (lines.some((line) => line.includes('\n'))) problems.push({ rule: 'calendar', where: 'line ends', message: 'are not CRLF' });
  if (lines[0] !== 'BEGIN:VCALENDAR' || lines.at(-2) !== 'END:VCALENDAR') problems.push({ rule: 'calendar', where: 'file', message: 'is not one VCALENDAR' });
  lines.forEach((line, index) => {
    if (Buffer.byteLength(line) > 75) problems.push({ rule: 'calendar', where: `line ${index + 1}`, message: 'is longer than 75 octets' });
  });
  for (const event of text.split('BEGIN:VEVENT').slice(1)) {
    for (const property of ['UID', 'DTSTAMP', 'DTSTART']) {
      if (!new RegExp(`^${property}[;:]`, 'm').test(event)) problems.push({ rule: 'calendar', where: 'VEVENT', message: `has no ${property}` });
    }
  }
  return problems;
}

/** Runs in the browser, whose XML parser is the one that matters. */
function xmlProblems(text) {
  const problems = [];
  const fail = (rule, where, message) => problems.push({ rule, where, message });
  const parsed = new DOMParser().parseFromString(text, 'application/xml');
  const error = parsed.querySelector('parsererror');
  if (error) {
    fail('xml', 'file', error.textContent.replace(/\s+/g, ' ').trim().slice(0, 200));
    return problems;
  }
  const root = parsed.documentElement;
  const children = (element, name) => [...element.children].filter((child) => child.localName === name);
  const filled = (element, name) => children(element, name).length === 1 && children(element, name)[0].textContent.trim() !== '';
  const stamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
  if (root.localName === 'feed') {
    if (root.namespaceURI !== 'http://www.w3.org/2005/Atom') fail('atom', 'feed', 'is not in the namespace of Atom');
    const entries = children(root, 'entry');
    const authored = children(root, 'author').length > 0;
    const seen = new Set();
    for (const [element, where] of [[root, 'feed'], ...entries.map((entry, index) => [entry, `entry ${index + 1}`])]) {
      for (const name of ['id', 'title', 'updated']) if (!filled(element, name)) fail('atom', where, `needs exactly one ${name}`);
      const updated = children(element, 'updated')[0]?.textContent ?? '';
      if (updated && !stamp.test(updated)) fail('atom', where, `updated \`${updated}\` is no RFC 3339 time`);
      const id = children(element, 'id')[0]?.textContent ?? '';
      if (id && !/^[a-z][a-z0-9+.-]*:./i.test(id)) fail('atom', where, `id \`${id}\` is no absolute address`);
      if (seen.has(id)) fail('atom', where, `id \`${id}\` is used twice`);
      seen.add(id);
    }
    entries.forEach((entry, index) => {
      if (!authored && children(entry, 'author').length === 0) fail('atom', `entry ${index + 1}`, 'has no author, nor has the feed');
      const alternate = children(entry, 'link').some((link) => (link.getAttribute('rel') ?? 'alternate') === 'alternate' && link.getAttribute('href'));
      if (!alternate && children(entry, 'content').length === 0) fail('atom', `entry ${index + 1}`, 'has neither an alternate link nor content');
    });
  } else if (root.localName === 'urlset') {
    children(root, 'url').forEach((entry, index) => {
      const location = children(entry, 'loc')[0]?.textContent.trim() ?? '';
      if (!/^https?:\/\//.test(location)) fail('sitemap', `url ${index + 1}`, 'has no absolute loc');
    });
  }
  return problems;
}
