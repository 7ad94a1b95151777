import path from 'node:path';
import { root } from './paths.mjs';

/** What the watching build prints when it begins and when it is over: .vscode/tasks.json reads these lines. */
export const beginLine = 'building …';
export function endLine(wrong, tookS) {
  return wrong > 0 ? `not built: ${wrong} wrong` : `built in ${tookS.toFixed(1)} s`;
}

/**
 * One line for each file that can't be built, `src/core/conduit.ts:12:3: error: TS1109: Expression expected.`, from
 * webpack's errors: a file fails once for each loader that it passes.
 * @param {{ message: string, moduleName?: string, loc?: string }[]} errors
 */
export function buildErrorLines(errors) {
  const byFile = new Map();
  for (const error of errors) {
    const { file, exact, text } = placed(error);
    if (exact || !byFile.has(file)) byFile.set(file, `${file}${text}`);
  }
  return [...byFile.values()];
}

/** `exact`: the place is in the file as it was written, not in what a loader made of it. */
function placed({ message, moduleName = 'webpack', loc = '' }) {
  const file = moduleName.replace(/^\.\//, '').replace(/\.webpack\[.*/, '');
  const typescript = /^\[tsl\] ERROR in .*?\((\d+),(\d+)\)\s+(.*)/.exec(message);
  const css = /\((\d+):(\d+)\) \S+\.css (.*)/.exec(message);
  const [, line, column, what] = typescript ?? css ?? [];
  if (what !== undefined) return { file, exact: true, text: `:${line}:${column}: error: ${what}` };
  const [row = '1', before = '0'] = /^(\d+):(\d+)/.exec(loc)?.slice(1) ?? [];
  const first = message
    .split('\n', 1)[0]
    .replaceAll(root + path.sep, '')
    .replace(/^(.*?): Error: /, '$1: ');
  return { file, exact: false, text: `:${row}:${Number(before) + 1}: error: ${first}` };
}
