import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commitMessageIn } from '../../../src/text/commit-prompt';
import { campaignSeed, runs } from '../../runs';

const seed = campaignSeed('commit-messages');

const word = fc.constantFrom(
  ...[
    'a',
    'queue',
    'moves',
    '`retry`',
    '"Done"',
    "it's",
    '“quoted”',
    'näher',
    '提交',
    '(see b)',
    '**bold**',
    'x:',
    'C#',
    '12',
    '-1',
  ],
);
const words = fc.array(word, { minLength: 1, maxLength: 8 }).map((each) => each.join(' '));
const prefix = fc.constantFrom('', 'feat: ', 'fix(ui)!: ', 'JIRA-12: ', '[core] ', ':bug: ', 'docs: ');
const subject = fc
  .tuple(
    prefix,
    fc.constantFrom('Move ', 'Add ', 'handle ', 'Ändere '),
    words,
    fc.constantFrom('', ':', '.', '…', '"', '`'),
  )
  .map((parts) => parts.join(''));
const paragraph = fc.oneof(
  fc
    .array(words, { minLength: 1, maxLength: 3 })
    .map((lines) => lines.map((line) => `It ${line}`).join('\n')),
  fc.array(words, { minLength: 1, maxLength: 3 }).map((lines) => lines.map((line) => `- ${line}`).join('\n')),
  fc
    .array(words, { minLength: 2, maxLength: 3 })
    .map((lines) => lines.map((line, at) => `${String(at + 1)}. ${line}`).join('\n')),
  words.map((line) => `\`\`\`ts\n${line};\n\`\`\``),
  words.map((line) => `~~~\n$ run ${line}\n~~~`),
  words.map((line) => `> ${line}`),
);
const trailers = fc
  .subarray(
    [
      'Signed-off-by: Ada <ada@example.com>',
      'Co-authored-by: Ann <ann@example.com>',
      'Change-Id: I0123',
      'Refs: #12',
    ],
    {
      minLength: 1,
    },
  )
  .map((lines) => lines.join('\n'));
const message = fc
  .tuple(subject, fc.array(paragraph, { maxLength: 3 }), fc.option(trailers))
  .map(([first, body, last]) => [first, ...body, ...(last === null ? [] : [last])].join('\n\n'));

const announcement = fc.constantFrom(
  'Here is the commit message:',
  'Sure! Here’s a commit message for these changes:',
  'Based on the diff, I suggest this commit message:',
  '**Commit message:**',
  '## Commit Message',
  'Voici le message de commit :',
  'Hier ist die Commit-Nachricht:',
  'Aquí está el mensaje de commit:',
  '好的\uff0c以下是提交信息\uff1a',
  'はい、以下がコミットメッセージです:',
  '커밋 메시지:',
  'Вот сообщение коммита:',
);
const remark = fc.constantFrom(
  'Let me know if you’d like any changes!',
  'This commit message follows the Conventional Commits format.',
  '**Explanation:** `feat` is the type.',
  '---\n\nFeel free to adjust it.',
  'Lass mich wissen, ob es passt.',
  '如果您需要修改\uff0c请告诉我。',
);
/** Ways to put something around a message: each gives it back. */
const around: Readonly<Record<string, (text: string, said: string, remarked: string) => string>> = {
  nothing: (text) => `\n${text}\n`,
  announced: (text, said) => `${said}\n\n${text}`,
  'announced, with a remark': (text, said, remarked) => `${said}\n\n${text}\n\n${remarked}`,
  'in a fence': (text) => `\`\`\`\`\n${text}\n\`\`\`\``,
  'in a fence of waves': (text) => `~~~~text\n${text}\n~~~~`,
  'announced, in a fence, with a remark': (text, said, remarked) =>
    `${said}\n\n\`\`\`\`commit\n${text}\n\`\`\`\`\n\n${remarked}`,
  'with thoughts': (text) => `<think>\nA message. ${text}\n</think>\n\n${text}`,
  'with a label': (text) => `Commit message: ${text}`,
  'with a bold label': (text) => `**Subject:** ${text}`,
  'in a tag': (text) => `<commit_message>\n${text}\n</commit_message>`,
  'as JSON': (text) => JSON.stringify({ message: text }),
  'as a command': (text) => `git commit -m '${text.replaceAll("'", String.raw`'\''`)}'`,
  'as a command that reads': (text) => `git commit -F - <<'EOF'\n${text}\nEOF`,
  'with CRLF': (text, said) => `${said}\r\n\r\n${text.replaceAll('\n', '\r\n')}\r\n`,
};

describe('any message comes back as it was', () => {
  test.each(Object.entries(around))('%s', (_, wrap) => {
    fc.assert(
      fc.property(message, announcement, remark, (text, said, remarked) => {
        expect(commitMessageIn(wrap(text, said, remarked))).toBe(text);
      }),
      { numRuns: runs(300), seed },
    );
  });

  test('in a fence that is no longer than its own', () => {
    fc.assert(
      fc.property(message, announcement, (text, said) => {
        expect(commitMessageIn(`${said}\n\n\`\`\`\n${text}\n\`\`\``)).toBe(text);
      }),
      { numRuns: runs(300), seed },
    );
  });
});

describe('any text whatever', () => {
  const piece = fc.constantFrom(
    ...[
      '```',
      '~~~',
      '\n',
      '\n\n',
      '"',
      '`',
      '**',
      '<think>',
      '</think>',
      '{',
      '}',
      '[',
      ':',
      'Here is',
      'the commit message',
    ],
    ...[
      'git commit -m ',
      "$(cat <<'EOF'",
      '- ',
      '1. ',
      '2. ',
      '> ',
      '---',
      'Option 2',
      'Let me know',
      'feat: ',
      'Subject:',
      'Body:',
    ],
    ...[
      '\r',
      '\ufeff',
      '\u2028',
      '\ud800',
      ' ',
      '\t',
      '\\',
      "'",
      '<commit>',
      '</commit>',
      'or',
      'Sure!',
      '提交信息',
      '#',
    ],
  );

  test('makes it neither throw nor find more than there is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (answer) => {
          // A list in JSON gets marks before its entries.
          expect(commitMessageIn(answer).length).toBeLessThanOrEqual(2 * answer.length + 10);
        },
      ),
      { numRuns: runs(2_000), seed },
    );
  });

  test('what was found is found again', () => {
    fc.assert(
      fc.property(message, announcement, (text, said) => {
        const found = commitMessageIn(`${said}\n\n${text}`);
        expect(commitMessageIn(found)).toBe(found);
      }),
      { numRuns: runs(300), seed },
    );
  });

  test.each([
    '`',
    '"',
    "'",
    '**',
    '```\n',
    '```\n\n',
    '~~~\n',
    '> ',
    '>\n',
    '- ',
    '- a\n',
    '1. ',
    '2. a\n',
    '#',
    '# ',
    '{',
    '[',
    '{"a":',
    '"\\"',
    'a:\n\n',
    'Here is',
    'Here is the commit message:\n',
    'Here is:\n\n',
    'Sure! ',
    'Sure!\n',
    'commit message ',
    'the commit ',
    'Option 1 ',
    'Option 2:\n\n',
    '---\n\n',
    '---\n',
    'or\n\n',
    'Let me know\n\n',
    'This commit message \n\n',
    'git commit -m ',
    'git commit -m "a" ',
    'git -c ',
    "<<'EOF'\n",
    '$(cat <<EOF\n',
    '<commit>',
    '</commit>',
    '<think>',
    '</think>',
    ' ',
    '\n',
    '\r',
    '\t',
    '\\',
    'a',
    'é',
    '提',
    ',',
    'Subject: ',
    'Body:\n',
    'feat: a\n\n',
    '"a" ',
    '“',
    '”',
    '. ',
    '**Explanation:**\n\n',
    'Explanation:\n\n',
    '```diff\n```\n',
  ])('many signs of %j are read in no time', (each) => {
    const many = each.repeat(300_000 / each.length);
    // Where something is looked for again and again through all that follows, this takes longer than a test may.
    for (const answer of [`"${many}"`, `Here is it:\n\nfeat: a\n\n${many}b`])
      expect(() => commitMessageIn(answer)).not.toThrow();
  });
});
