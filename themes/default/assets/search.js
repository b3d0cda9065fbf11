// The search page. Pieces of the index are scripts beside the page: only those that a query needs are loaded, and they
// work from disk as well. Terms are cut as src/output/search/terms.rs cuts them; MiniSearch ranks what was found.
"use strict";
(() => {
  const place = document.querySelector("[data-search]");
  if (!place) return;
  const form = place.querySelector("form");
  const input = place.querySelector("input");
  const status = place.querySelector("[role=status]");
  const list = place.querySelector("ol");
  const more = place.querySelector("button");
  const template = place.querySelector("template");
  const words = place.dataset;
  const AT_ONCE = 10;
  const FIELDS = { title: 0, facts: 1, text: 2 };

  // Pieces
  const pieces = new Map();
  const waiting = new Map();
  window.lookbackSearch = ([name, value]) => {
    pieces.set(name, value);
    waiting.get(name)?.resolve(value);
  };
  let version = "";
  const load = (name) => {
    if (pieces.has(name)) return Promise.resolve(pieces.get(name));
    if (!waiting.has(name)) {
      const promise = new Promise((resolve, reject) => {
        waiting.set(name, { resolve });
        const script = document.createElement("script");
        script.src = `${name}.js${version}`;
        script.onerror = () => {
          waiting.delete(name);
          reject(new Error(name));
        };
        document.head.append(script);
      });
      waiting.get(name).promise = promise;
    }
    return waiting.get(name).promise;
  };

  // Queries
  const JOINED = "\\uac00-\\ud7a3\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff";
  const isJoined = (term) => new RegExp(`^[${JOINED}]`).test(term);
  const isHangul = (run) => /^[\uac00-\ud7a3]/.test(run);
  // What a noun may end with in a sentence: a query that ends so is looked for without it as well.
  const PARTICLES = /(?:에서|에게|으로|부터|까지|은|는|이|가|을|를|의|에|로|와|과|도|만)$/;
  const runs = (text) => {
    const found = text.normalize("NFC").toLowerCase().match(/[\p{Alphabetic}\p{N}]+/gu) ?? [];
    // A syllable that is still being typed is no letter of any word yet.
    return found.flatMap((word) => word.match(new RegExp(`[${JOINED}]+|[^${JOINED}\\u3131-\\u318e]+`, "g")) ?? []);
  };
  const terms = (run) => {
    const letters = [...run];
    if (!isJoined(run)) return [letters.slice(0, 32).join("")];
    return letters.length === 1 ? [run] : letters.slice(1).map((letter, index) => letters[index] + letter);
  };
  const isPrefix = (term) => (isJoined(term) ? [...term].length === 1 : term.length > 1);
  const all = (run) => ({ combineWith: "AND", queries: terms(run) });
  const alternatives = (run) => {
    const stem = isHangul(run) && run.length > 2 ? run.replace(PARTICLES, "") : run;
    return stem.length < 2 || stem === run ? [run] : [run, stem];
  };
  const queryOf = (found) => ({ combineWith: "AND", queries: found.map((run) => ({ combineWith: "OR", queries: alternatives(run).map(all) })) });

  // Index
  const digits = (text) => Number.parseInt(text, 36);
  const postings = (written) => {
    const fields = {};
    written.split("/").forEach((field, place) => {
      if (!field) return;
      const documents = {};
      let next = 0;
      for (const posting of field.split(",")) {
        const [distance, count] = posting.split("*");
        next += digits(distance);
        documents[next] = count ? digits(count) : 1;
        next += 1;
      }
      fields[2 - place] = documents;
    });
    return fields;
  };
  const options = {
    fields: Object.keys(FIELDS),
    tokenize: (text) => [text],
    processTerm: (term) => term,
    searchOptions: { prefix: isPrefix, boost: { title: 5, facts: 3 }, weights: { prefix: 0.6, fuzzy: 0 } },
  };
  let contents = null;
  let engine = null;
  const used = new Set();
  const decoded = [];
  const mean = (numbers) => (numbers.length ? numbers.reduce((sum, number) => sum + number, 0) / numbers.length : 0);
  let base = null;
  const piecesOf = (term) => {
    const before = (limit) => contents.terms.findLastIndex((first) => first <= limit);
    const first = Math.max(0, before(term));
    const last = isPrefix(term) ? before(`${term}\uffff`) : first;
    return Array.from({ length: Math.max(0, Math.min(last, contents.terms.length - 1) - first + 1) }, (_, index) => `terms-${first + index}`);
  };
  const engineFor = async (found) => {
    const wanted = new Set(found.flatMap(alternatives).flatMap(terms).flatMap(piecesOf));
    const loaded = await Promise.all([...wanted].filter((name) => !used.has(name)).map(async (name) => [name, await load(name)]));
    for (const [name, piece] of loaded) {
      if (used.has(name)) continue;
      used.add(name);
      for (let at = 0; at < piece.length; at += 2) decoded.push([piece[at], postings(piece[at + 1])]);
      engine = null;
    }
    engine ??= MiniSearch.loadJS({ ...base, index: decoded }, options);
    return engine;
  };
  const begin = async () => {
    contents = await load("contents");
    version = `?${contents.version}`;
    const numbers = Array.from({ length: contents.documents }, (_, index) => [index, index]);
    base = {
      documentCount: contents.documents,
      nextId: contents.documents,
      documentIds: Object.fromEntries(numbers),
      fieldIds: FIELDS,
      fieldLength: Object.fromEntries(numbers.map(([index]) => [index, contents.lengths.map((field) => field[index])])),
      averageFieldLength: contents.lengths.map(mean),
      storedFields: {},
      dirtCount: 0,
      serializationVersion: 2,
    };
  };

  // Results
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const marker = (found) => {
    const patterns = found.flatMap(alternatives).map((run) => (isJoined(run) ? escaped(run) : `(?<![\\p{L}\\p{N}])${escaped(run)}`));
    return new RegExp(`(${patterns.join("|")})`, "giu");
  };
  const put = (element, text, mark) => {
    if (!element) return;
    if (!text) return element.remove();
    element.replaceChildren(...text.split(mark).map((part, index) => {
      if (index % 2 === 0) return part;
      const found = document.createElement("mark");
      found.textContent = part;
      return found;
    }));
  };
  const item = ([href, title, lang, date, severity, rank, services, length, summary], mark) => {
    const row = template.content.firstElementChild.cloneNode(true);
    const part = (name) => row.querySelector(`[data-part=${name}]`);
    const link = row.querySelector("a");
    link.href = place.dataset.root + href;
    put(link, title, mark);
    if (lang) row.querySelectorAll("[data-text]").forEach((element) => { element.lang = lang; });
    part("date").textContent = date;
    const badge = part("severity");
    if (severity) {
      badge.textContent = severity;
      badge.classList.add(`severity-${rank ?? "unknown"}`);
    } else badge.remove();
    put(part("services"), services, mark);
    put(part("length"), length, /$^/);
    put(part("summary"), summary, mark);
    return row;
  };
  let shown = { results: [], mark: null, count: 0 };
  const show = async (count, asked) => {
    const wanted = shown.results.slice(shown.count, count);
    const chunks = await Promise.all(wanted.map(({ id }) => load(`documents-${Math.floor(id / contents.chunk)}`)));
    if (asked !== question) return;
    const first = list.children.length;
    list.append(...wanted.map(({ id }, index) => item(chunks[index][id % contents.chunk], shown.mark)));
    shown.count += wanted.length;
    more.hidden = shown.count >= shown.results.length;
    return list.children[first];
  };
  let question = "";
  const search = async () => {
    const asked = input.value.trim();
    question = asked;
    try {
      history.replaceState(null, "", asked ? `?q=${encodeURIComponent(asked)}` : location.pathname);
    } catch {
      // A page from disk keeps its address.
    }
    const found = runs(asked);
    if (found.length === 0) {
      list.replaceChildren();
      more.hidden = true;
      status.textContent = "";
      return;
    }
    try {
      await ready;
      const results = (await engineFor(found)).search(queryOf(found));
      if (question !== asked) return;
      results.sort((one, other) => other.score - one.score || one.id - other.id);
      const before = [...list.children];
      shown = { results, mark: marker(found), count: 0 };
      await show(AT_ONCE, asked);
      if (question !== asked) return;
      for (const row of before) row.remove();
      status.textContent = results.length ? words.found.replace("#", results.length.toLocaleString(document.documentElement.lang)) : words.none;
    } catch {
      status.textContent = words.failed;
    }
  };

  // Keys
  const links = () => [...list.querySelectorAll("a")];
  place.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = links().indexOf(document.activeElement);
    if (step && (at >= 0 || (document.activeElement === input && step > 0))) {
      event.preventDefault();
      (at + step < 0 ? input : links()[at + step])?.focus();
    } else if (event.key === "Escape" && at >= 0) {
      event.preventDefault();
      input.focus();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    links()[0]?.click();
  });
  input.addEventListener("input", search);
  more.addEventListener("click", async () => {
    (await show(shown.count + AT_ONCE, question))?.querySelector("a").focus();
  });

  const ready = begin();
  ready.catch(() => { status.textContent = words.failed; });
  form.hidden = false;
  place.querySelectorAll("[data-without]").forEach((element) => { element.hidden = true; });
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.focus({ preventScroll: true });
  if (input.value) search();
})();
