// What a page weighs: HTML and stylesheet of an incident for customers stay below 60 KB, each stylesheet below 20 KB, and no font is loaded.
import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { attribute } from '../site.mjs';

export const title = 'pages are light: 60 KB for an incident with its stylesheet, 20 KB for a stylesheet, no web font';

const INCIDENT = 60 * 1024;
const STYLESHEET = 20 * 1024;

export async function run({ sites }) {
  const failures = [];
  let heaviest = 0;
  let count = 0;
  for (const site of sites) {
    const size = (file) => statSync(join(site.root, ...file.split('/'))).size;
    for (const file of [...site.files].filter((name) => name.endsWith('.css'))) {
      count += 1;
      if (size(file) >= STYLESHEET) failures.push({ page: `${site.name}/${file}`, rule: 'heavy-stylesheet', where: '', message: `${size(file)} bytes` });
      if (/@font-face|@import/.test(readFileSync(join(site.root, ...file.split('/')), 'utf8'))) {
        failures.push({ page: `${site.name}/${file}`, rule: 'web-font', where: '', message: 'loads a font or another stylesheet' });
      }
    }
    for (const page of site.pages.filter((candidate) => / incident( |$)/.test(candidate.kind))) {
      count += 1;
      const sheets = page.elements.filter((element) => element.tagName === 'link' && attribute(element, 'rel') === 'stylesheet');
      const files = sheets.map((sheet) => posix.normalize(posix.join(posix.dirname(page.file), attribute(sheet, 'href')))).filter((file) => site.files.has(file));
      const weight = size(page.file) + files.reduce((sum, file) => sum + size(file), 0);
      heaviest = Math.max(heaviest, weight);
      if (weight >= INCIDENT) failures.push({ page: page.label, rule: 'heavy-page', where: '', message: `${weight} bytes with its stylesheet` });
    }
  }
  const notes = heaviest ? [`the heaviest incident weighs ${(heaviest / 1024).toFixed(1)} KB with its stylesheet`] : [];
  return { count: `${count} files`, failures, notes };
}
