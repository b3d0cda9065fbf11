// Pages print: there is something on the paper, and nothing runs off its edge.
import { addressOf, openDetails, visitEach } from '../browser.mjs';
import { onePageOfEachKind } from '../site.mjs';

export const title = 'pages print';

/** Kinds that people do print, in the order of how likely they are to; others fill up. */
const PRINTED_KINDS = ['postmortem', 'incident', 'review'];
const KINDS_PRINTED = 3;

/** A4 at 96 dots per inch, less the margins that Chromium leaves by default. */
const PAPER = { width: 718, height: 1047 };

export async function run({ browser, sites }) {
  const candidates = onePageOfEachKind(sites).sort((left, right) => right.size - left.size);
  const wanted = PRINTED_KINDS.map((kind) => candidates.find((page) => page.kind.split(' ')[1] === kind)).filter(Boolean);
  const printed = [...wanted, ...candidates.filter((page) => !wanted.includes(page))].slice(0, KINDS_PRINTED);
  const notes = [];
  const failures = await visitEach(browser, { reducedMotion: 'reduce', viewport: PAPER }, printed, async (page, item, report) => {
    const fail = (rule, message) => report({ page: item.label, rule, where: 'body', message });
    await page.goto(await addressOf(item));
    await openDetails(page);
    await page.emulateMedia({ media: 'print' });
    const measured = await page.evaluate(() => ({ text: document.body.innerText.trim().length, width: document.documentElement.scrollWidth }));
    if (measured.text === 0) fail('prints-nothing', 'no text is left on paper');
    if (measured.width > PAPER.width) fail('wider-than-paper', `content is ${measured.width}px wide on ${PAPER.width}px of paper`);
    const document = await page.pdf({ format: 'A4' });
    const sheets = document.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    if (!document.subarray(0, 5).equals(Buffer.from('%PDF-')) || sheets === 0) fail('no-pdf', 'the browser made no page');
    notes.push(`${item.kind}: ${sheets} sheet${sheets === 1 ? '' : 's'} (${item.label})`);
  });
  return { count: `${printed.length} kinds of page`, failures, notes: notes.sort() };
}
