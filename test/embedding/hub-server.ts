import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A model hub on loopback: small files come at once, weights by a redirect that states their checksum. */
export interface HubServer {
  readonly url: string;
  /** The paths that were asked for. */
  readonly requests: readonly string[];
  readonly files: Map<string, Buffer>;
  /** What to do with a request instead; undefined: the usual. */
  intercept: (path: string, response: ServerResponse) => boolean;
  close(): Promise<void>;
}

export async function startHub(model: string, contents: ReadonlyMap<string, Buffer>): Promise<HubServer> {
  const files = new Map(contents);
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    if (hub.intercept(path, response)) return;
    const name = /^\/cdn\/(.+)$/.exec(path)?.[1] ?? path.split('/resolve/')[1]?.replace(/^[^/]+\//, '');
    const content = name === undefined ? undefined : files.get(name);
    if (content === undefined || !(path.startsWith(`/${model}/`) || path.startsWith('/cdn/'))) {
      response.writeHead(404).end('Entry not found');
    } else if (name?.endsWith('.onnx') === true && !path.startsWith('/cdn/')) {
      const sha256 = createHash('sha256').update(content).digest('hex');
      response
        .writeHead(302, {
          location: `/cdn/${name}`,
          'x-linked-etag': `"${sha256}"`,
          'x-linked-size': content.length,
        })
        .end();
    } else {
      response.writeHead(200, { 'content-length': content.length }).end(content);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hub: HubServer = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    files,
    intercept: () => false,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return hub;
}
