// Every link, anchor, image, stylesheet and feed address inside a site leads to a file of that site.
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { attribute, describe, textOf } from '../site.mjs';

export const title = 'links, anchors and resources resolve inside their own site';

const ADDRESS_ATTRIBUTES = ['href', 'xlink:href', 'src', 'poster', 'data', 'action', 'formaction', 'cite'];

export async function run({ sites }) {
  const failures = [];
  let count = 0;
  for (const site of sites) {
    const pages = new Map(site.pages.map((page) => [page.file, page]));
    const home = canonicalAddress(pages.get('index.html'));
    for (const reference of references(site)) {
      count += 1;
      const problem = judge(site, pages, home, reference);
      if (problem) failures.push({ page: `${site.name}/${reference.file}`, rule: problem.rule, where: `${reference.where} → ${reference.address}`, message: problem.message });
    }
  }
  return { count: `${count} references on ${sites.reduce((sum, site) => sum + site.pages.length, 0)} pages`, failures };
}

function* references(site) {
  for (const page of site.pages) {
    for (const element of page.elements) {
      yield* elementReferences(page, element);
    }
  }
  for (const file of site.files) {
    if (file.endsWith('.css')) yield* cssReferences(file, 'stylesheet', readFileSync(join(site.root, file), 'utf8'));
  }
}

function* elementReferences(page, element) {
  const where = describe(element);
  const base = { file: page.file, where, navigates: isNavigation(element), canonical: isCanonical(element) };
  if (element.tagName === 'base') yield { ...base, address: attribute(element, 'href') ?? '', forbidden: 'base-element' };
  for (const name of ADDRESS_ATTRIBUTES) {
    const address = attribute(element, name);
    if (address !== null && element.tagName !== 'base') yield { ...base, address };
  }
  const refresh = attribute(element, 'http-equiv') === 'refresh' ? /url=(.*)$/.exec(attribute(element, 'content') ?? '') : null;
  if (refresh) yield { ...base, address: refresh[1], navigates: true };
  for (const candidate of (attribute(element, 'srcset') ?? '').split(/,\s+/)) {
    const address = candidate.trim().split(/\s+/)[0];
    if (address) yield { ...base, address };
  }
  const style = attribute(element, 'style');
  if (style) yield* cssReferences(page.file, where, style);
  if (element.tagName === 'style') yield* cssReferences(page.file, where, textOf(element));
}

function* cssReferences(file, where, css) {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, ' ');
  for (const match of plain.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)'"\s]+))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/g)) {
    yield { file, where, address: match.slice(1).find((part) => part !== undefined) };
  }
}

/** Only what a reader follows may lead to another host; what the page itself loads may not. */
function isNavigation(element) {
  if (['a', 'area', 'blockquote', 'q', 'del', 'ins'].includes(element.tagName)) return true;
  return element.tagName === 'link' && !/stylesheet|icon|preload|modulepreload|preconnect|dns-prefetch|prefetch|manifest/i.test(attribute(element, 'rel') ?? '');
}

function isCanonical(element) {
  return element.tagName === 'link' && /canonical/i.test(attribute(element, 'rel') ?? '');
}

function judge(site, pages, home, reference) {
  const { address, file } = reference;
  if (reference.forbidden) return { rule: reference.forbidden, message: 'changes what every relative link means' };
  if (/^data:/i.test(address)) return reference.navigates ? { rule: 'data-link', message: 'a link to a data: address' } : null;
  if (/^(https?:)?\/\//i.test(address)) {
    if (!reference.navigates) return { rule: 'foreign-resource', message: 'loaded from another host' };
    return reference.canonical ? judgeCanonical(site, pages, home, file, address) : judgeHost(address);
  }
  if (/^(mailto|tel|webcal):/i.test(address)) return reference.navigates ? null : { rule: 'foreign-resource', message: 'not a file of the site' };
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return { rule: 'unusual-scheme', message: 'neither a file of the site nor a web address' };
  return judgeLocal(site, pages, reference);
}

function judgeHost(address) {
  const url = readUrl(address);
  if (!url) return { rule: 'malformed-address', message: 'cannot be read as an address' };
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return local ? { rule: 'local-address', message: 'leads to the machine that built the site' } : null;
}

function readUrl(address) {
  try {
    return new URL(address, 'https://example.org');
  } catch {
    return null;
  }
}

/** The canonical address of the home page is the address of the site; every other one has to begin with it. A page that leads on names another one. */
function judgeCanonical(site, pages, home, file, address) {
  const base = home?.replace(/index\.html$/, '') ?? '';
  if (pages.get(file)?.leadsOn) {
    const target = safeDecode(address);
    const found = base.endsWith('/') && target.startsWith(base) && site.files.has(`${target.slice(base.length)}index.html`);
    return found ? null : { rule: 'wrong-canonical', message: 'is no page of this site' };
  }
  const expected = base + file;
  const given = readUrl(address) ? safeDecode(address) : '';
  const right = base.endsWith('/') && [expected, expected.replace(/index\.html$/, '')].includes(given);
  return right ? null : { rule: 'wrong-canonical', message: `is not \`${expected}\`` };
}

function canonicalAddress(page) {
  const element = page?.elements.find(isCanonical);
  return element ? safeDecode(attribute(element, 'href') ?? '') : null;
}

function safeDecode(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

function judgeLocal(site, pages, { address, file }) {
  let path;
  let fragment;
  try {
    const [before, ...after] = address.split('#');
    fragment = decodeURIComponent(after.join('#'));
    path = decodeURIComponent(before.split('?')[0]);
  } catch {
    return { rule: 'malformed-address', message: 'a % that encodes nothing' };
  }
  const isMounted = pages.get(file)?.standsAnywhere && site.mount && path.startsWith(site.mount);
  if (isMounted) path = posix.relative(posix.dirname(`/${file}`), `/${path.slice(site.mount.length)}`);
  if (path.startsWith('/')) return { rule: 'absolute-path', message: 'works under one path only, and not from disk' };
  const target = path === '' ? file : posix.normalize(posix.join(posix.dirname(file), path));
  if (target === '..' || target.startsWith('../')) return { rule: 'leaves-site', message: 'leads out of the site' };
  if (!site.files.has(target)) {
    const folder = target === '.' || target === './' ? '' : target.replace(/\/*$/, '/');
    if (site.files.has(`${folder}index.html`)) return { rule: 'folder-link', message: 'names a folder, which shows a listing when opened from disk' };
    return { rule: 'missing-target', message: 'no such file' };
  }
  const page = pages.get(target);
  if (fragment && fragment !== 'top' && page && !page.ids.has(fragment)) return { rule: 'missing-anchor', message: `no element has the id ${fragment}` };
  return null;
}
