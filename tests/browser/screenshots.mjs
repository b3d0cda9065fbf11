// Writes pictures of one page of every kind, for people to look at.
//
//   node screenshots.mjs [--all] SITE_DIR OUT_DIR
//
// SITE_DIR is a site or the output folder of `lookback build`; `--all` takes every page. Each page is taken on a desk,
// on a phone, in the dark theme and as it prints; a kind of page once in each language that the site has.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { addressOf, firstLine, startBrowser, visitEach } from './browser.mjs';
import { onePageOfEachKind, readSites } from './site.mjs';

const VIEWS = {
  desktop: { viewport: { width: 1280, height: 900 }, colorScheme: 'light', media: 'screen' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light', media: 'screen' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark', media: 'screen' },
  // The width of A4 less its margins, at 96 dots per inch.
  print: { viewport: { width: 718, height: 1047 }, colorScheme: 'light', media: 'print' },
};

async function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { all: { type: 'boolean', default: false } } });
  if (positionals.length !== 2) throw new Error('usage: node screenshots.mjs [--all] SITE_DIR OUT_DIR');
  const [folder, output] = positionals.map((path) => resolve(path));
  const { sites } = readSites([folder]);
  const pages = values.all ? sites.flatMap((site) => site.pages) : onePageOfEachKind(sites);
  if (pages.length === 0) throw new Error(`no page in ${folder}`);
  mkdirSync(output, { recursive: true });
  const browser = await startBrowser();
  const failures = await visitEach(browser, { reducedMotion: 'reduce' }, pages, async (page, item) => {
    await page.goto(await addressOf(item));
    for (const [view, { viewport, colorScheme, media }] of Object.entries(VIEWS)) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, media });
      await page.screenshot({ path: join(output, `${nameOf(item, values.all)}-${view}.png`), fullPage: true });
    }
  });
  await browser.close();
  for (const failure of failures) console.error(`${failure.where}: ${failure.message}`);
  console.log(`${(pages.length - failures.length) * Object.keys(VIEWS).length} pictures of ${pages.length} pages in ${output}`);
  return failures.length === 0 ? 0 : 1;
}

/** A file name that says what is shown: the kind where there is one page of it, else the path. */
function nameOf(page, all) {
  const name = all ? `${page.site.name}-${page.file.replace(/(\/index)?\.html$/, '')}` : page.kind;
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/-+$/, '');
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`screenshots: ${firstLine(error)}`);
  process.exitCode = 2;
}
