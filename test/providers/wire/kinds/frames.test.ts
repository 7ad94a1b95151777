import { describe, expect, test } from 'vitest';
import { reply } from '../replies';
import {
  chatEnd,
  chunk,
  data,
  event,
  messageEnd,
  messageStart,
  responseEnd,
  responseText,
  textBlock,
} from '../streams';
import { claude, outcomeOf, responses } from '../wire-case';

/** Frames that say nothing, and framing that is left out: the answer goes on. */

const all = [
  ['chat', {}, [chunk({ content: '4' }), chunk({ content: '2' }), chatEnd()]],
  ['messages', claude, [messageStart(), textBlock(0, '4'), textBlock(1, '2'), messageEnd()]],
  [
    'responses',
    responses,
    [event('response.created', { response: {} }), responseText('4'), responseText('2'), responseEnd()],
  ],
] as const;

const forms: readonly (readonly [string, (body: string) => string])[] = [
  ['no blank after the colon', (body) => body.replaceAll('data: ', 'data:')],
  ['CRLF', (body) => body.replaceAll('\n', '\r\n')],
  ['CR', (body) => body.replaceAll('\n', '\r')],
  ['one line feed', (body) => body.replaceAll('\n\n', '\n')],
  ['no line feed at the end', (body) => body.trimEnd()],
  ['the field twice', (body) => body.replaceAll('data: {', 'data: data: {')],
  ['bare lines', (body) => body.replaceAll(/^(event: .*\n|data: (?=\{))/gm, '')],
  ['capitals', (body) => body.replaceAll('data: ', 'Data: ')],
  [
    'all in one list',
    (body) => `[${[...body.matchAll(/^data: (\{.*)$/gm)].map(([, json]) => json).join(',')}]`,
  ],
  [
    'pretty, with data before each line',
    (body) =>
      body.replaceAll(
        /^data: (\{.*)$/gm,
        (_all, json: string) =>
          `data: ${JSON.stringify(JSON.parse(json), null, 2).replaceAll('\n', '\ndata: ')}`,
      ),
  ],
  ['blanks before', (body) => body.replaceAll(/^(?=data)/gm, '  ')],
  [
    'encoded once more',
    (body) => body.replaceAll(/^data: (\{.*)$/gm, (_all, json: string) => `data: ${JSON.stringify(json)}`),
  ],
  ['no event lines', (body) => body.replaceAll(/^event: .*\n/gm, '')],
  ['event behind data', (body) => body.replaceAll(/^(event: .*\n)(data: .*\n)/gm, '$2$1')],
  ['a byte order mark', (body) => `\ufeff${body}`],
  [
    'pretty',
    (body) =>
      body.replaceAll(
        /^data: (\{.*)$/gm,
        (_all, json: string) => `data: ${JSON.stringify(JSON.parse(json), null, 2)}`,
      ),
  ],
  ['glued to the next', (body) => body.replaceAll(/\}\n\ndata: \{/g, '}data: {')],
  ['two objects in a line', (body) => body.replaceAll(/\}\n\ndata: \{/g, '}{')],
  ['a separator of records', (body) => body.replaceAll('\n\n', '\n\n\u001e')],
];

describe.each(all)('%s', (_protocol, deployment, parts) => {
  test.each([
    ['null', 'data: null\n\n'],
    ['an empty object', 'data: {}\n\n'],
    ['an empty list', 'data: []\n\n'],
    ['a word', 'data: keepalive\n\n'],
    ['an id and a retry', 'id: 7\nretry: 3000\n\n'],
    ['a comment', ': keep-alive\n\n'],
    ['an unknown event', 'event: telemetry\ndata: {"type":"telemetry","ms":3}\n\n'],
    ['a keepalive', 'data: {"type":"keepalive","sequence_number":3}\n\n'],
    ['half of JSON', 'data: {"choices":[{\n\n'],
    ['empty lines', '\n\n\n\n'],
    ['a number', 'data: 7\n\n'],
    ['quoted done', 'data: "ok"\n\n'],
    ['a state', 'event: status\ndata: {"status":"queued","message":"Waiting for a worker."}\n\n'],
    [
      'a state with a type',
      'data: {"type":"status","status":"processing","message":"Loading the model"}\n\n',
    ],
  ])('%s', async (_name, frame) => {
    expect(await outcomeOf({ deployment }, reply(parts.join(frame)))).toMatchObject({
      text: '42',
      end: 'whole',
    });
  });

  test.each(forms)('%s', async (_name, form) => {
    expect(await outcomeOf({ deployment }, reply(form(parts.join(''))))).toMatchObject({
      text: '42',
      end: 'whole',
    });
  });

  test('what is cut within a frame is not whole', async () => {
    const body = parts.slice(0, -1).join('');
    expect((await outcomeOf({ deployment }, reply(`${body}data: {"cho`))).end).not.toBe('whole');
    expect((await outcomeOf({ deployment }, reply(body + data({}), { then: 'cut' }))).end).not.toBe('whole');
  });
});

test.each(all.slice(1))('%s: types in the event lines alone', async (_protocol, deployment, parts) => {
  const without = (body: string): string =>
    body.replaceAll(/"type":"(?:message|content|response)[\w.]*",/g, '');
  expect(await outcomeOf({ deployment }, reply(without(parts.join(''))))).toMatchObject({
    text: '42',
    end: 'whole',
  });
});
