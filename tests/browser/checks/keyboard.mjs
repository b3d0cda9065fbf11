// One page of every kind can be walked through with the Tab key alone: the skip link first, every control once, the focus always visible.
import { openDetails, visitEach } from '../browser.mjs';
import { onePageOfEachKind } from '../site.mjs';

export const title = 'a keyboard reaches everything, visibly, and gets out again';

/** Stops on one page; longer ones repeat themselves. */
const STOPS = 150;

export async function run({ browser, sites }) {
  const pages = onePageOfEachKind(sites);
  let stops = 0;
  const failures = await visitEach(browser, { reducedMotion: 'reduce' }, pages, async (page, item, report) => {
    const fail = (rule, where, message) => report({ page: item.label, rule, where, message });
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(item.url);
    await openDetails(page);
    await page.evaluate(begin);
    const expected = await page.evaluate(tabbable);
    const seen = new Set();
    let skips = false;
    for (let stop = 0; stop < Math.min(expected.length, STOPS); stop += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(focused);
      if (at === null) {
        fail('lost-focus', expected[stop], 'Tab leads nowhere');
        break;
      }
      stops += 1;
      if (stop === 0) skips = at.href === '#main';
      if (stop === 0 && !skips) fail('skip-link', at.name, 'is reached before the link to the text');
      if (!at.visible) fail('invisible-focus', at.name, 'nothing shows that it has the focus');
      if (at.name !== expected[stop] && !seen.has('order')) {
        seen.add('order');
        fail('focus-order', at.name, `is reached where ${expected[stop]} comes next in the page`);
      }
    }
    // Any other link would lead away from the page.
    if (!skips) return;
    await page.evaluate(begin);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => {
      const main = document.querySelector('main');
      return !main.querySelector('a, button, input, summary, [tabindex="0"]') || main.contains(document.activeElement);
    });
    if (!inside) fail('skip-link', '#main', 'does not lead into the text');
  });
  return { count: `${stops} stops on ${pages.length} pages`, failures };
}

/** Runs in the page: the walk begins at its top, also where it set the focus itself, as a search page does. */
function begin() {
  const top = document.createElement('span');
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  top.remove();
}

/** Runs in the page: what Tab must reach, in the order of the text. */
function tabbable() {
  const found = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
  const reached = found.filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }));
  return reached.map((element) => `${element.tagName.toLowerCase()} ${(element.textContent || element.getAttribute('aria-label') || '').replace(/\s+/g, ' ').trim().slice(0, 40)}`);
}

/** Runs in the page: what has the focus, and whether an outline that is not transparent, or its own place, shows it. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const outlined = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1 && style.outlineColor !== 'rgba(0, 0, 0, 0)';
  return {
    name: `${element.tagName.toLowerCase()} ${(element.textContent || element.getAttribute('aria-label') || '').replace(/\s+/g, ' ').trim().slice(0, 40)}`,
    href: element.getAttribute('href'),
    visible: outlined && box.width > 1 && box.height > 1,
  };
}
