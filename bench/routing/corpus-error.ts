/** A corpus or its vectors can't be used. The message begins with the file, and the line where there is one. */
export class CorpusError extends Error {
  override readonly name = 'CorpusError';

  constructor(path: string, problem: string, { line, cause }: { line?: number; cause?: unknown } = {}) {
    super(`${path}${line === undefined ? '' : `:${String(line)}`}: ${problem}`, { cause });
  }
}

/** The system's code of a failure, such as ENOENT or Z_BUF_ERROR. */
export function codeOf(failure: unknown): string | undefined {
  if (!(failure instanceof Error) || !('code' in failure)) return undefined;
  return typeof failure.code === 'string' ? failure.code : undefined;
}
