import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withAttachments } from '../../src/text/attached-text';

test('an attachment stands in a fence with its name and language', () => {
  const text = withAttachments('Why?', [{ label: 'a.ts:3–9', languageId: 'typescript', text: 'let a = 1;' }]);
  expect(text).toBe('Why?\n\nFrom a.ts:3–9:\n```typescript\nlet a = 1;\n```');
});

test('no text can close the fence that it stands in', () => {
  const piece = fc.constantFrom('`', '``', '```', '````', 'x', '\n');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const content = pieces.join('');
      const text = withAttachments('p', [{ label: 'f', languageId: '', text: content }]);
      const fence = /^From f:\n(`+)\n/m.exec(text)?.[1] ?? '';
      expect(fence.length).toBeGreaterThanOrEqual(3);
      expect(content).not.toContain(fence);
      expect(text.endsWith(`\n${content}\n${fence}`)).toBe(true);
    }),
  );
});
