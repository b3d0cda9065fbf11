// A static file server on 127.0.0.1 for one site, as plain as a host can be: no directory listing, no rewriting.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize, sep } from 'node:path';

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

/** Starts the server on a free port; `base` is the address of the site, `close` ends it. With `fallback`, the nearest `404.html` answers for what is missing. */
export async function serveSite(root, { mount = MOUNT, fallback = false } = {}) {
  const server = createServer((request, response) => {
    const file = fileFor(root, mount, request.url, fallback);
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
    base: origin + mount,
    // Does not keep the process alive.
    forget: () => server.unref(),
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

function fileFor(root, mount, url, fallback) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname);
  } catch {
    return null;
  }
  if (!path.startsWith(mount)) return null;
  const file = normalize(join(root, path.slice(mount.length) || 'index.html'));
  if (!file.startsWith(root + sep)) return null;
  if (isFile(file)) return file;
  for (let folder = dirname(file); fallback && (folder === root || folder.startsWith(root + sep)); folder = dirname(folder)) {
    if (isFile(join(folder, '404.html'))) return join(folder, '404.html');
  }
  return null;
}

function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
