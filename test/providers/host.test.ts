import { expect, test } from 'vitest';
import { hostOf, isLoopback } from '../../src/core/terms/host';

test.each([
  ['http://localhost:11434/v1', true],
  ['http://127.0.0.1:4000/v1', true],
  ['http://127.8.9.10/v1', true],
  ['http://[::1]:8080/v1', true],
  ['https://api.openai.com/v1', false],
  ['http://127.0.0.1.example.com/v1', false],
  ['http://localhost.example.com', false],
  ['http://10.0.0.1', false],
  ['not a url', false],
])('isLoopback(%s) is %s', (apiBase, expected) => {
  expect(isLoopback(apiBase)).toBe(expected);
});

test('hostOf keeps the port: another port is another server', () => {
  expect(hostOf('http://127.0.0.1:4000/v1')).toBe('127.0.0.1:4000');
  expect(hostOf('https://api.openai.com/v1')).toBe('api.openai.com');
});
