import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';

/** A process that writes to a ledger as a window does. */
export interface Writer {
  readonly name: string;
  /** How many decisions, and how many receipts, it said were acknowledged. */
  decisions(): number;
  receipts(): number;
  /** Longest block of its event loop in ms; undefined: it has not come to its end. */
  blockMs(): number | undefined;
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Rejects with what it wrote to stderr where it fails. A kill is no failure. */
  readonly ended: Promise<void>;
}

/** The Node of CONDUIT_TEST_NODE, such as the oldest that the extension runs in; else this one. */
export const testNode = process.env['CONDUIT_TEST_NODE'] ?? process.execPath;

export function startWriter(
  bundle: string,
  storage: string,
  name: string,
  pairs: number,
  checkpointBytes = 4_000_000,
): Writer {
  const args = ['--no-warnings', bundle, storage, name, String(pairs), String(checkpointBytes)];
  return writerOf(name, spawn(testNode, args));
}

export function writerOf(name: string, child: ChildProcessWithoutNullStreams): Writer {
  let [decisions, receipts, partial, errors] = [0, 0, '', ''];
  let blockMs: number | undefined;
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (partial + chunk.toString()).split('\n');
    partial = lines.pop() ?? '';
    for (const line of lines) {
      const [what, number] = line.split(' ');
      if (what === 'd') decisions = Number(number) + 1;
      else if (what === 'r') receipts = Number(number) + 1;
      else blockMs = Number(number);
    }
  });
  return {
    name,
    decisions: () => decisions,
    receipts: () => receipts,
    blockMs: () => blockMs,
    signal: (signal) => void child.kill(signal),
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        if (code === 0 || code === null) resolve();
        else reject(new Error(errors || `exit code ${String(code)}`));
      });
    }),
  };
}
