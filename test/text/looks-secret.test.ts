import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksSecret } from '../../src/text/looks-secret';

const key = (length: number): string => 'a1B2c3D4e5F6g7H8'.repeat(8).slice(0, length);

describe('a file is asked about by its name', () => {
  test.each([
    '.env',
    '.env.local',
    'config/.env.production',
    'prod.env',
    'server.pem',
    'tls.KEY',
    'id_rsa',
    '.ssh/id_ed25519',
    'credentials',
    '.aws/credentials',
    'credentials.json',
    '.npmrc',
    'secrets.yaml',
    'service-account-prod.json',
    '.env:3',
    '.env:3–9',
    '.env (first 60,000 of 70,000 characters)',
  ])('%s', (label) => {
    expect(looksSecret({ label, text: '' })).toBe('name');
  });

  test.each([
    '.env.example',
    'environment.ts',
    'id_rsa.pub',
    'keyboard.ts',
    'credentials-form.tsx',
    'secretary.md',
    'pem.ts',
    'src/key-store.ts',
  ])('%s is not', (label) => {
    expect(looksSecret({ label, text: 'const answer = 42;' })).toBeUndefined();
  });
});

describe('a file is asked about by its text', () => {
  test.each([
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE'],
    ['a private key of OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['a key of OpenAI', `const client = new OpenAI('sk-proj-${key(40)}')`],
    ['a key of Anthropic', `ANTHROPIC=sk-ant-${key(40)}`],
    ['a key of AWS', ['AKIA', 'Q7RT5WX3KZ9PLM2H'].join('')],
    ['a token of GitHub', `ghp_${key(36)}`],
    ['a token of GitLab', `glpat-${key(20)}`],
    ['a token of Slack', `xoxb-17263548-${key(12)}`],
    ['a key of Google', `AIza${key(35)}`],
    ['a signed token', `eyJ${key(12)}.eyJ${key(20)}.${key(20)}`],
    ['a password in an address', 'postgres://admin:hunter2!@db.internal/app'],
    ['a password', `password = "${key(20)}"`],
    ['a token in JSON', `{"token": "${key(24)}"}`],
  ])('%s', (_name, text) => {
    expect(looksSecret({ label: 'notes.txt', text })).toBe('text');
  });

  test.each([
    ['a variable', 'const apiKey = readTheKeyFromTheEnvironment'],
    ['a placeholder', 'OPENAI_API_KEY=your-api-key-goes-here'],
    ['a reference', 'api_key: os.environ/OPENAI_API_KEY'],
    ['a public key', '-----BEGIN PUBLIC KEY-----'],
    ['an address without a password', 'https://user@example.com/path'],
    ['a template', 'postgres://user:${PASSWORD}@db/app'],
    ['a key of a manual', 'AKIAIOSFODNN7EXAMPLE'],
  ])('%s is none', (_name, text) => {
    expect(looksSecret({ label: 'notes.ts', text })).toBeUndefined();
  });
});

test('a key is found wherever it stands', () => {
  const words = fc.string({ maxLength: 200 });
  fc.assert(
    fc.property(words, words, (before, after) => {
      const text = `${before}\nghp_${key(36)}\n${after}`;
      expect(looksSecret({ label: 'a.ts', text })).toBe('text');
    }),
  );
});
