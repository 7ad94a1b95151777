import type { Random } from '../../src/core/terms/ports';
import { pick } from './seeded-random';

/** Two kinds of prompt as an editor sees them, worded in many ways; each is best served by another model. */
export type PromptKind = 'code' | 'prose';

const languages = ['TypeScript', 'Python', 'Rust', 'Go', 'Java', 'C#'];
const things = [
  'a CSV file',
  'a linked list',
  'an HTTP header',
  'a date range',
  'a binary tree',
  'a queue of jobs',
];
const faults = [
  'TypeError: x is undefined',
  'it never returns',
  'an off-by-one error',
  'the test fails on CI',
  'a race condition',
];
const snippets = [
  'for (let i = 0; i <= n; i++) { total += a[i]; }',
  'def f(xs):\n    return [x for x in xs if x]',
  'if err != nil { return nil, err }',
  'const user = await load(id);',
];
const audiences = ['my landlord', 'a new customer', 'the whole team', 'my grandmother', 'a hiring manager'];
const occasions = [
  'a delayed delivery',
  'a birthday dinner',
  'our summer holiday',
  'the first snow',
  'moving to a new city',
];
const tones = ['friendly', 'formal', 'funny', 'warm', 'short'];

const wordings: Readonly<Record<PromptKind, readonly ((random: Random) => string)[]>> = {
  code: [
    (random) => `Write a ${pick(languages, random)} function that parses ${pick(things, random)}.`,
    (random) => `Fix this: ${pick(faults, random)}\n\`\`\`\n${pick(snippets, random)}\n\`\`\``,
    (random) =>
      `Explain what this ${pick(languages, random)} code does:\n\`\`\`\n${pick(snippets, random)}\n\`\`\``,
    (random) => `Write unit tests for a ${pick(languages, random)} class that holds ${pick(things, random)}`,
    (random) => `Why do I get ${pick(faults, random)} when I iterate over ${pick(things, random)}?`,
    (random) => `refactor: ${pick(snippets, random)}`,
  ],
  prose: [
    (random) =>
      `Write a ${pick(tones, random)} letter to ${pick(audiences, random)} about ${pick(occasions, random)}.`,
    (random) => `A ${pick(tones, random)} poem on ${pick(occasions, random)}, please`,
    (random) => `Rewrite this for ${pick(audiences, random)}: we are sorry about ${pick(occasions, random)}.`,
    (random) =>
      `Translate into French: I will tell ${pick(audiences, random)} of ${pick(occasions, random)}.`,
    (random) => `What should I say to ${pick(audiences, random)} about ${pick(occasions, random)}?`,
    (random) => `Give me a ${pick(tones, random)} slogan for ${pick(occasions, random)}`,
  ],
};

export function promptOfKind(kind: PromptKind, random: Random): string {
  return pick(wordings[kind], random)(random);
}
