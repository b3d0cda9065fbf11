// The search page finds every title it should, from disk and over HTTP, with the keyboard alone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { visitEach } from '../browser.mjs';
import { serveSite } from '../server.mjs';
import { violations } from './accessibility.mjs';

export const title = 'the search finds titles, beginnings of words and parts of Korean words';

/** Titles to look for on each site. */
const TITLES = 12;

export async function run({ browser, sites }) {
  const searched = sites.filter((site) => site.files.has('search/contents.js')).map((site) => ({ site, documents: titles(site) })).filter(({ documents }) => documents.length);
  const servers = await Promise.all(searched.map(({ site }) => serveSite(site.root)));
  let count = 0;
  try {
    const visits = searched.flatMap(({ site, documents }, index) => [
      { site, documents, how: 'file', url: pathToFileURL(join(site.root, 'search/index.html')).href },
      { site, documents, how: 'http', url: `${servers[index].base}search/index.html` },
    ]);
    const failures = await visitEach(browser, { bypassCSP: true, reducedMotion: 'reduce' }, visits, async (page, visit, report) => {
      const fail = (rule, where, message) => report({ page: `${visit.site.name}/search/index.html`, rule, where, message: `${message} (${visit.how})` });
      await page.goto(visit.url);
      for (const document of visit.documents) {
        for (const query of queriesFor(document.title)) {
          count += 1;
          if (!(await isFound(page, query, document))) fail('not-found', query, `“${document.title}” is not among what was found`);
        }
      }
      if (!(await isFound(page, visit.documents[0].title, visit.documents[0]))) return;
      for (const { rule, where, message } of await violations(page)) fail(rule, where, message);
      await walk(page, fail);
    });
    return { count: `${count} queries`, failures };
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

function titles(site) {
  const names = [...site.files].filter((path) => /^search\/documents-\d+\.js$/.test(path));
  const rows = names.flatMap((name) => {
    const text = readFileSync(join(site.root, name), 'utf8');
    return JSON.parse(text.trim().slice('lookbackSearch('.length, -1))[1];
  });
  const all = rows.map(([href, title]) => ({ href, title }));
  const korean = all.filter(({ title }) => /[가-힣]{3}/.test(title)).slice(0, TITLES / 2);
  return [...korean, ...all.filter((document) => !korean.includes(document))].slice(0, TITLES);
}

/** The whole title, the beginning of its longest word, and of a Korean word a part with another particle behind it. */
function queriesFor(title) {
  const queries = [title];
  const latin = (title.match(/[a-z]{6,}/gi) ?? []).sort((one, other) => other.length - one.length)[0];
  if (latin) queries.push(`${title.split(/\s+/)[0]} ${latin.slice(0, -2).toUpperCase()}`);
  const hangul = title.match(/[가-힣]{3,}/)?.[0];
  if (hangul) queries.push(hangul.slice(0, 2), hangul.slice(1, 3), `${hangul.slice(0, 2)}까지`);
  return queries;
}

async function isFound(page, query, { href }) {
  await page.fill('#query', query);
  const wanted = `a[href$="${href.replaceAll('"', '\\"')}"]`;
  for (let tries = 0; tries < 100; tries += 1) {
    if (await page.locator('.results').locator(wanted).count()) return true;
    const more = page.locator('.search button');
    if (await more.isVisible()) await more.click();
    await page.waitForTimeout(30);
  }
  return false;
}

/** Down to the results, up again, and Enter opens the first. */
async function walk(page, fail) {
  await page.focus('#query');
  const focused = () => page.evaluate(() => document.activeElement.closest('.results') ? 'result' : document.activeElement.id);
  await page.keyboard.press('ArrowDown');
  if ((await focused()) !== 'result') fail('keyboard', 'ArrowDown', 'does not lead to the results');
  await page.keyboard.press('Escape');
  if ((await focused()) !== 'query') fail('keyboard', 'Escape', 'does not lead back');
  const first = await page.locator('.results a').first().evaluate((link) => link.href);
  await page.keyboard.press('Enter');
  await page.waitForURL(first, { timeout: 5000 }).catch(() => fail('keyboard', 'Enter', 'does not open the first result'));
}
