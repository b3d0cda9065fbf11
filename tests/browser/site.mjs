// What a built site is, read from its folder: its pages, parsed once, and its other files.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'parse5';

/** Above this many pages only a sample is opened in the browser; the parsed checks always read every page. */
export const PAGES_OPENED_AT_MOST = 60;

/**
 * Reads the sites under the given folders. A folder with an `index.html` is a site; one without stands for the sites
 * directly below it, as the output folder of `lookback build` does. Files beside those sites come back as `loose`.
 */
export function readSites(folders) {
  const sites = [];
  const loose = [];
  for (const folder of folders.map((name) => resolve(name))) {
    if (existsSync(join(folder, 'index.html'))) {
      sites.push(readSite(folder));
      continue;
    }
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort(byName)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && existsSync(join(path, 'index.html'))) sites.push(readSite(path));
      else if (entry.isFile()) loose.push(path);
    }
  }
  return { sites, loose };
}

function readSite(root) {
  const files = listFiles(root);
  const site = { root, name: basename(root), files: new Set(files), pages: [] };
  site.pages = files.filter((file) => file.endsWith('.html')).map((file) => readPage(site, file));
  site.mount = mountOf(site);
  return site;
}

/** The path below which the site says that it is served: that of the canonical address of its home page. */
function mountOf(site) {
  const home = site.pages.find((page) => page.file === 'index.html');
  const canonical = home?.elements.find((element) => element.tagName === 'link' && attribute(element, 'rel') === 'canonical');
  const address = attribute(canonical, 'href');
  return address && URL.canParse(address) ? new URL(address).pathname : null;
}

function readPage(site, file) {
  const path = join(site.root, ...file.split('/'));
  const text = readFileSync(path, 'utf8');
  const elements = [...walk(parse(text, { sourceCodeLocationInfo: true }))];
  const language = attribute(elements.find((element) => element.tagName === 'html'), 'lang');
  return {
    site,
    file,
    label: `${site.name}/${file}`,
    url: pathToFileURL(path).href,
    // Shown wherever nothing is found, at any depth: it can't use relative links where it knows better.
    standsAnywhere: basename(file) === '404.html',
    // Nobody stays there: it leads to another page at once.
    leadsOn: elements.some((element) => element.tagName === 'meta' && attribute(element, 'http-equiv') === 'refresh'),
    size: text.length,
    language,
    kind: `${site.name} ${pageKind(file, elements)}${language && language !== 'en' ? ` (${language})` : ''}`,
    elements,
    ids: new Set(elements.flatMap((element) => [attribute(element, 'id'), element.tagName === 'a' ? attribute(element, 'name') : null])),
  };
}

/** The kind of a page is the `page-…` class of its body; a page without one is of the kind of its folder. */
function pageKind(file, elements) {
  const body = elements.find((element) => element.tagName === 'body');
  const named = /(?:^|\s)page-([\w-]+)/.exec(attribute(body, 'class') ?? '');
  if (named) return named[1];
  const folders = file.split('/').slice(0, -1);
  return folders[0] ?? basename(file, '.html');
}

/**
 * The pages to open in the browser: all of them, or the largest of every kind and then evenly spaced others.
 * No randomness, so that a failure comes back on the next run.
 */
export function pagesToOpen(sites, limit = PAGES_OPENED_AT_MOST) {
  const pages = sites.flatMap((site) => site.pages).filter((page) => !page.leadsOn);
  if (pages.length <= limit) return pages;
  const chosen = new Set(onePageOfEachKind(sites));
  const others = pages.filter((page) => !chosen.has(page));
  const wanted = Math.max(0, limit - chosen.size);
  for (let index = 0; index < wanted; index += 1) chosen.add(others[Math.floor((index * others.length) / wanted)]);
  return pages.filter((page) => chosen.has(page));
}

/** The largest page of each kind, since it has the most that can break. */
export function onePageOfEachKind(sites) {
  const largest = new Map();
  for (const page of sites.flatMap((site) => site.pages).filter((page) => !page.leadsOn)) {
    const known = largest.get(page.kind);
    if (!known || page.size > known.size) largest.set(page.kind, page);
  }
  return [...largest.values()];
}

/** Every element below a parsed node, in document order, the content of templates included. */
function* walk(node) {
  for (const child of node.childNodes ?? []) {
    if (child.tagName) yield child;
    yield* walk(child);
    if (child.content) yield* walk(child.content);
  }
}

/** The value of an attribute, or null. Names in another namespace are written `xlink:href`. */
export function attribute(element, name) {
  const found = element?.attrs.find((candidate) => (candidate.prefix ? `${candidate.prefix}:${candidate.name}` : candidate.name) === name);
  return found ? found.value : null;
}

/** The text inside a parsed element, white space collapsed. */
export function textOf(element) {
  const parts = [];
  const collect = (node) => {
    if (node.nodeName === '#text') parts.push(node.value);
    (node.childNodes ?? []).forEach(collect);
  };
  collect(element);
  return parts.join('').replace(/\s+/g, ' ').trim();
}

/** A short name for an element that a person finds again: tag, id or classes, and the line. */
export function describe(element) {
  const id = attribute(element, 'id');
  const classes = (attribute(element, 'class') ?? '').split(/\s+/).filter(Boolean);
  const name = id ? `#${id}` : classes.map((part) => `.${part}`).join('');
  const line = element.sourceCodeLocation?.startLine;
  return `${element.tagName}${name}${line ? ` (line ${line})` : ''}`;
}

function listFiles(root) {
  return readdirSync(root, { recursive: true })
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => relative(root, path).split(sep).join('/'))
    .sort();
}

function byName(left, right) {
  return left.name < right.name ? -1 : 1;
}
