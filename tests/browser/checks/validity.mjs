// The Nu Html Checker finds no error in any HTML or CSS file.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const title = 'HTML and CSS are valid';

const VALIDATOR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

/** Their names are command line arguments, which have a limit. */
const FILES_AT_ONCE = 1000;

/**
 * The validator gives a file no origin, so that `'self'` means nothing to it, and takes a block of data for a script, which no browser runs; the
 * check of loading asks one.
 */
const MISREAD_POLICY = /^(Resource|Inline script) violates Content Security Policy \(meta tag\)/;

export async function run({ sites }) {
  const files = sites.flatMap((site) => [...site.files].filter((file) => /\.(html|css)$/.test(file)).map((file) => join(site.root, file)));
  const messages = [];
  for (let index = 0; index < files.length; index += FILES_AT_ONCE) {
    messages.push(...(await validate(files.slice(index, index + FILES_AT_ONCE))).messages);
  }
  const failures = [];
  const warnings = new Map();
  for (const message of messages) {
    const site = sites.find((candidate) => pathOf(message).startsWith(candidate.root + sep));
    const page = site ? `${site.name}/${relative(site.root, pathOf(message))}` : pathOf(message);
    const where = message.lastLine ? `line ${message.lastLine}, column ${message.firstColumn ?? message.lastColumn ?? 1}` : 'file';
    const text = message.message.replace(/\s+/g, ' ');
    if (message.type !== 'info') failures.push({ page, rule: message.type, where, message: text });
    else if (!MISREAD_POLICY.test(text)) warnings.set(text, [...(warnings.get(text) ?? []), `${page}: ${where}`]);
  }
  const notes = [...warnings].map(([text, places]) => `${places.length} × ${text} First: ${places.toSorted()[0]}`);
  return { count: `${files.length} files`, failures, notes };
}

function pathOf(message) {
  return message.url?.startsWith('file:') ? fileURLToPath(message.url) : message.url ?? '';
}

function validate(files) {
  return new Promise((done, refuse) => {
    const java = spawn('java', ['-jar', VALIDATOR, '--format', 'json', '--also-check-css', '--stdout', ...files], { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    const errors = [];
    java.stdout.on('data', (part) => output.push(part));
    java.stderr.on('data', (part) => errors.push(part));
    java.on('error', refuse);
    java.on('close', () => {
      try {
        done(JSON.parse(Buffer.concat(output).toString('utf8')));
      } catch {
        refuse(new Error(`the validator gave no report: ${Buffer.concat(errors).toString('utf8').slice(0, 400)}`));
      }
    });
  });
}
