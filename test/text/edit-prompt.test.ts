import { describe, expect, test } from 'vitest';
import type { InlineQuestion } from '../../src/text/edit-prompt';
import { checkedTexts, messagesFor } from '../../src/text/edit-prompt';

const question: InlineQuestion = {
  task: 'edit',
  languageId: 'typescript',
  label: 'a.ts:2',
  text: 'const a = `x`;',
  document: "import 'b';\nconst a = `x`;\n",
  instruction: 'Name it better',
  problems: [],
};
const textOf = (change: Partial<InlineQuestion> = {}): string =>
  messagesFor({ ...question, ...change })
    .map(({ text }) => text)
    .join('\n');

describe('what a model is asked', () => {
  test('an edit has the instruction, the lines, and the file around them', () => {
    expect(textOf()).toContain('Name it better');
    expect(textOf()).toContain('From a.ts:2, the code in question:\n```typescript\nconst a = `x`;\n```');
    expect(textOf()).toContain("import 'b';");
  });

  test('the file goes along once where it is nothing but the lines, and cut where it is long', () => {
    expect(textOf({ document: 'const a = `x`;\n' }).match(/const a/g)).toHaveLength(1);
    expect(textOf({ document: 'y'.repeat(50_000) }).length).toBeLessThan(14_000);
  });

  test('a long file is cut between two characters', () => {
    for (const before of ['', 'y']) {
      expect(textOf({ document: before + '😀'.repeat(10_000) }).isWellFormed()).toBe(true);
    }
  });

  test('a text that has fences is to be answered in a longer one', () => {
    expect(textOf()).toContain('in one block fenced with ```,');
    expect(textOf({ text: '# Title\n\n````sh\nls\n````' })).toContain('in one block fenced with `````,');
  });

  test('all lines are asked for, as they are to be', () => {
    expect(textOf()).toContain('no placeholder for any of them, no diff, no line numbers');
  });

  test('a fix has the problems; each task asks for its own', () => {
    expect(textOf({ task: 'fix', problems: ["- line 1: 'x' is unused"] })).toContain("'x' is unused");
    expect(textOf({ task: 'tests' })).toContain('unit tests');
    expect(textOf({ task: 'document' })).toContain('documentation comments');
  });
});

describe('what is looked through for secrets', () => {
  const checked = (change: Partial<InlineQuestion> = {}) => checkedTexts({ ...question, ...change });

  test('is the lines and the file around them, as far as it goes along', () => {
    expect(checked()).toEqual([
      { label: 'a.ts:2', text: question.text },
      { label: 'a.ts:2', text: question.document, firstLine: 1 },
    ]);
    const [, context] = checked({ document: 'y'.repeat(50_000) });
    expect(context?.text).toHaveLength(12_000);
    expect(checked({ document: question.text })).toHaveLength(1);
  });

  test('has the problems, and not what the user typed', () => {
    expect(checked({ problems: ["- line 1: 'x' is unknown"] }).at(-1)).toEqual({
      label: 'problems of a.ts:2',
      text: "- line 1: 'x' is unknown",
    });
    expect(checked().some(({ text }) => text.includes('Name it better'))).toBe(false);
  });
});
