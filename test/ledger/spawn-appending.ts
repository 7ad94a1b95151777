import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Node runs TypeScript as it is, but for imports that leave out the file's ending. */
const resolveTypeScript = `
import { registerHooks } from 'node:module';
registerHooks({
  resolve(specifier, context, next) {
    const ours = context.parentURL?.endsWith('.ts') && /^\\.{1,2}\\/(.*\\/)?[^./]+$/.test(specifier);
    return next(ours ? specifier + '.ts' : specifier, context);
  },
});`;

export interface Appending {
  /** Highest number that the process said was acknowledged; -1: none yet. */
  acknowledged(): number;
  kill(): void;
  /** Exit code, or null where the process was killed; rejects with what it wrote to stderr where it failed. */
  readonly ended: Promise<number | null>;
}

/** Starts `appending-process.ts`; `onAcknowledged` is called with the number of each pair that is stored. */
export function spawnAppending(
  file: string,
  name: string,
  pairs: number,
  onAcknowledged: (index: number, process: Appending) => void = () => undefined,
): Appending {
  const child = spawn(process.execPath, [
    '--no-warnings',
    '--import',
    `data:text/javascript,${encodeURIComponent(resolveTypeScript)}`,
    fileURLToPath(new URL('./appending-process.ts', import.meta.url)),
    file,
    name,
    String(pairs),
  ]);
  let acknowledged = -1;
  let partial = '';
  let errors = '';
  const appending: Appending = {
    acknowledged: () => acknowledged,
    kill: () => void child.kill('SIGKILL'),
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) =>
        code === 0 || code === null
          ? resolve(code)
          : reject(new Error(errors || `exit code ${String(code)}`)),
      );
    }),
  };
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (partial + chunk.toString()).split('\n');
    partial = lines.pop() ?? '';
    for (const line of lines) {
      acknowledged = Number(line);
      onAcknowledged(acknowledged, appending);
    }
  });
  return appending;
}
