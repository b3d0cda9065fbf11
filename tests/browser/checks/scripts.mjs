// Every page works without JavaScript: scripts are few, deferred, from files, and never needed to read a page.
import { addressOf, visitEach } from '../browser.mjs';
import { attribute, describe } from '../site.mjs';

export const title = 'no page needs JavaScript';

/** Types of `script` that hold data and run nothing. */
const DATA_TYPES = /^application\/(ld\+)?json$/;

export async function run({ browser, sites }) {
  const pages = sites.flatMap((site) => site.pages);
  const failures = pages.flatMap(scriptsInMarkup);
  const scripted = pages.filter((page) => page.elements.some(isScript));
  failures.push(...(await compareWithAndWithout(browser, scripted)));
  return { count: `${pages.length} pages, ${scripted.length} with a script`, failures };
}

function isScript(element) {
  return element.tagName === 'script' && !DATA_TYPES.test(attribute(element, 'type') ?? '');
}

function scriptsInMarkup(page) {
  const failures = [];
  const fail = (rule, element, message) => failures.push({ page: page.label, rule, where: describe(element), message });
  for (const element of page.elements) {
    if (isScript(element)) {
      if (attribute(element, 'src') === null) fail('inline-script', element, 'scripts come from files');
      else if (attribute(element, 'defer') === null && attribute(element, 'type') !== 'module') fail('blocking-script', element, 'the script is not deferred');
    }
    for (const { name, value } of element.attrs) {
      if (/^on[a-z]+$/.test(name)) fail('event-handler', element, `has ${name}`);
      if (/^\s*javascript:/i.test(value)) fail('javascript-url', element, `${name} runs a script`);
    }
  }
  return failures;
}

/** What a page says and links to must be the same with scripts switched off; controls may be missing. */
async function compareWithAndWithout(browser, pages) {
  const read = async (javaScriptEnabled) => {
    const seen = new Map();
    const failures = await visitEach(browser, { javaScriptEnabled, reducedMotion: 'reduce' }, pages, async (page, item) => {
      await page.goto(await addressOf(item));
      seen.set(item, await page.locator('h1, h2, h3, a[href], td, li, p, img').evaluateAll((found) =>
        found.filter((element) => element.checkVisibility()).map((element) => `${element.tagName.toLowerCase()} ${(element.textContent || element.getAttribute('src') || '').replace(/\s+/g, ' ').trim()}`)));
    });
    return { seen, failures };
  };
  const without = await read(false);
  const enabled = await read(true);
  const failures = [...without.failures, ...enabled.failures];
  for (const page of pages) {
    const present = new Set(without.seen.get(page) ?? []);
    for (const content of (enabled.seen.get(page) ?? []).filter((entry) => !present.has(entry))) {
      failures.push({ page: page.label, rule: 'needs-script', where: content.slice(0, 80), message: 'only there with JavaScript' });
    }
  }
  return failures;
}
