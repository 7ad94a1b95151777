import { fileURLToPath } from 'node:url';
import { spawnTypeScript } from '../spawn-typescript';

export interface Appending {
  /** Highest number that the process said was acknowledged; -1: none yet. */
  acknowledged(): number;
  kill(): void;
  /** Exit code, or null where the process was killed; rejects with what it wrote to stderr where it failed. */
  readonly ended: Promise<number | null>;
}

/** Starts `appending-process.ts`; `onAcknowledged` is called with the number of each pair that is stored. */
export function spawnAppending(
  storage: string,
  name: string,
  pairs: number,
  onAcknowledged: (index: number, process: Appending) => void = () => undefined,
): Appending {
  const script = fileURLToPath(new URL('./appending-process.ts', import.meta.url));
  const child = spawnTypeScript(script, [storage, name, String(pairs)]);
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
