import { readFile } from 'node:fs/promises';
import { codeOf, CorpusError } from './corpus-error';

/** The contents of a JSON file. Throws CorpusError where there are none. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown;
  } catch (failure) {
    const problem = codeOf(failure) === 'ENOENT' ? 'there is no such file' : String(failure);
    throw new CorpusError(path, problem, { cause: failure });
  }
}
