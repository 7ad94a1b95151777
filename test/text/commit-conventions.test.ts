import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breachesOf, conventionsIn } from '../../src/text/commit-conventions';
import { commitMessagesFor } from '../../src/text/commit-prompt';

const told = (messages: readonly string[]): string => conventionsIn(messages).sentences.join('\n');
const typed = [
  'feat(ui): add a',
  'fix(core): mend b\n\nIt was broken.',
  'docs: say c',
  'Merge branch ‘side’',
];

describe('the conventions of a repository', () => {
  test.each([
    [
      'types and scopes',
      typed,
      'begin with a type and a colon. Types among them: feat, fix, docs. Scopes among them: ui, core.',
    ],
    ['tickets', ['JIRA-1 Add a', 'JIRA-22: Mend b', '[JIRA-3] Say c'], 'begin with a ticket, as in “JIRA-1”'],
    ['numbers of issues', ['#1 Add a', '#22: Mend b', '(#3) Say c'], 'begin with a ticket, as in “#1”'],
    [
      'areas',
      ['ui: Add a', 'core/db: Mend b', '[net] Say c'],
      'begin with an area, as in “ui:, core/db:, [net]”',
    ],
    ['emoji', [':bug: Add a', '✨ Mend b', ':memo: Say c'], 'begin with an emoji'],
    ['Chinese', ['添加甲', '修复乙', '说明丙'], 'They are written in Chinese.'],
    ['Japanese', ['甲を追加', '乙を直す', '丙の説明'], 'They are written in Japanese.'],
    ['Russian', ['Добавить а', 'Исправить б', 'Описать в'], 'They are written in Cyrillic letters.'],
    ['small letters', ['add a', 'mend b', 'say c'], 'begins with a small letter'],
    ['capitals', ['Add a', 'Mend b', 'Say c'], 'begins with a capital'],
    ['full stops', ['Add a.', 'Mend b.', 'Say c.'], 'All of their subjects end with a full stop.'],
    ['no full stops', ['Add a', 'Mend b', 'Say c'], 'None of their subjects ends with a full stop.'],
    ['length', ['Add a', 'Mend b twice', 'Say c'], 'longest of their subjects has 12 characters'],
    ['no bodies', ['Add a', 'Mend b\n\nRefs: #1', 'Say c'], 'None of them has a body.'],
    ['bodies', ['Add a\n\nb', 'Mend b\n\nc\n\nRefs: #1', 'Say c'], 'Most of them have a body.'],
    [
      'trailers',
      ['Add a\n\nRefs: #1\nSigned-off-by: Ada <a@b.c>', 'Mend b\n\nRefs: #2', 'Say c'],
      'trailers: Refs. Write those',
    ],
  ])('%s are measured', (_, messages, sentence) => {
    expect(told(messages)).toContain(sentence);
  });

  test('what half of the commits do is none, and neither is what two commits do', () => {
    expect(told(['feat: a b', 'Add c', 'Say d', 'fix: e f'])).not.toContain('type');
    expect(told(['feat: a b', 'fix: e f'])).toBe('');
  });

  test('what a message plainly breaks is known, and nothing else', () => {
    const conventions = conventionsIn(typed);
    expect(breachesOf('feat: add d', conventions)).toEqual([]);
    expect(breachesOf('feat: add d.', conventions)).toEqual([{ kind: 'stop' }]);
    expect(breachesOf('Add d', conventions)).toEqual([{ kind: 'type' }]);
    expect(breachesOf(`feat: ${'d'.repeat(70)}\n\nWhy`, conventions)).toEqual([
      { kind: 'long', characters: 76, longest: 17 },
    ]);
    expect(breachesOf(`feat: ${'d'.repeat(60)}`, conventions)).toEqual([]);
    expect(breachesOf('Merge branch ‘side’.', conventions)).toEqual([]);
    expect(breachesOf('Add d.', conventionsIn([]))).toEqual([]);
    expect(breachesOf('Add d.', conventionsIn(['Add a.', 'Mend b', 'Say c']))).toEqual([]);
  });

  test('a message in the style of the others breaks nothing', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 4, maxLength: 9 }),
        fc.constantFrom('', 'feat: ', 'AB-1 '),
        fc.constantFrom('', '.'),
        (words, before, after) => {
          const [last = '', ...others] = words.map((each) => `${before}add ${each}${after}`);
          expect(breachesOf(last, conventionsIn(others))).toEqual([]);
        },
      ),
    );
  });

  test('a model is told of them, of the branch, and of the repository’s own rules', () => {
    const [message] = commitMessagesFor({
      diff: '+a',
      subjects: ['feat: b'],
      hint: '',
      conventions: ['None of them has a body.'],
      branch: 'feature/AB-1',
      rules: [{ label: '.commitlintrc.json', languageId: 'json', text: '{"rules":{}}' }],
    });
    expect(message?.text).toContain('None of them has a body.');
    expect(message?.text).toContain('The branch is called feature/AB-1.');
    expect(message?.text).toContain('must keep to the rules of the repository');
    expect(message?.text).toContain('From .commitlintrc.json:\n```json\n{"rules":{}}\n```\n\nFrom git diff:');
  });
});
