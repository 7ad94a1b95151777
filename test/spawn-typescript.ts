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

/** What Node, or a worker of it, has to be started with to run TypeScript. */
export const typeScriptArguments: readonly string[] = [
  '--no-warnings',
  '--import',
  `data:text/javascript,${encodeURIComponent(resolveTypeScript)}`,
];

/**
 * Runs a TypeScript file in a process of its own: in this Node, or in the one that CONDUIT_TEST_NODE names, such as the
 * oldest that the extension runs in.
 */
export function spawnTypeScript(file: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const node = process.env['CONDUIT_TEST_NODE'] ?? process.execPath;
  return spawn(node, [...typeScriptArguments, file, ...args]);
}
