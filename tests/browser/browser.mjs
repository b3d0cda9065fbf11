// Starting the browser, and going through pages with it.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path/posix';
import { chromium } from 'playwright-core';
import { serveSite } from './server.mjs';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts a headless browser with a fresh profile. `CHROMIUM` names another binary. */
export async function startBrowser() {
  const executablePath = process.env.CHROMIUM ?? CANDIDATES.find((path) => existsSync(path));
  if (!executablePath) throw new Error('no Chromium found; install the package `chromium` or set CHROMIUM');
  return chromium.launch({
    executablePath,
    // The sandbox needs privileges that a container's root does not have. The other flags keep the browser's own
    // services from looking for hosts, which is noise where there is no network.
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/**
 * Visits every item with `visit(page, item, report)`, a few at a time, and returns what was reported in the order of
 * the items. A visit that throws is reported as the rule `could-not-check`.
 */
export async function visitEach(browser, contextOptions, items, visit) {
  const reports = items.map(() => []);
  let next = 0;
  const worker = async () => {
    const context = await browser.newContext(contextOptions);
    let page = await context.newPage();
    while (next < items.length) {
      const index = next;
      next += 1;
      try {
        await visit(page, items[index], (failure) => reports[index].push(failure));
      } catch (error) {
        reports[index].push({ rule: 'could-not-check', where: items[index].label ?? '', message: firstLine(error) });
        await page.close();
        page = await context.newPage();
      }
    }
    await context.close();
  };
  const workers = Math.min(items.length, Math.max(1, Math.min(4, availableParallelism())));
  await Promise.all(Array.from({ length: workers }, worker));
  return reports.flat();
}

const servers = new Map();

/** Where to open a page: from disk; one for addresses at which nothing is, as a host shows it, somewhere below its folder. */
export async function addressOf(item) {
  if (!item.standsAnywhere || !item.site.mount) return item.url;
  if (!servers.has(item.site)) servers.set(item.site, serveSite(item.site.root, { mount: item.site.mount, fallback: true }));
  const server = await servers.get(item.site);
  server.forget();
  const folder = dirname(item.file);
  return `${server.base}${folder === '.' ? '' : `${folder}/`}nothing/is/here/`;
}

/** Opens what only shows on request, so that it is checked too. */
export async function openDetails(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
}

export function firstLine(error) {
  return String(error?.message ?? error).split('\n')[0];
}
