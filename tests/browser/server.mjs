// A static file server on 127.0.0.1 for one site, as plain as a host can be: no directory listing, no rewriting.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const MEDIA_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.ics': 'text/calendar; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/** The site is served below a path of its own, since a site has to work under any path. */
const MOUNT = '/some/path/';

/** Starts the server on a free port; `base` is the address of the site, `close` ends it. */
export async function serveSite(root) {
  const server = createServer((request, response) => {
    const file = fileFor(root, request.url);
    if (!file) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    response.writeHead(200, { 'content-type': MEDIA_TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    base: origin + MOUNT,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

function fileFor(root, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname);
  } catch {
    return null;
  }
  if (!path.startsWith(MOUNT)) return null;
  const file = normalize(join(root, path.slice(MOUNT.length) || 'index.html'));
  if (!file.startsWith(root + sep)) return null;
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() ? file : null;
}
