// Every page opens from disk and over HTTP without an error, and asks for nothing outside its own site.
import { pathToFileURL } from 'node:url';
import { addressOf, visitEach } from '../browser.mjs';
import { serveSite } from '../server.mjs';

export const title = 'pages load, from disk and over HTTP';

export async function run({ browser, sites, opened }) {
  const servers = new Map();
  for (const site of sites) servers.set(site, await serveSite(site.root));
  try {
    const loads = opened.flatMap((page) => {
      if (page.standsAnywhere && page.site.mount) return [{ page, label: page.label, how: 'http', somewhere: true }];
      const server = servers.get(page.site);
      const path = page.file.split('/').map(encodeURIComponent).join('/');
      return [
        { page, label: page.label, how: 'file', url: page.url, root: `${pathToFileURL(page.site.root).href}/` },
        { page, label: page.label, how: 'http', url: server.base + path, root: server.base },
      ];
    });
    for (const load of loads.filter((one) => one.somewhere)) {
      load.url = await addressOf(load.page);
      load.root = new URL(load.page.site.mount, load.url).href;
    }
    const failures = await visitEach(browser, { reducedMotion: 'reduce' }, loads, visitLoad);
    return { count: `${loads.length} loads of ${opened.length} pages`, failures };
  } finally {
    await Promise.all([...servers.values()].map((server) => server.close()));
  }
}

async function visitLoad(page, load, report) {
  const fail = (rule, where, message) => report({ page: load.label, rule, where, message: `${message} (${load.how})` });
  const listeners = {
    console: (entry) => {
      if (entry.type() !== 'error') return;
      const policy = /Content.Security.Policy/i.test(entry.text());
      fail(policy ? 'content-security-policy' : 'console-error', entry.location().url ?? '', entry.text());
    },
    pageerror: (error) => fail('script-error', '', error.message),
    request: (request) => {
      const url = request.url();
      if (!url.startsWith('data:') && !url.startsWith('blob:') && !url.startsWith(load.root)) fail('foreign-request', url, 'request outside the site');
    },
    requestfailed: (request) => fail('failed-request', request.url(), request.failure()?.errorText ?? 'failed'),
    response: (response) => {
      if (response.status() >= 400) fail('failed-request', response.url(), `status ${response.status()}`);
    },
  };
  for (const [event, listener] of Object.entries(listeners)) page.on(event, listener);
  try {
    await page.goto(load.url, { waitUntil: 'load', timeout: 20_000 });
    const broken = await page.evaluate(async () => {
      const images = [...document.images];
      for (const image of images) image.loading = 'eager';
      await Promise.all(images.map((image) => image.decode().catch(() => {})));
      return images.filter((image) => image.naturalWidth === 0).map((image) => image.getAttribute('src'));
    });
    for (const source of broken) fail('broken-image', source ?? 'img', 'the image cannot be shown');
  } finally {
    for (const [event, listener] of Object.entries(listeners)) page.off(event, listener);
  }
}
