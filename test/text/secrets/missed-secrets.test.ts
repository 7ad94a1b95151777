import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { looksSecret } from '../../../src/text/looks-secret';
import { withoutBars } from './labelled-lines';

const file = path.resolve(import.meta.dirname, '../../fixtures/secrets/missed.json');
const attachments = z
  .array(z.object({ label: z.string(), text: z.string(), secret: z.boolean() }))
  .parse(JSON.parse(readFileSync(file, 'utf8')));

/** Attachments that an earlier version sent without a question, and some that it asked about needlessly. */
test.each(attachments)('$label: $text', ({ label, text, secret }) => {
  expect(looksSecret({ label, text: withoutBars(text) }) !== undefined).toBe(secret);
});
