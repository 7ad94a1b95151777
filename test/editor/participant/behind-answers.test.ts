import { readFileSync } from 'node:fs';
import { Parser } from 'commonmark';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { Lexer } from 'marked';
import type { Token } from 'marked';
import { describe, expect, test } from 'vitest';
import type * as vscode from 'vscode';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import { conversationMarkdown } from '../../../src/editor/chat/conversation-markdown';
import { answerInto } from '../../../src/editor/participant/participant-answer';
import { attemptWith, decisionWith } from '../../core/samples';
import { campaignSeed, runs } from '../../runs';
import { conversationWith, savedTurnWith } from '../chat/conversations';

/** The line that stands behind each answer, without its emphasis. */
const line = 'strong · $0.0003 · 1.4 s · UCB1, 1 of 100';

/** All that the editor's chat is given of an answer, which comes in two pieces. */
function written(answer: string, end: Partial<AnswerEvent & { type: 'finished' }> = {}): string {
  let text = '';
  const stream = {
    markdown: (value: string) => (text += value),
    progress: () => undefined,
    button: () => undefined,
  } as unknown as vscode.ChatResponseStream;
  const into = answerInto(stream, { conversationId: 'c', question: 'Why?', pool: 'default' });
  into.take({ type: 'decided', decision: decisionWith() });
  const half = Math.floor(answer.length / 2);
  for (const piece of [answer.slice(0, half), answer.slice(half)]) into.take({ type: 'text', text: piece });
  into.take({ type: 'finished', attempt: attemptWith(), truncated: false, ...end });
  return text;
}

const markdownIt = new MarkdownIt({ html: true });

/** Whether a parser has the words in emphasis of a paragraph of the document itself, and in nothing else. */
const isApart = {
  'markdown-it': (words: string, text: string): boolean => {
    const tokens = markdownIt.parse(text, {});
    const index = tokens.findIndex(({ content }) => content.includes(words));
    const inLine = tokens[index]?.children?.map(({ type }) => type) ?? [];
    const around = tokens[index - 1];
    return (
      around?.type === 'paragraph_open' && around.level === 0 && inLine.join(' ') === 'em_open text em_close'
    );
  },
  /** It draws the editor's own chat, and fails on some quotations, as the editor does then. */
  marked: (words: string, text: string): boolean => {
    try {
      const place: string[] = [];
      let within: readonly Token[] | undefined = Lexer.lex(text);
      while (within !== undefined) {
        const token: Token | undefined = within.find(({ raw }) => raw.includes(words));
        if (token !== undefined) place.push(token.type);
        within = token !== undefined && 'tokens' in token ? token.tokens : undefined;
      }
      return place.join(' ') === 'paragraph em text';
    } catch (error) {
      return error instanceof TypeError;
    }
  },
  commonmark: (words: string, text: string): boolean => {
    const walker = new Parser().parse(text).walker();
    for (let event = walker.next(); event !== null; event = walker.next()) {
      if (!event.entering || !event.node.literal?.includes(words)) continue;
      const place: string[] = [];
      for (let node = event.node.parent; node !== null; node = node.parent) place.unshift(node.type);
      return place.join(' ') === 'document paragraph emph';
    }
    return false;
  },
};

type ParserName = keyof typeof isApart;

function expectApart(
  text: string,
  words = line,
  parsers: readonly ParserName[] = ['markdown-it', 'marked'],
): void {
  for (const parser of parsers)
    expect([parser, text, isApart[parser](words, text)]).toEqual([parser, text, true]);
}

const blanks = (most: number) => fc.integer({ min: 0, max: most }).map((count) => ' '.repeat(count));
const fence = fc
  .tuple(
    blanks(6),
    fc.constantFrom('`', '~'),
    fc.integer({ min: 2, max: 6 }),
    fc.constantFrom('', '', 'ts', ' x', '  '),
  )
  .map(([margin, mark, count, info]) => `${margin}${mark.repeat(count)}${info}`);
const container = fc
  .tuple(
    blanks(6),
    fc.constantFrom('-', '*', '+', '1.', '2)', '10.', '>', '>>', '> -', '- >', '- 1.'),
    blanks(5),
    fc.oneof(fc.constantFrom('a', '', '# h', '---', '<!-- a', '<pre>', '    a'), fence),
  )
  .map((parts) => parts.join(''));
const other = fc.constantFrom(
  ...['', '', 'a', 'a ```', '---', '***', '* * *', '- - -', '___', '===', '# h', '## ```', '    a', '\ta'],
  ...['\t```', '- \t```', '<div>', '</div>', '<pre>', '</pre>', '<script>', '</SCRIPT>', '<style>x</style>'],
  ...[
    '[a]: /b',
    '[a]: /b "t',
    '[a]:',
    '<!-- a',
    '-->',
    '<!---->',
    '<details>',
    '</details>',
    '<?php',
    '?>',
    '<!X',
    '<![CDATA[',
    ']]>',
    '<b>',
  ],
  ...['| a | b |', '|---|---|', '- [ ] x', '$$', '\\[', '<details><summary>'],
);

const all: readonly ParserName[] = ['markdown-it', 'marked', 'commonmark'];

describe('what Conduit writes behind an answer', () => {
  const answers = fc
    .tuple(
      fc.array(fc.oneof(fence, fence, container, container, other), { maxLength: 11 }),
      fc.constantFrom('\n', '\n', '\r\n'),
    )
    .map(([lines, newline]) => lines.join(newline));
  const seed = campaignSeed('behind-answers');
  const numRuns = runs(2_000);

  test('is never part of what the answer left open, whatever the answer', () => {
    fc.assert(
      fc.property(answers, (answer) => expectApart(written(answer))),
      { numRuns, seed },
    );
  }, 600_000);

  test('is so by a third parser too, which takes a few lists of the ten thousand for something else', () => {
    const texts = fc.sample(answers, { numRuns, seed }).map((answer) => written(answer));
    const within = texts.filter((text) => !isApart.commonmark(line, text));
    expect(within.length).toBeLessThanOrEqual(2 + numRuns / 200);
  }, 600_000);

  test('is apart from code after a rule of stars', () => {
    const answer = readFileSync('test/fixtures/markdown/behind-answers/rule-then-fence.md', 'utf8');
    expectApart(written(answer), line, all);
    expectApart(written(answer.trimEnd()), line, all);
  });

  test.each([
    ['a list whose item has code', '- a\n\n  ```ts\n  let a'],
    ['a list whose item has a list with code', '1. a\n   - b\n\n     ~~~\n     c'],
    ['a quotation with code', '> ```\n> a'],
    ['a quotation that goes on without its mark', '> a\nb'],
    ['a comment', 'Done.\n\n<!-- TODO: more\n'],
    ['preformatted HTML with code', '<pre>\n```\n'],
    ['a script', '<script>\nlet a;\n\n'],
    ['folded text', '<details>\n<summary>More</summary>\n\n```sh\nls'],
    ['a definition', '[a]: https://a.example'],
    ['half of a definition', '[a]:'],
    ['a table', '| a | b |\n|---|---|\n| 1 | 2 |'],
    ['half of a table', '| a | b |\n|--'],
    ['text that could become a heading', 'Title'],
    ['half of a link', '[a](https://'],
    ['half of emphasis', '**a'],
    ['half of code in a line', 'Use `a'],
    ['half of a formula', '$$\n\\frac{a}'],
    ['a backslash', 'a\\'],
  ])('is apart from %s', (_, answer) => {
    const cut = written(answer, { truncated: true });
    expectApart(written(answer), line, all);
    expectApart(cut, line, all);
    expectApart(cut, 'The answer was cut off', all);
  });

  test('is apart from the answer in a conversation that is exported, as the answer is from the question', () => {
    const turn = savedTurnWith('Why?\n~~~\nlet a', { text: '* * *\n```\nb', decision: decisionWith() });
    const text = conversationMarkdown(conversationWith({ turns: [turn] }));
    expectApart(text, 'strong · $', all);
    const headings = markdownIt.parse(text, {}).filter(({ type }) => type === 'heading_open');
    expect(headings.map(({ level }) => level)).toEqual([0, 0, 0]);
  });
});
