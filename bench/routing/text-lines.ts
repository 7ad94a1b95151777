import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { codeOf, CorpusError } from './corpus-error';

export interface TextLine {
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of a UTF-8 file, unzipped where its name ends in .gz, without ever holding the whole file. Lines end
 * at \n alone: node:readline would also cut at U+2028, which JSON allows inside a string. Throws CorpusError.
 */
export async function* textLines(path: string): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let number = 0;
  try {
    for await (const bytes of bytesOf(path)) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) yield { number: (number += 1), text };
    }
    rest += decoder.decode();
  } catch (failure) {
    throw new CorpusError(path, problemOf(failure), { cause: failure });
  }
  if (rest !== '') yield { number: number + 1, text: rest };
}

function bytesOf(path: string): AsyncIterable<Buffer> {
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) return file as AsyncIterable<Buffer>;
  // A failure of either stream reaches the reader of the second; leaving early closes both.
  return pipeline(file, createGunzip(), () => undefined) as AsyncIterable<Buffer>;
}

function problemOf(failure: unknown): string {
  const reason = failure instanceof Error ? failure.message : String(failure);
  switch (codeOf(failure)) {
    case 'ENOENT':
      return 'there is no such file';
    case 'Z_BUF_ERROR':
      return 'the gzip file is cut short';
    case 'Z_DATA_ERROR':
      return reason === 'incorrect header check' ? 'this is not a gzip file' : `damaged gzip file: ${reason}`;
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return 'this is not UTF-8 text';
    default:
      return reason;
  }
}
