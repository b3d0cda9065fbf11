// Every page names itself: a language, one first-level heading, and a title that no other page has.
import { attribute, textOf } from '../site.mjs';

export const title = 'titles are unique; every page has a language and one h1';

export async function run({ sites }) {
  const failures = [];
  for (const site of sites) {
    const owners = new Map();
    for (const page of site.pages) {
      const fail = (rule, where, message) => failures.push({ page: page.label, rule, where, message });
      const language = page.language;
      if (!language || !isLanguage(language)) fail('language', 'html', language ? `\`${language}\` is not a language tag` : 'no lang attribute');
      // An SVG's title names a picture, not the page.
      const titles = page.elements.filter((element) => element.tagName === 'title' && element.namespaceURI.endsWith('xhtml'));
      const text = titles.length === 1 ? textOf(titles[0]) : '';
      if (!text) fail('title', 'head', titles.length === 1 ? 'the title is empty' : `${titles.length} titles`);
      const key = `${language} ${text}`;
      if (text && owners.has(key)) fail('duplicate-title', 'title', `\`${text}\` is the title of ${owners.get(key)} too`);
      else owners.set(key, page.label);
      const headings = page.elements.filter((element) => element.tagName === 'h1');
      if (headings.length !== 1) fail('one-h1', 'h1', `${headings.length} first-level headings`);
      else if (!textOf(headings[0]) && !attribute(headings[0], 'aria-label')) fail('one-h1', 'h1', 'the heading is empty');
    }
  }
  return { count: `${sites.reduce((sum, site) => sum + site.pages.length, 0)} pages`, failures };
}

function isLanguage(tag) {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
