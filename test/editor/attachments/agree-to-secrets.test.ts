import { expect, test } from 'vitest';
import { agreeToSecrets } from '../../../src/editor/attachments/agree-to-secrets';

const harmless = { label: 'a.ts', text: 'let a = 1;' };
const secret = { label: '.env', text: 'A=1' };

function asking(answer: boolean): { asked: string[]; ask: () => Promise<boolean> } {
  const asked: string[] = [];
  return {
    asked,
    ask: (...words: string[]) => {
      asked.push(words.join('\n'));
      return Promise.resolve(answer);
    },
  };
}

test('nobody is asked about harmless files', async () => {
  const { asked, ask } = asking(false);
  expect(await agreeToSecrets([harmless], ask)).toBe(true);
  expect(asked).toEqual([]);
});

test('one question names all that look secret, says why, and its answer is what counts', async () => {
  const text = { label: 'b.ts', text: `ghp_a1B2c3D4e5F6g7H8a1B2c3D4e5F6g7H8a1B2` };
  for (const answer of [true, false]) {
    const { asked, ask } = asking(answer);
    expect(await agreeToSecrets([harmless, secret, text], ask)).toBe(answer);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/^\.env, b\.ts may hold secrets/);
    expect(asked[0]).toContain('.env: files with this name');
    expect(asked[0]).toContain('b.ts: the text');
    expect(asked[0]).toMatch(/Send Anyway\nDon’t Send$/);
    expect(asked[0]).not.toContain('a.ts');
    expect(asked[0]).not.toContain('ghp_');
  }
});
