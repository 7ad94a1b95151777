import { expect, test } from 'vitest';
import { agreeToSecrets, mayGo } from '../../../src/editor/attachments/agree-to-secrets';

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
    expect(asked[0]).toContain('b.ts, line 1: this looks like a key or token of GitHub.');
    expect(asked[0]).toMatch(/Send Anyway\nDon’t Send$/);
    expect(asked[0]).not.toContain('a.ts');
    expect(asked[0]).not.toContain('ghp_');
  }
});

test('what the user agreed to send is not asked about again, in whatever goes; what is new is', async () => {
  const { asked, ask } = asking(true);
  const first = 'const password = "Kx72hunter!";';
  const second = "token = 'q8Zr2LmX0vB4nT6yW1cD5eF7';";
  await agreeToSecrets([{ label: 'a.ts', text: first }], ask);
  await agreeToSecrets([{ label: 'a.ts:3–4', text: `${first}\n// more` }], ask);
  expect(asked).toHaveLength(1);
  expect(mayGo({ label: 'b.ts', text: first }, ask)).toBe(true);
  await agreeToSecrets([{ label: 'a.ts', text: `${first}\n${second}` }], ask);
  expect(asked).toHaveLength(2);
  expect(asked[1]).toContain('a.ts, line 2: this looks like a key or token.');
  expect(asked[1]).not.toContain('line 1');
});

test('a file with such a name is asked about again when it says something else', async () => {
  const { asked, ask } = asking(true);
  for (const text of ['A=1', 'A=1', 'A=2']) await agreeToSecrets([{ label: '.env', text }], ask);
  expect(asked).toHaveLength(2);
});

test('what was refused is asked about again', async () => {
  const { asked, ask } = asking(false);
  await agreeToSecrets([secret], ask);
  await agreeToSecrets([secret], ask);
  expect(asked).toHaveLength(2);
});

test('of many places the first are named, each once, and the others counted', async () => {
  const { asked, ask } = asking(false);
  const text = Array.from({ length: 12 }, (_, index) => `password = "Kx72hunter!${String(index)}"`).join(
    '\n',
  );
  const whole = { label: 'a.ts:1–12', text, firstLine: 1 };
  await agreeToSecrets([{ label: 'a.ts:1–12', text }, whole], ask);
  expect(asked[0]).toContain('a.ts, line 8: this looks like a password.');
  expect(asked[0]).not.toContain('line 9');
  expect(asked[0]).toContain('… and 4 more places.');
  expect(asked[0]).toMatch(/^a\.ts:1–12 may hold secrets/);
});

test('no kind of secret is shown', async () => {
  const invented = 'q8Zr2LmX0vB4nT6yW1cD5eF7';
  const texts = [
    `sk-ant-${invented}`,
    `eyJ${invented}.eyJ${invented}.${invented}`,
    `password = "${invented}"`,
    `api_key = "${invented}"`,
    `postgres://app:${invented}@db.internal/app`,
    `curl -u app:${invented} https://internal`,
  ];
  for (const text of texts) {
    const { asked, ask } = asking(false);
    await agreeToSecrets([{ label: 'a.txt', text }], ask);
    expect(asked[0], text).toMatch(/a\.txt, line 1: this looks like /);
    expect(asked[0], text).not.toContain(invented);
  }
});
