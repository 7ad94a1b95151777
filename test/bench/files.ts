import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A folder that `[Symbol.dispose]` removes, with everything in it. */
export function temporaryFolder(): Disposable & {
  write(name: string, content: string | Uint8Array): string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'conduit-bench-'));
  return {
    write(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface SampleOutcome {
  readonly quality?: unknown;
  readonly cost_usd?: unknown;
}

/** One line of a corpus of the models `cheap` and `gpt-4o`, with whatever `changes` says. */
export function corpusLine(id: string, changes: Readonly<Record<string, unknown>> = {}): string {
  const models: Record<string, SampleOutcome> = {
    cheap: { quality: 0.5, cost_usd: 0.001 },
    'gpt-4o': { quality: 0.75, cost_usd: 0.02 },
  };
  return JSON.stringify({
    id,
    source: 'made up',
    domain: 'sums',
    prompt: `Prompt ${id}`,
    models,
    ...changes,
  });
}

export function gzipped(lines: readonly string[]): Buffer {
  return gzipSync(`${lines.join('\n')}\n`);
}

/** Little-endian half floats of 0 and of 1 in turn by row: `dims` a row, the 1 in place `row % dims`. */
export function unitVectorBytes(rows: number, dims: number): Uint8Array {
  const bytes = new Uint8Array(rows * dims * 2);
  const view = new DataView(bytes.buffer);
  for (let row = 0; row < rows; row += 1) view.setUint16((row * dims + (row % dims)) * 2, 0x3c00, true);
  return bytes;
}
