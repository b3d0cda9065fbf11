// What search engines and cards read: schema.org data as its vocabulary says, descriptions, languages that name each other, a sitemap that agrees.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attribute, textOf } from '../site.mjs';

export const title = 'descriptions, structured data, languages and sitemap agree';

const text = (value) => typeof value === 'string' && value.trim() !== '';
const address = (value) => text(value) && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
const moment = (value) => text(value) && /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.test(value) && !Number.isNaN(Date.parse(value));
const language = (value) => text(value) && /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(value);
const interval = (value) => text(value) && value.split('/').length === 2 && value.split('/').every((end) => end === '..' || moment(end));
const each = (check) => (value, fail) => Array.isArray(value) && value.length > 0 && value.every((item) => check(item, fail));
const thing = (...types) => (value, fail) => types.includes(value?.['@type']) && !describeThing(value, fail);

/** Properties by type, with the ranges that https://schema.org gives them. Types inherit: Report is an Article, and that a CreativeWork. */
const VOCABULARY = {
  WebSite: { name: text, url: address },
  WebPage: { '@id': address },
  Service: { name: text },
  CorrectionComment: { datePublished: moment, text },
  Report: {
    headline: text, description: text, inLanguage: language, datePublished: moment, dateModified: moment, url: address,
    mainEntityOfPage: thing('WebPage'), temporalCoverage: interval, about: each(thing('Service')), correction: each(thing('CorrectionComment')),
    isPartOf: thing('WebSite'),
  },
  CollectionPage: { name: text, description: text, inLanguage: language, url: address, isPartOf: thing('WebSite') },
};

const REQUIRED = { Report: ['headline', 'datePublished', 'dateModified'], CollectionPage: ['name'], WebSite: ['name'], Service: ['name'], CorrectionComment: ['datePublished'], WebPage: ['@id'] };

export async function run({ sites }) {
  const failures = [];
  let blocks = 0;
  for (const site of sites) {
    const descriptions = new Map();
    for (const page of site.pages) {
      const fail = (rule, where, message) => failures.push({ page: page.label, rule, where, message });
      const meta = (name) => attribute(page.elements.find((element) => element.tagName === 'meta' && [attribute(element, 'name'), attribute(element, 'property')].includes(name)), 'content');
      blocks += checkStructured(page, fail);
      checkAlternates(site, page, fail);
      const canonical = canonicalOf(page);
      if (!canonical || page.leadsOn) continue;
      const description = meta('description');
      if (!description) fail('description', 'head', 'a page with an address of its own has no description');
      const key = `${page.language} ${description}`;
      if (description && descriptions.has(key)) fail('duplicate-description', 'head', `is that of ${descriptions.get(key)} too`);
      descriptions.set(key, page.label);
      for (const name of ['og:title', 'og:type', 'og:site_name', 'og:locale']) if (!meta(name)) fail('open-graph', name, 'is missing');
      if (meta('og:url') !== canonical) fail('open-graph', 'og:url', `is not \`${canonical}\``);
      if (meta('og:description') !== description) fail('open-graph', 'og:description', 'is not the description');
    }
    checkSitemap(site, (where, message) => failures.push({ page: `${site.name}/sitemap.xml`, rule: 'sitemap', where, message }));
  }
  return { count: `${sites.reduce((sum, site) => sum + site.pages.length, 0)} pages, ${blocks} blocks of structured data`, failures };
}

function links(page, rel) {
  return page.elements.filter((element) => element.tagName === 'link' && attribute(element, 'rel') === rel);
}

function canonicalOf(page) {
  return attribute(links(page, 'canonical')[0], 'href');
}

function checkStructured(page, fail) {
  const found = page.elements.filter((element) => element.tagName === 'script' && attribute(element, 'type') === 'application/ld+json');
  for (const element of found) {
    let value;
    try {
      value = JSON.parse(textOf(element));
    } catch (error) {
      fail('structured-data', 'script', error.message);
      continue;
    }
    if (value['@context'] !== 'https://schema.org') fail('structured-data', '@context', 'is not schema.org');
    delete value['@context'];
    describeThing(value, (where, message) => fail('structured-data', where, message));
    if (value.url && value.url !== canonicalOf(page)) fail('structured-data', 'url', 'is not the canonical address');
  }
  return found.length;
}

/** Reports what the vocabulary does not know; true when something was reported. */
function describeThing(value, fail) {
  const known = VOCABULARY[value?.['@type']];
  if (!known) return fail?.('@type', `\`${value?.['@type']}\` is not expected`) ?? true;
  let wrong = false;
  for (const [property, content] of Object.entries(value).filter(([name]) => name !== '@type')) {
    if (known[property]?.(content, fail)) continue;
    wrong = true;
    fail?.(`${value['@type']}.${property}`, known[property] ? 'is not in its range' : 'is no property of it');
  }
  for (const property of REQUIRED[value['@type']].filter((name) => !(name in value))) {
    wrong = true;
    fail?.(`${value['@type']}.${property}`, 'is missing');
  }
  return wrong;
}

/** Every language names all of them, itself included, and a default (https://developers.google.com/search/docs/specialty/international). */
function checkAlternates(site, page, fail) {
  const named = links(page, 'alternate').filter((element) => attribute(element, 'hreflang'));
  if (named.length === 0) return;
  const own = named.find((element) => attribute(element, 'hreflang') === page.language);
  if (attribute(own, 'href') !== canonicalOf(page)) fail('hreflang', page.language, 'is not the canonical address of the page itself');
  if (!named.some((element) => attribute(element, 'hreflang') === 'x-default')) fail('hreflang', 'x-default', 'is missing');
  const set = named.map((element) => `${attribute(element, 'hreflang')} ${attribute(element, 'href')}`).sort().join('\n');
  for (const element of named) {
    const other = site.pages.find((candidate) => !candidate.leadsOn && canonicalOf(candidate) === attribute(element, 'href'));
    const theirs = other && links(other, 'alternate').filter((link) => attribute(link, 'hreflang')).map((link) => `${attribute(link, 'hreflang')} ${attribute(link, 'href')}`).sort().join('\n');
    if (theirs !== set) fail('hreflang', attribute(element, 'hreflang'), other ? 'does not name the same pages' : 'leads to no page');
  }
}

/** The sitemap lists each page with a canonical address, and no other. */
function checkSitemap(site, fail) {
  const file = join(site.root, 'sitemap.xml');
  if (!site.mount) return;
  const listed = existsSync(file) ? [...readFileSync(file, 'utf8').matchAll(/<loc>([^<]*)<\/loc>/g)].map((match) => match[1].replaceAll('&amp;', '&')) : [];
  const canonical = new Set(site.pages.filter((page) => !page.leadsOn).map(canonicalOf).filter(Boolean));
  for (const location of listed.filter((one) => !canonical.has(one))) fail(location, 'is the canonical address of no page');
  for (const location of [...canonical].filter((one) => existsSync(file) && !listed.includes(one))) fail(location, 'is not listed');
  for (const match of existsSync(file) ? readFileSync(file, 'utf8').matchAll(/<lastmod>([^<]*)<\/lastmod>/g) : []) {
    if (!moment(match[1])) fail('lastmod', `\`${match[1]}\` is no time`);
  }
}
