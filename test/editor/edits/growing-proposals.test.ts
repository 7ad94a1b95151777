import { describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { startRun, takeCode } from '../../../src/editor/edits/proposal-run';
import type { InlineQuestion } from '../../../src/text/edit-prompt';
import { attemptWith } from '../../core/samples';
import { FakeDocument, Range } from './fake-documents';

vi.mock('vscode', () => import('./fake-documents'));

const before = "import { a } from './a';\n\nexport class B {\n";
const original = '  run(): void {\n    a();\n  }';
const after = '\n\n  stop(): void {\n    a();\n  }\n}\n';
const now = '  run(name: string): void {\n    a(name);\n    if (name) {\n      a();\n    }\n  }';

/** All texts that are proposed while an answer grows letter by letter, and the last one. */
function growing(answer: string): { readonly shown: readonly string[]; readonly last: string | undefined } {
  const document = new FakeDocument(
    'file:/b.ts',
    before + original + after,
  ) as unknown as vscode.TextDocument;
  const range = new Range(3, 0, 5, 3) as unknown as vscode.Range;
  const run = startRun({ document, range, label: 'b.ts:4' }, {} as InlineQuestion, []);
  const shown: string[] = [];
  for (let length = 1; length <= answer.length; length += 1) {
    run.facts = { ...run.facts, text: answer.slice(0, length) };
    takeCode(run);
    const { text } = run.proposal;
    if (text !== undefined && text !== shown.at(-1)) shown.push(text);
  }
  run.facts = { ...run.facts, end: { type: 'finished', attempt: attemptWith(), truncated: false } };
  takeCode(run);
  return { shown, last: run.proposal.text };
}

const fence = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;

describe('a growing answer shows growing code, and the whole answer decides', () => {
  test.each([
    ['fenced', fence(now)],
    ['without a fence', now],
    ['with words around', `Sure, here you are:\n\n${fence(now)}\n\nThat is all there is to it.`],
    [
      'with thoughts before',
      `<think>\nMaybe:\n${fence('  run() {}\n  longer();\n  and(longer);\n  still(longer, than, it);')}\n</think>\n${fence(now)}`,
    ],
    ['from the margin', fence(now.replaceAll(/^ {2}/gm, ''))],
    ['with tabs', fence(now.replaceAll('  ', '\t'))],
    ['with Windows’ line ends', fence(now).replaceAll('\n', '\r\n')],
    ['in waves', `~~~typescript\n${now}\n~~~`],
    ['with a command behind it', `${fence(now)}\n\`\`\`sh\nnpm test\n\`\`\``],
    ['the whole file', fence(before + now + after.trimEnd())],
  ])('%s', (_name, answer) => {
    const { shown, last } = growing(answer);
    expect(last).toBe(now);
    expect(shown.length).toBeGreaterThan(now.split('\n').length);
    for (const [index, text] of shown.entries()) {
      const next = shown[index + 1] ?? now;
      // Lines that have come whole stay as they are.
      const whole = text.split('\n').slice(0, -1);
      expect(next.split('\n').slice(0, whole.length)).toEqual(whole);
      expect(next.length).toBeGreaterThanOrEqual(text.length);
    }
  });

  test('blocks to search and replace are made one by one', () => {
    const block = (old: string, put: string): string =>
      `<<<<<<< SEARCH\n${old}\n=======\n${put}\n>>>>>>> REPLACE\n`;
    const { shown, last } = growing(
      block('  run(): void {', '  run(name: string): void {') + block('    a();\n  }', '    a(name);\n  }'),
    );
    expect(shown).toEqual([
      '  run(name: string): void {\n    a();\n  }',
      '  run(name: string): void {\n    a(name);\n  }',
    ]);
    expect(last).toBe('  run(name: string): void {\n    a(name);\n  }');
  });
});
