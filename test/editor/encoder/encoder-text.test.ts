import { expect, test } from 'vitest';
import { consentText, downloadFailureText, progressText } from '../../../src/editor/encoder/encoder-text';

const from = { model: 'Xenova/all-MiniLM-L6-v2', host: 'huggingface.co' };

test('the consent names the model, its size, where it comes from and where prompts go', () => {
  expect(consentText(from.model, from.host, 23_684_681)).toBe(
    'Conduit can describe prompts with Xenova/all-MiniLM-L6-v2 (24 MB from huggingface.co, kept on this ' +
      'machine; prompts stay local).',
  );
  expect(consentText('a/b', from.host, undefined)).toContain('a/b (from huggingface.co,');
});

test('progress is in MB, with the end where it is known', () => {
  expect(progressText(7_400_000, 23_684_681)).toBe('7 of 24 MB');
  expect(progressText(650, undefined)).toBe('0.0 MB');
});

test.each(['offline', 'not-found', 'checksum', 'timeout', 'disk', 'refused'] as const)(
  'a download that failed (%s) says what follows from it',
  (reason) => {
    const text = downloadFailureText(reason, 'the detail', from);
    expect(text).toMatch(
      /^The sentence encoder was not downloaded: .*\. Prompts are described without it\.$/,
    );
  },
);

test('a download that the user cancelled needs no words', () => {
  expect(downloadFailureText('cancelled', '', from)).toBeUndefined();
});
