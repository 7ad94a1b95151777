import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { familyOf, taskFamilies, taskKindOf } from '../../../src/core/features/task-kind';
import { shapeOf } from '../../../src/core/features/text-shape';
import type { TaskKind } from '../../../src/core/terms/task';
import { taskKinds } from '../../../src/core/terms/task';
import { developerPrompts } from './developer-prompts';

const fence = '```';
const inCode = (text: string): string => `${fence}\n${text}\n${fence}`;
const passage = 'The old lighthouse stood at the end of the pier. '.repeat(14);

/** No text is taken for a step of an agent: who asks tells. */
const agentKinds = {
  'agent-step': [],
  'agent-explore': [],
  'agent-edit': [],
  'agent-verify': [],
  'agent-answer': [],
};

/** What people ask in an editor, and one or more of every kind. */
const prompts: Readonly<Record<TaskKind, readonly string[]>> = {
  'complete-code': [
    'def fibonacci(n: int) -> int:\n    """Return the nth Fibonacci number."""\n',
    'import os\n\ndef main():\n',
    'function add(a, b) {\n',
    'const sum = (a, b) =>',
  ],
  'write-code': [
    'Write a TypeScript function that parses a CSV file.',
    'Implement a queue in Go.',
    'Implement a rate limiter in Rust',
    'Write a regex that matches an IPv4 address.',
    'regex for email validation',
    'Write a SQL query that returns the ten newest orders for each customer.',
    'SQL query to find duplicate rows in a table',
    'Create a React component for a date picker',
    'Add error handling to this function',
    'Convert this Python script to Go',
    'How do I group a list by a key in TypeScript?',
  ],
  'fix-code': [
    'Fix this bug: TypeError: x is not a function',
    `Fix this: it never returns\n${inCode('while (true) {}')}`,
    'Why do I get TypeError: x is undefined when I iterate over a map?',
    'Why does this test fail on CI? It is not working since Monday.',
    'My build fails with error TS2345',
    'I get a NullPointerException in line 12 of Main.java, what is wrong?',
    'Cannot read properties of undefined (reading "map")',
    'The app dies on startup with a segmentation fault.',
    'error[E0499]: cannot borrow `x` as mutable more than once at a time',
    'Traceback (most recent call last):\n    import foo\nModuleNotFoundError: No module named "foo"',
    'Fix the lint errors',
  ],
  'explain-code': [
    `Explain what this TypeScript code does:\n${inCode('const user = await load(id);')}`,
    'Explain what this function does',
    'Explain this code',
    'What does this regex match: ^\\d{3}-\\d{4}$ ?',
    'What does `useEffect` do in React?',
    'How does the authentication middleware work in this repository?',
    'Walk me through this class.',
    'Explain the difference between let and var in JavaScript.',
  ],
  'write-tests': [
    'Write unit tests for the date parser',
    'Add tests for the edge cases of parseDate.',
    `Generate a vitest test for this:\n${inCode('export const add = (a, b) => a + b;')}`,
  ],
  'document-code': [
    'Add a docstring to this function',
    'Document this class with JSDoc.',
    'Write a README for this project',
    'Write a changelog entry for version 2.0.',
    'Write documentation for this API',
    'Add comments to this code',
  ],
  'command-or-configuration': [
    'Write a docker command line to run nginx',
    'How do I undo the last git commit?',
    'How do I squash commits with git?',
    'Bash one-liner to find the ten largest files',
    'Write a GitHub Actions workflow that runs the tests',
    'npm install stops behind a proxy, which setting do I need?',
    'Write a cron expression that runs every Monday at 9',
    'Which tsconfig option turns on strict null checks?',
  ],
  'logic-puzzle': [
    'Three birds sit on a branch.\n- The owl is left of the robin.\n- The crow is right of the robin.\n- The owl is not rightmost.\nWhich one is second?',
  ],
  'word-problem': [
    'Anna has 12 apples. She gives 3 to Ben and buys 5 more. How many apples does she have now?',
  ],
  mathematics: ['Solve the equation 3 * x = 12', 'What is the derivative of $x^2 + 3x$?'],
  'multiple-choice': ['Which planet is the largest?\nA) Mars\nB) Jupiter\nC) Venus\nD) Earth'],
  'question-over-text': [`${passage}Who kept the lighthouse?`],
  'long-question': [
    'I have been thinking for some time about where to live next year, and whether a small town by the coast or a large city inland would be better for somebody who works from home and likes long walks in the evening?',
  ],
  'technical-science': [
    'Which product is formed when benzene reacts with chlorine in the presence of a catalyst, and what is its spectrum?',
  ],
  'science-question': ['Why does the moon change its shape?'],
  'everyday-question': ['How often should I wash my hair?'],
  'fact-question': ['What is the capital of France?'],
  'search-phrase': ['best pizza in town'],
  'unfinished-sentence': ['The man opened the door and'],
  'constrained-text': ['dog, ball, throw, park, catch'],
  rewrite: ['Translate into French: good morning', 'Rewrite this for a customer: we are sorry.'],
  'write-prose': ['Write a poem about the sea', 'Write a letter about the delay.'],
  instruction: ['Name three colours.', 'Add a dark mode toggle to the settings page', ''],
  'refactor-code': [
    'Refactor this function to use async/await.',
    'refactor: const user = await load(id);',
    `Refactor this to be more readable:\n${inCode('for (let i = 0; i <= n; i++) { total += a[i]; }')}`,
    'Migrate this component from class to hooks',
    'Rename the variable and extract a helper method in this class',
  ],
  'contest-problem': ['Solve this LeetCode problem in Java: two sum, but the list is sorted.'],
  'commit-message': ['Write a commit message for these changes'],
  ...agentKinds,
};

describe('the kind of a task', () => {
  it.each(taskKinds)('is read off a prompt: %s', (kind) => {
    expect(prompts[kind].length > 0).toBe(!Object.hasOwn(agentKinds, kind));
    expect(prompts[kind].map((prompt) => [prompt, taskKindOf(shapeOf(prompt))])).toEqual(
      prompts[kind].map((prompt) => [prompt, kind]),
    );
  });

  it.each(developerPrompts)('of %j is %s', (prompt, kind) => {
    expect(taskKindOf(shapeOf(prompt))).toBe(kind);
  });

  it('is one of the list for any text, and always the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const kind = taskKindOf(shapeOf(text));
        expect(taskKinds).toContain(kind);
        expect(taskKindOf(shapeOf(text))).toBe(kind);
      }),
    );
  });

  it('belongs to a family, and no family is empty', () => {
    expect(new Set(taskKinds.map(familyOf))).toEqual(new Set(taskFamilies));
    expect(new Set(taskKinds).size).toBe(taskKinds.length);
  });
});
