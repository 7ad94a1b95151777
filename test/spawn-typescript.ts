import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';

/** Node runs TypeScript as it is, but for imports that leave out the file's ending. */
const resolveTypeScript = `
import { registerHooks } from 'node:module';
registerHooks({
  resolve(specifier, context, next) {
    const ours = context.parentURL?.endsWith('.ts') && /^\\.{1,2}\\/(.*\\/)?[^./]+$/.test(specifier);
    return next(ours ? specifier + '.ts' : specifier, context);
  },
});`;

/** What Node takes to run a TypeScript file. */
export function nodeArguments(file: string, args: readonly string[]): readonly string[] {
  const hook = `data:text/javascript,${encodeURIComponent(resolveTypeScript)}`;
  return ['--no-warnings', '--import', hook, file, ...args];
}

/** Runs a TypeScript file in a process of its own. */
export function spawnTypeScript(file: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, nodeArguments(file, args));
}
