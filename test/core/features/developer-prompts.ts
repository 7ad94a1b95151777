import type { TaskKind } from '../../../src/core/terms/task';

function inCode(language: string, ...lines: readonly string[]): string {
  return ['```' + language, ...lines, '```'].join('\n');
}

const typescript = inCode(
  'ts',
  'export async function load(id: string) {',
  '  try {',
  '    return await store.read(id);',
  '  } catch (error) {',
  '    throw new LoadError(`No record ${id}`, { cause: error });',
  '  }',
  '}',
);
const python = inCode('python', 'def mean(values):', '    return sum(values) / len(values)');
const test = inCode('ts', "it('adds', () => {", '  expect(add(1, 2)).toBe(3);', '});');
const contest = [
  'There are N lamps in a row, and lamp i is lit for A_i seconds. Find the longest time in which at least K lamps are lit.',
  'Constraints',
  '1 <= K <= N <= 100000',
  'Sample Input 1',
  '3 2',
  '5 8 3',
  'Sample Output 1',
  '5',
].join('\n\n');
const judged = [
  'You are given an array of heights and must return the largest area of water that two of them can hold between them, walls upright.',
  'Example 1:',
  'Input: heights = [4,1,6]',
  'Output: 8',
  'Constraints:',
  '2 <= heights.length <= 10^4',
].join('\n');
const issue = [
  '## Dark theme is lost after a restart',
  'Steps to reproduce',
  '1. Open the settings and choose the dark theme',
  '2. Restart',
  'Expected behavior: the theme stays dark',
  'Actual behavior: it is light again',
].join('\n');

/** What developers ask in an editor, in their own manner, and what it is to be taken for. */
export const developerPrompts: readonly (readonly [prompt: string, kind: TaskKind])[] = [
  ['fix this', 'fix-code'],
  ['Fix the race condition in this queue', 'fix-code'],
  [`this crashes when the list is empty\n${python}`, 'fix-code'],
  [`Can you fix this please?\n${typescript}`, 'fix-code'],
  [`Find the bug in this code and correct it.\n${python}`, 'fix-code'],
  [`What is wrong here?\n${python}`, 'fix-code'],
  [`It doesn't work for negative numbers:\n${python}`, 'fix-code'],
  [`Why is this test failing?\n${test}`, 'fix-code'],
  ['Could you please debug this for me? It hangs after the second request.', 'fix-code'],
  ["I'm getting an exception when I open the second tab of my app.", 'fix-code'],
  ['thread main panicked at src/main.rs:14:9', 'fix-code'],
  ['src/list.c:12:5: error: expected expression before return', 'fix-code'],
  ['npm ERR! code ERESOLVE', 'fix-code'],
  [inCode('', 'TypeError: items is not iterable', '    at render (view.js:31:7)'), 'fix-code'],
  [issue, 'fix-code'],

  [`What does this print?\n${inCode('js', 'console.log(typeof null);')}`, 'explain-code'],
  [`What will this return for [3, 1, 2]?\n${python}`, 'explain-code'],
  [
    `Predict the output of this program:\n${inCode('c', '#include <stdio.h>', 'int main(){}')}`,
    'explain-code',
  ],
  [`What is the value of x after this loop?\n${inCode('go', 'for x < 10 { x *= 2 }')}`, 'explain-code'],
  ['What does `[1, 2, 3].map(parseInt)` evaluate to?', 'explain-code'],
  [`Complete the assertion:\n${inCode('python', 'assert mean([1, 2]) == ??')}`, 'explain-code'],

  [`Solve this.\n\n${contest}`, 'contest-problem'],
  [contest, 'contest-problem'],
  [judged, 'contest-problem'],
  [
    'Give me an O(n log n) solution in Python for this coding challenge: merge the meetings',
    'contest-problem',
  ],
  ['Solve day 7 of Advent of Code in Rust', 'contest-problem'],

  [`Refactor this:\n${typescript}`, 'refactor-code'],
  [`Please simplify.\n${typescript}`, 'refactor-code'],
  ['Optimize this query', 'refactor-code'],
  [`optimise\n${python}`, 'refactor-code'],
  [`Make this faster\n${python}`, 'refactor-code'],
  [`Could you make this more readable?\n${typescript}`, 'refactor-code'],
  ['Reduce the complexity of this method', 'refactor-code'],
  ['clean up the imports in this file', 'refactor-code'],
  ['Extract the validation into its own function', 'refactor-code'],
  ['split this component in two', 'refactor-code'],
  ['How can I improve the performance of this loop?', 'refactor-code'],

  [`Translate this to Rust:\n${python}`, 'write-code'],
  ['Rewrite it in Go', 'write-code'],
  ['port this class to C++', 'write-code'],
  [`Convert to TypeScript:\n${inCode('js', 'const add = (a, b) => a + b;')}`, 'write-code'],
  [`Add error handling to this function:\n${inCode('ts', 'const text = read(path);')}`, 'write-code'],
  [`Use a Map instead of the object\n${typescript}`, 'write-code'],
  ['I want you to implement a trie with insert and search', 'write-code'],
  ['Can you write a script that renames all files in a folder by date?', 'write-code'],
  ['debounce in javascript', 'write-code'],
  ['How would I parse a date in Python?', 'write-code'],
  ['create an endpoint that returns the current user as json', 'write-code'],
  ['Write a function that throws an exception when the stack is empty.', 'write-code'],
  ['Write a function to test if a number is a palindrome', 'write-code'],

  [
    `Complete this function.\n${inCode('go', '// Sum adds all numbers.', 'func Sum(n []int) int {')}`,
    'complete-code',
  ],
  [
    `Implement the following method\n${inCode('java', 'public int depth(Node root) {', '}')}`,
    'complete-code',
  ],
  ['fill in the body of this function', 'complete-code'],
  ['class Stack:\n    def push(self, item):\n', 'complete-code'],
  ['const byName = (users: User[]) =>\n', 'complete-code'],

  [`What does this do?\n${typescript}`, 'explain-code'],
  [`Explain this:\n${typescript}`, 'explain-code'],
  [`Why is there a try here?\n${typescript}`, 'explain-code'],
  [`Review this code\n${typescript}`, 'explain-code'],
  ['Review my pull request', 'explain-code'],
  ['Summarize this module in three sentences', 'explain-code'],
  ['Can you walk me through this class?', 'explain-code'],
  [`Is this thread safe?\n${inCode('java', 'public class Counter { private int n; }')}`, 'explain-code'],
  ['What is the difference between an interface and a type in TypeScript?', 'explain-code'],
  ['How does the cache in this repo get invalidated?', 'explain-code'],

  [`Write tests for this:\n${typescript}`, 'write-tests'],
  ['Please add a few unit tests for the parser', 'write-tests'],
  [`Generate pytest cases\n${python}`, 'write-tests'],
  ['Could you increase coverage? Add test cases for the error paths.', 'write-tests'],
  [`tests for this function please\n${python}`, 'write-tests'],
  [`Write test cases for a solution of this.\n\n${contest}`, 'write-tests'],

  [`Add JSDoc\n${typescript}`, 'document-code'],
  ['document this function', 'document-code'],
  ['Please update the docs for the new option', 'document-code'],
  [`Add a docstring.\n${python}`, 'document-code'],
  ['Generate javadoc for all public methods', 'document-code'],

  ['Suggest a commit message for the staged changes', 'commit-message'],
  ['commit message please', 'commit-message'],

  ['How do I delete a git branch on the remote?', 'command-or-configuration'],
  ['docker compose file with postgres and redis', 'command-or-configuration'],
  ['kubectl: restart all pods of a deployment', 'command-or-configuration'],
  ['Which terraform version introduced moved blocks?', 'command-or-configuration'],

  ['Fix the grammar of this sentence: he go to school', 'rewrite'],
  ['Rephrase this so that it sounds friendlier: send me the file', 'rewrite'],
  ['Simplify the fraction 18/24', 'mathematics'],
  ['Write an e-mail to the team about the release', 'write-prose'],
  ['What happens if you split an atom?', 'science-question'],
];
