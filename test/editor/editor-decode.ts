import type { Decode } from '../../src/text/file-text';

/** Its names of encodings, as far as tests have them, for those of the web. */
const names: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  windows1252: 'windows-1252',
  shiftjis: 'shift_jis',
  gbk: 'gbk',
  euckr: 'euc-kr',
  windows1251: 'windows-1251',
};

/**
 * `workspace.decode` of the editor, as it documents it: by marks, by where zeros stand, else by the user's setting; what
 * has zeros elsewhere is binary, and refused.
 */
export function editorDecode(setting = 'utf8'): Decode {
  return async (bytes, encoding) => {
    await Promise.resolve();
    const found = encoding === undefined ? (shown(bytes) ?? setting) : encoding;
    if (found === 'binary') throw new Error('The content is binary.');
    return new TextDecoder(names[found] ?? found).decode(bytes);
  };
}

function shown(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [...bytes.subarray(0, 512)].flatMap((byte, at) => (byte === 0 ? [at % 2] : []));
  if (zeros.length === 0) return undefined;
  if (zeros.every((side) => side === 1)) return 'utf-16le';
  return zeros.every((side) => side === 0) ? 'utf-16be' : 'binary';
}
