import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyPlace } from '../../../src/text/edits/edit-place';
import { readEdit } from '../../../src/text/edits/read-edit';

/** The code for a new document. */
function extractCode(answer: string, languageId: string, whole = true): string | undefined {
  return readEdit(answer, emptyPlace(languageId), whole).text;
}

describe('the code of an answer', () => {
  test.each([
    ['a fence alone', '```ts\nconst a = 1;\n```', 'const a = 1;'],
    ['chatter around it', 'Sure!\n\n```typescript\nconst a = 1;\n```\nThat is all.', 'const a = 1;'],
    ['no fence, all code', 'const a = 1;\nconst b = 2;\n', 'const a = 1;\nconst b = 2;'],
    [
      'a comment of many words in bare code',
      '// adds the two numbers that it gets\nreturn a + b;',
      '// adds the two numbers that it gets\nreturn a + b;',
    ],
    ['tildes', '~~~\nconst a = 1;\n~~~', 'const a = 1;'],
    ['a block that is still open', 'Here:\n```ts\nconst a = 1;\nconst b', 'const a = 1;\nconst b'],
    ['half of a closing fence', '```ts\nconst a = 1;\n``', 'const a = 1;'],
    ['a longer fence around a shorter one', '````ts\nconst a = `\n```\n`;\n````', 'const a = `\n```\n`;'],
    [
      'an indented fence',
      '1. Do this:\n   ```ts\n   if (a) {\n     b();\n   }\n   ```',
      'if (a) {\n  b();\n}',
    ],
    ['windows line ends', '```ts\r\nconst a = 1;\r\nconst b = 2;\r\n```\r\n', 'const a = 1;\nconst b = 2;'],
  ])('%s', (_name, answer, code) => {
    expect(extractCode(answer, 'typescript')).toBe(code);
  });

  test('a document whose own blocks have as many signs is not ended by theirs', () => {
    const document = '# Title\n\n```bash\nnpm i\n```\n\nThen:\n\n```js\nx();\n```\n\nThe end.';
    const answer = `Here:\n\n\`\`\`markdown\n${document}\n\`\`\`\nDone. Or:\n\`\`\`sh\nls\n\`\`\`\n`;
    expect(extractCode(answer, 'markdown')).toBe(document);
    expect(extractCode(`\`\`\`markdown\n${document}`, 'markdown')).toBe(document);
  });

  test('the block of the document’s language goes before a longer one of another', () => {
    const answer = '```bash\nnpm install something-with-a-long-name\n```\n```ts\na();\n```';
    expect(extractCode(answer, 'typescript')).toBe('a();');
  });

  test.each([
    ['nothing', ''],
    ['words only', 'I can not change this code without more context.\nPlease tell me what you want.'],
    ['an empty fence', '```ts\n```'],
    ['a fence that has just opened', 'Sure, here it is for you:\n```ts'],
  ])('there is none in %s', (_name, answer) => {
    expect(extractCode(answer, 'typescript')).toBeUndefined();
  });

  test.each(['+\n\\', '+\n\\ a', '+ a\n\n+'])('signs that no diff explains stay: %j', (code) => {
    expect(extractCode(`\`\`\`ts\n${code}\n\`\`\``, 'typescript')).toBe(code);
  });

  test('whatever a model writes between fences that it does not use itself comes out unchanged', () => {
    const line = fc.string({ maxLength: 30 }).filter((text) => !/[`~\r\n]/.test(text));
    const code = fc.array(line, { minLength: 1 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(code, (text) => {
        fc.pre(text.trim() !== '');
        const told = text.split('\n');
        const [first, last] = [
          told.findIndex((each) => each.trim() !== ''),
          told.findLastIndex((each) => each.trim() !== ''),
        ];
        expect(extractCode(`Done.\n\`\`\`ts\n${text}\n\`\`\`\nBye.`, 'typescript')).toBe(
          told.slice(first, last + 1).join('\n'),
        );
      }),
    );
  });
});

describe('an answer that goes on and on', () => {
  const many = 200_000;
  const longest = 'x'.repeat(many);

  // With patterns that go back over what they took, each of these took longer than a test may.
  test.each([
    ['letters', longest],
    ['empty lines in code', `x=1;${'\n'.repeat(many)}y`],
    ['spaces in code', `x=1;${' '.repeat(many)}y`],
    ['tildes', `${'~'.repeat(many)}\``],
    ['a language', `\`\`\`${longest}\``],
    ['spaces after a fence', `\`\`\`${' '.repeat(many)}\``],
  ])('is read in one go: %s', (_name, answer) => {
    expect(extractCode(answer, 'typescript') === answer).toBe(true);
  });

  test('is read in one go: blocks', () => {
    const lines = 'x\n'.repeat(many / 2);
    const answer = `\`\`\`\n${lines}\`\`\`\n${'```\na\n```\n'.repeat(many / 2)}`;
    expect(`${extractCode(answer, 'typescript') ?? ''}\n` === lines).toBe(true);
  });

  test('is judged by how it begins: words', () => {
    expect(extractCode('word '.repeat(many), 'typescript')).toBeUndefined();
  });
});
