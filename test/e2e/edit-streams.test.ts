import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import webpack from 'webpack';
import { packCompanion } from './companion';
import type { Expected, Script, StreamResult } from '../editor/edits/edit-stream';
import { scriptOf, streamsWith } from '../editor/edits/edit-stream';
import { campaignSeed, runs } from '../runs';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { outputFolder, packagedVsix } from './harness/files';

/**
 * Random edit streams against real documents of a real extension host. They are edited while the proposal streams, and
 * saved by the editor all the time.
 */

const total = runs(300);
const streams = streamsWith([
  'nothing',
  'take back',
  'type and take back',
  'undo',
  'undo and redo',
  'keep and undo',
]);
const logFile = path.join(outputFolder, `edit-streams-${String(process.pid)}.jsonl`);

let editor: Editor;
let address: string;

beforeAll(async () => {
  writeFileSync(logFile, '');
  editor = await startEditor({
    vsix: [packagedVsix(), await packCompanion('edit-streams', await bundle())],
    env: { EDIT_STREAMS_LOG: logFile },
    settings: {
      'files.autoSave': 'afterDelay',
      'files.autoSaveDelay': 500,
      // Nobody looks: what is drawn is most of the work.
      'breadcrumbs.enabled': false,
      'editor.lineNumbers': 'off',
      'editor.minimap.enabled': false,
      'workbench.statusBar.visible': false,
    },
    viewport: { width: 480, height: 320 },
    workspaceFiles: { 'lf.txt': 'x\n', 'crlf.txt': 'x\r\n' },
  });
  const port = await eventually('the extension that edits', () => {
    const line = readFileSync(logFile, 'utf8').split('\n')[0] ?? '';
    return line === '' ? undefined : (JSON.parse(line) as { port: number }).port;
  });
  address = `http://127.0.0.1:${String(port)}`;
});

afterAll(() => editor.close());

/** The extension that plays the streams, with Conduit's own code in it. Resolves to its folder. */
async function bundle(): Promise<string> {
  const source = path.join(import.meta.dirname, 'edit-streams');
  const folder = path.join(outputFolder, 'edit-streams');
  const compiler = webpack({
    mode: 'none',
    target: 'node22',
    devtool: false,
    entry: path.join(source, 'main.ts'),
    output: { path: folder, filename: 'extension.js', libraryTarget: 'commonjs2' },
    externals: { vscode: 'commonjs vscode' },
    resolve: { extensions: ['.ts', '.mjs', '.js'] },
    module: {
      rules: [
        {
          test: /\.ts$/,
          loader: 'ts-loader',
          options: {
            transpileOnly: true,
            compilerOptions: { noEmit: false, allowImportingTsExtensions: false },
          },
        },
      ],
    },
    plugins: [
      new webpack.NormalModuleReplacementPlugin(/proposal-preview$/, path.join(source, 'no-preview.ts')),
    ],
  });
  const stats = await promisify(compiler.run.bind(compiler))();
  if (stats?.hasErrors() !== false) throw new Error(stats?.toString('errors-only') ?? 'Nothing was bundled.');
  copyFileSync(path.join(source, 'package.json'), path.join(folder, 'package.json'));
  return folder;
}

async function playIn(file: string, script: Script): Promise<StreamResult> {
  const response = await fetch(address, { method: 'POST', body: JSON.stringify({ file, script }) });
  const { result, failed } = (await response.json()) as { result?: StreamResult; failed?: string };
  if (result === undefined) throw new Error(failed);
  return result;
}

function check(result: StreamResult, script: Script, expected: Expected): void {
  expect(result.start).toBe(script.text);
  if (result.onDisk !== undefined) expect(result.onDisk).toBe(expected.streamed);
  expect(result.streamed).toBe(expected.streamed);
  expect(expected.ended).toContain(result.ended);
  expect(result.texts).toEqual(expected.texts);
  const told = result.told.join('\n');
  switch (expected.outcome) {
    case 'overtaken':
      expect(told.match(/Your text stands, and the proposal was dropped/g)).toHaveLength(1);
      break;
    case 'same':
      expect(told).toMatch(/Nothing was changed/);
      break;
    case 'raced':
      expect(told === '').toBe(result.ended === expected.ended[0]);
      break;
    case 'accepted':
    case 'rejected':
      expect(told).toBe('');
  }
}

test(
  `${String(total)} random edit streams against documents that are edited at the same time`,
  async () => {
    const counts: Record<string, number> = {};
    const count = (what: string, by = 1): void => void (counts[what] = (counts[what] ?? 0) + by);
    const seed = campaignSeed('edit-streams-editor');
    const startedMs = Date.now();
    let run = 0;
    const law = fc.asyncProperty(streams, async (sample) => {
      const { script, expected } = scriptOf(sample);
      run += 1;
      const result = await playIn(sample.lineEnd === '\n' ? 'lf.txt' : 'crlf.txt', script);
      check(result, script, expected);
      count(expected.outcome);
      count('edits meanwhile', expected.edits);
      if (script.settle) count('saved meanwhile');
      if (expected.texts.length > 0) count(`accepted, then ${sample.after}`);
      if (run % 100 === 0) console.log(`${String(run)} after ${String(Date.now() - startedMs)} ms`);
      if (expected.outcome === 'raced' && result.ended !== expected.ended[0]) count('raced and refused');
    });
    await fc.assert(law, { numRuns: total, seed, endOnFailure: true });
    const seconds = ((Date.now() - startedMs) / 1000).toFixed(0);
    console.log(`${String(run)} edit streams in ${seconds} s: ${JSON.stringify(counts)}`);
    for (const outcome of ['accepted', 'rejected', 'overtaken', 'raced'])
      expect(counts[outcome] ?? 0).toBeGreaterThan(total / 50);
  },
  runs(1_200_000),
);
