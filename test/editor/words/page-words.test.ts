import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** It comes without types, and as an environment it would not resolve `vscode`. */
interface Jsdom {
  readonly JSDOM: new (html: string) => { readonly window: { readonly document: Document } };
}

/** The way of the words from the extension's folder into a page. */

const editor = vi.hoisted(() => ({ language: 'de', extensionPath: '' }));
vi.mock('vscode', () => ({
  env: {
    get language() {
      return editor.language;
    },
  },
  extensions: { getExtension: () => ({ extensionPath: editor.extensionPath }) },
  Uri: { joinPath: (...parts: readonly string[]) => parts.join('/') },
}));

beforeEach(() => {
  vi.resetModules();
  editor.extensionPath = mkdtempSync(path.join(tmpdir(), 'extension-'));
  mkdirSync(path.join(editor.extensionPath, 'l10n'));
});

afterEach(() => {
  vi.unstubAllGlobals();
  rmSync(editor.extensionPath, { recursive: true });
});

async function pageIn(language: string, translations: Readonly<Record<string, string>>): Promise<Document> {
  editor.language = language;
  const file = path.join(editor.extensionPath, 'l10n', 'bundle.l10n.de.json');
  writeFileSync(file, JSON.stringify(translations));
  const { webviewHtml } = await import('../../../src/editor/webview-html');
  const webview = { cspSource: 'https://webview.test', asWebviewUri: String };
  const html = webviewHtml(webview as never, '/extension' as never, 'chat');
  const name: string = 'jsdom';
  const jsdom: unknown = await import(name);
  const { JSDOM } = jsdom as Jsdom;
  return new JSDOM(html).window.document;
}

/** What a text becomes in a page, whose first module is src/webview/words.ts. */
async function wordsIn(page: Document, text: string, value: string): Promise<string> {
  // The page has another copy of it than the extension host, which knows no word yet.
  l10n.config({ contents: {} });
  vi.stubGlobal('document', page);
  await import('../../../src/webview/words');
  return l10n.t(text, value);
}

test('a page says in German what has a German translation, and says so of itself', async () => {
  const page = await pageIn('de', { 'Ask {0}': '{0} fragen' });
  expect(page.documentElement.lang).toBe('de');
  expect(await wordsIn(page, 'Ask {0}', 'mini')).toBe('mini fragen');
  expect(await wordsIn(page, 'Stop {0}', 'mini')).toBe('Stop mini');
});

test('a page is English where there is no translation', async () => {
  const page = await pageIn('fr', { 'Ask {0}': '{0} fragen' });
  expect(page.documentElement.lang).toBe('en');
  expect(await wordsIn(page, 'Ask {0}', 'mini')).toBe('Ask mini');
});

test('no translation ends its element or begins another: it arrives as it is', async () => {
  const hostile = '</script><script>alert(1)</script><!--<script>&amp;" {0}';
  const page = await pageIn('de', { 'Ask {0}': hostile });
  const scripts = [...page.querySelectorAll('script')];
  expect(scripts.map(({ id, type }) => [id, type])).toEqual([
    ['words', 'application/json'],
    ['', ''],
  ]);
  expect(scripts[1]?.getAttribute('nonce')).toBeTruthy();
  expect(await wordsIn(page, 'Ask {0}', 'x')).toBe(hostile.replace('{0}', 'x'));
});
