import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser';
import { projectFolder } from './files';

const html = `<!DOCTYPE html><html><head><meta charset="utf-8"><link rel="stylesheet" href="/chat.css">
<style>html, body { height: 100%; margin: 0 }</style></head>
<body data-page="chat"><div id="root"></div><script>
window.posted = [];
window.acquireVsCodeApi = () => ({ postMessage: (message) => window.posted.push(message) });
</script><script src="/chat.js"></script></body></html>`;

/** The packaged chat page in Chromium, without the editor and the policy that it would set. */
export interface ChatPages {
  readonly origin: string;
  open(): Promise<Page>;
  close(): Promise<void>;
}

export async function serveChatPages(): Promise<ChatPages> {
  const server = createServer((request, response) => {
    const name = request.url ?? '';
    if (name === '/') return void response.setHeader('content-type', 'text/html').end(html);
    if (!/^\/[\w-]+\.(js|css|ttf)$/.test(name)) return void response.writeHead(404).end();
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    response
      .setHeader('content-type', type)
      .end(readFileSync(path.join(projectFolder, 'dist', 'webview', name)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const browser = await openBrowser();
  return {
    origin,
    open: async () => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(origin, { waitUntil: 'networkidle' });
      return page;
    },
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
