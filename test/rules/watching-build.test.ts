import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import webpack from 'webpack';
import { z } from 'zod';
import { beginLine, buildErrorLines, endLine } from '../../scripts/lib/build-lines.mjs';
import configurations from '../../webpack.config.mjs';

const project = path.resolve(import.meta.dirname, '../..');

const tasksSchema = z.object({
  tasks: z.tuple([
    z.object({
      label: z.string(),
      problemMatcher: z.object({
        pattern: z.object({ regexp: z.string() }),
        background: z.object({ beginsPattern: z.string(), endsPattern: z.string() }),
      }),
    }),
  ]),
});
const { tasks } = tasksSchema.parse(
  JSON.parse(readFileSync(path.join(project, '.vscode/tasks.json'), 'utf8')),
);
const { label, problemMatcher } = tasks[0];
const { beginsPattern, endsPattern } = problemMatcher.background;

/** As webpack, ts-loader and css-loader say them. */
const ofTypeScript = [
  {
    moduleName: './src/core/reward/use-rules.ts',
    loc: '35:10',
    message: `Module parse failed: Unexpected token (35:10)\nFile was parsed as module type 'javascript/auto'.`,
  },
  {
    moduleName: './src/core/reward/use-rules.ts',
    loc: '39:10-11',
    message: `[tsl] ERROR in ${project}/src/core/reward/use-rules.ts(39,11)\n      TS1109: Expression expected.`,
  },
];
const ofImport = {
  moduleName: './src/core/reward/use-rules.ts',
  loc: '35:0-30',
  message: `Module not found: Error: Can't resolve './nope' in '${project}/src/core/reward'`,
};
const ofStyles = {
  moduleName:
    './src/webview/chat/chat.css.webpack[javascript/auto]!=!./node_modules/css-loader/dist/cjs.js!./src/webview/chat/chat.css',
  message: `Module build failed (from ./node_modules/css-loader/dist/cjs.js):\n\nSyntaxError\n\n(615:6) ${project}/src/webview/chat/chat.css Unclosed block\n`,
};

describe('what the watching build prints', () => {
  test.each([
    [
      'a syntax error where it was written',
      ofTypeScript,
      'src/core/reward/use-rules.ts:39:11: error: TS1109: Expression expected.',
    ],
    [
      'a missing file',
      [ofImport],
      "src/core/reward/use-rules.ts:35:1: error: Module not found: Can't resolve './nope' in 'src/core/reward'",
    ],
    ['an error of a style sheet', [ofStyles], 'src/webview/chat/chat.css:615:6: error: Unclosed block'],
    ['an error without a place', [{ message: 'Out of memory' }], 'webpack:1:1: error: Out of memory'],
  ])('is one line for %s', (_, errors, line) => {
    expect(buildErrorLines(errors)).toEqual([line]);
  });

  test('is what the task of F5 waits for and marks in the files', () => {
    expect(beginLine).toMatch(new RegExp(beginsPattern));
    for (const line of [endLine(0, 1.234), endLine(2, 1)]) {
      expect(line).toMatch(new RegExp(endsPattern));
      expect(line).not.toMatch(new RegExp(beginsPattern));
    }
    const found = new RegExp(problemMatcher.pattern.regexp).exec(buildErrorLines(ofTypeScript)[0] ?? '');
    expect(found?.slice(1)).toEqual([
      'src/core/reward/use-rules.ts',
      '39',
      '11',
      'error',
      'TS1109: Expression expected.',
    ]);
  });

  test('is asked for before F5 opens a window', () => {
    expect(readFileSync(path.join(project, '.vscode/launch.json'), 'utf8')).toContain(
      `"preLaunchTask": "${label}"`,
    );
  });
});

const mapSchema = z.object({ sources: z.array(z.string()), sourcesContent: z.array(z.string()) });

/** The development build of a small page, in a folder of its own. */
async function developed(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-build-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const page = configurations({}, { mode: 'development' }).find(({ name }) => name === 'doctor');
  if (page === undefined) throw new Error('There is no such page.');
  const compiler = webpack({ ...page, output: { ...page.output, path: folder } });
  await new Promise<void>((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error !== null) reject(error);
      else if (stats?.hasErrors() === true) reject(new Error(stats.toString('errors-only')));
      else resolve();
    });
  });
  return folder;
}

describe('source maps', () => {
  test('of the development build lead to the files as they are written, so that breakpoints hold', async () => {
    const file = path.join(await developed(), 'doctor.js.map');
    const { sources, sourcesContent } = mapSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const own = sources.flatMap((source, index) => {
      const name = /^webpack:\/\/conduit\/\.\/(src\/.*\.ts)$/.exec(source)?.[1];
      return name === undefined ? [] : [{ name, content: sourcesContent[index] }];
    });
    expect(own.map(({ name }) => name)).toContain('src/webview/doctor/main.ts');
    for (const { name, content } of own) expect(content).toBe(readFileSync(path.join(project, name), 'utf8'));
  });
});
