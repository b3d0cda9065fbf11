// No page scrolls sideways on a phone, 320 CSS pixels wide being what WCAG 1.4.10 asks for.
import { addressOf, openDetails, visitEach } from '../browser.mjs';

export const title = 'no sideways scrolling at 320 and 390 px';

const WIDTHS = [320, 390];

export async function run({ browser, opened }) {
  const failures = await visitEach(browser, { isMobile: true, hasTouch: true, reducedMotion: 'reduce' }, opened, async (page, item, report) => {
    await page.setViewportSize({ width: WIDTHS[0], height: 800 });
    await page.goto(await addressOf(item));
    await openDetails(page);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const overflow = await page.evaluate(measureOverflow, width);
      if (overflow) report({ page: item.label, rule: `wider-than-${width}`, where: overflow.where, message: `content reaches ${overflow.width}px` });
    }
  });
  return { count: `${opened.length * WIDTHS.length} measurements of ${opened.length} pages`, failures };
}

/**
 * Runs in the page: the innermost element that reaches past the right edge and is in no scrolling box of its own, also
 * where the page hides what overflows, since hidden text is lost rather than fitted.
 */
function measureOverflow(width) {
  const boxed = (element) => {
    for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
      if (getComputedStyle(parent).overflowX !== 'visible') return true;
    }
    return false;
  };
  const reaches = (element) => element.checkVisibility() && element.getBoundingClientRect().right > width + 0.5 && !boxed(element);
  const wide = [...document.body.querySelectorAll('*')].filter(reaches);
  const documentWidth = document.documentElement.scrollWidth;
  if (documentWidth <= width && wide.length === 0) return null;
  const element = wide.find((candidate) => !wide.some((other) => other !== candidate && candidate.contains(other))) ?? document.body;
  const name = element.id ? `#${element.id}` : [...element.classList].map((part) => `.${part}`).join('');
  const reach = Math.round(Math.max(documentWidth, element.getBoundingClientRect().right));
  return { width: reach, where: element.tagName.toLowerCase() + name };
}
