import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileText, labelOfText, longestAttachment } from '../../src/text/file-text';
import { editorDecode } from '../editor/editor-decode';
import { runs } from '../runs';
import { mostProblems, problemsText } from '../../src/text/problems-text';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the text of a file', () => {
  test('is what it says, in UTF-8 and UTF-16, without the mark', async () => {
    expect(await fileText(utf8('Grüße 👋'), editorDecode())).toEqual({ kind: 'text', text: 'Grüße 👋' });
    expect(await fileText(utf8('\ufeffa'), editorDecode())).toEqual({ kind: 'text', text: 'a' });
    expect(await fileText(new Uint8Array(), editorDecode())).toEqual({ kind: 'text', text: '' });
  });

  test.each([
    ['an image', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]],
    ['a program', [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0]],
    ['signs that no text has', Array.from({ length: 64 }, (_, at) => at % 8)],
    ['a photograph', [0xff, 0xd8, 0xff, 0xe0, 0x01, 0x02, 0x03, 0x04, 0x90, 0x91]],
  ])('%s is refused', async (_name, bytes) => {
    expect(await fileText(Uint8Array.from(bytes), editorDecode())).toEqual({ kind: 'binary' });
    expect(await fileText(Uint8Array.from(bytes), editorDecode('windows1252'))).toEqual({ kind: 'binary' });
  });

  test('is cut where it is too long, never within a character, and its name says so', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 3 }), async (shift) => {
        const whole = 'x'.repeat(shift) + '👋'.repeat(longestAttachment / 2);
        const file = await fileText(utf8(whole), editorDecode());
        if (!('text' in file)) throw new Error('It is no text.');
        expect(file.text.isWellFormed()).toBe(true);
        expect(whole.startsWith(file.text)).toBe(true);
        expect(file.text.length).toBeGreaterThan(longestAttachment - 2);
        expect(file.kind).toBe(shift === 0 ? 'text' : 'cut');
      }),
      { numRuns: runs(8) },
    );
    const cut = await fileText(utf8('y'.repeat(70_000)), editorDecode());
    expect('text' in cut && labelOfText('big.log', cut)).toBe('big.log (first 60,000 of 70,000 characters)');
    expect(labelOfText('a.ts', { kind: 'text', text: 'a' })).toBe('a.ts');
  });
});

describe('bytes in another encoding', () => {
  const japanese = [0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x82, 0xcc, 0x83, 0x65, 0x83, 0x58, 0x83, 0x67];
  const chinese = [0xd6, 0xd0, 0xce, 0xc4, 0xb2, 0xe2, 0xca, 0xd4];
  const russian = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2];
  const german = 'Größe für Ärger – „ja“, 5 €'
    .replace('–', '\x96')
    .replace('„', '"')
    .replace('“', '"')
    .replace('€', '\x80');
  const swapped = (text: string): Uint8Array => Buffer.from(text, 'utf16le').swap16();

  test.each([
    ['UTF-16 with a mark', Buffer.from('\ufeffGrüße 日本', 'utf16le'), 'Grüße 日本'],
    ['UTF-16 with a mark, the other way round', swapped('\ufeffGrüße 日本'), 'Grüße 日本'],
    ['UTF-16 without a mark', Buffer.from('let a = "Grüße";\n', 'utf16le'), 'let a = "Grüße";\n'],
    ['UTF-16 without a mark, the other way round', swapped('let a = "Grüße";\n'), 'let a = "Grüße";\n'],
  ])('%s is read, and nothing is said of it', async (_, bytes, text) => {
    expect(await fileText(bytes, editorDecode())).toEqual({ kind: 'text', text });
  });

  test.each([
    ['Shift_JIS', 'shiftjis', japanese, '日本語のテスト'],
    ['GBK', 'gbk', chinese, '中文测试'],
    ['Windows-1251', 'windows1251', russian, 'Привет'],
    ['Windows-1252', 'windows1252', [...Buffer.from('caf\xe9', 'latin1')], 'café'],
  ])('%s is read by the user’s setting', async (_, setting, bytes, text) => {
    const line = [...Buffer.from('// '), ...bytes, 10];
    expect(await fileText(Uint8Array.from(line), editorDecode(setting))).toEqual({
      kind: 'text',
      text: `// ${text}\n`,
    });
  });

  test.each([
    ['Shift_JIS', japanese],
    ['GBK', chinese],
    ['one Chinese character', [0xd6, 0xd0]],
    ['one Korean character', [0xb0, 0xa1]],
    ['Windows-1251', russian],
    ['letters of DOS', [0x47, 0x72, 0x94, 0xe1, 0x65]],
  ])('%s that nobody expects is refused, and taken for nothing else', async (_, bytes) => {
    const line = Uint8Array.from([...Buffer.from('// '), ...bytes, 10]);
    expect(await fileText(line, editorDecode())).toEqual({ kind: 'unknown-encoding' });
  });

  test.each([
    ['German', german, 'Größe für Ärger – "ja", 5 €'],
    ['French', 'd\xe9j\xe0 \xab vu \xbb, l\x92\xe9t\xe9', 'déjà « vu », l’été'],
    ['Spanish', '\xbfqu\xe9 a\xf1o?', '¿qué año?'],
    ['signs of Spanish', 'Qu\xe9 pas\xf3, 5\xba a\xf1o, 3\xaa vez', 'Qué pasó, 5º año, 3ª vez'],
    ['capitals of Portuguese', '// FUN\xc7\xc3O DE A\xc7\xc3O: N\xc3O\n', '// FUNÇÃO DE AÇÃO: NÃO\n'],
    ['Catalan', 'col\xb7lecci\xf3', 'col·lecció'],
    ['Finnish', '\xc4\xe4nekoski, P\xc4\xc4OHJELMA', 'Äänekoski, PÄÄOHJELMA'],
    ['a product', '3\xd74 \xb5m, 20 \xb0C', '3×4 µm, 20 °C'],
    ['code', 'let caf\xe9 = 1; // \xa9 2020\n', 'let café = 1; // © 2020\n'],
  ])('western letters of before Unicode are read, and it is said: %s', async (_, latin, text) => {
    expect(await fileText(Buffer.from(latin, 'latin1'), editorDecode())).toEqual({
      kind: 'text',
      text,
      takenFor: 'Windows-1252',
    });
  });

  test('a stray byte in UTF-8 costs one character, and it is said', async () => {
    const bytes = Uint8Array.from([...utf8('日本語 '.repeat(20)), 0x81, ...utf8('👋 '.repeat(20))]);
    const file = await fileText(bytes, editorDecode());
    expect(file).toMatchObject({ kind: 'text', lost: 1 });
    expect('text' in file && file.text.startsWith('日本語 ')).toBe(true);
  });

  test('UTF-8 stays what it is where the setting can’t read it', async () => {
    expect(await fileText(utf8('日本語\n'), editorDecode('euckr'))).toMatchObject({ kind: 'text' });
    expect(await fileText(utf8('let a = 1;\n'), editorDecode('shiftjis'))).toEqual({
      kind: 'text',
      text: 'let a = 1;\n',
    });
  });

  test('an editor that fails leaves what the bytes say', async () => {
    const fails = (): Promise<string> => Promise.reject(new Error('gone'));
    expect(await fileText(utf8('Grüße'), fails)).toEqual({ kind: 'text', text: 'Grüße' });
    expect(await fileText(Buffer.from('caf\xe9', 'latin1'), fails)).toEqual({ kind: 'binary' });
  });

  test('whatever the bytes, no character is lost in silence', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('utf8', 'shiftjis', 'gbk', 'windows1252', 'windows1251'),
        async (bytes, setting) => {
          const file = await fileText(bytes, editorDecode(setting));
          if (!('text' in file)) return;
          const lost = file.text.split('\ufffd').length - 1;
          expect(file.lost ?? 0).toBe(lost);
        },
      ),
      { numRuns: runs(2_000) },
    );
  });
});

describe('the problems of a file', () => {
  const problem = {
    line: 3,
    column: 5,
    severity: 'warning',
    message: 'Unused.',
    source: 'ts 6133',
    code: '',
  } as const;

  test('stand with their place, source and line; errors first', () => {
    const error = {
      ...problem,
      line: 9,
      severity: 'error',
      message: 'Wrong.',
      source: '',
      code: '  f();',
    } as const;
    expect(problemsText([problem, error])).toBe(
      '9:5 error: Wrong.\n    f();\n3:5 warning: Unused. (ts 6133)',
    );
  });

  test('beyond the first hundred they are counted', () => {
    const many = Array.from({ length: mostProblems + 7 }, () => problem);
    expect(problemsText(many).split('\n')).toHaveLength(mostProblems + 1);
    expect(problemsText(many)).toMatch(/and 7 more\.$/);
  });

  test('a long line of code is cut between two characters', () => {
    for (const before of ['', 'y']) {
      expect(problemsText([{ ...problem, code: before + '👋'.repeat(500) }]).isWellFormed()).toBe(true);
    }
  });
});
