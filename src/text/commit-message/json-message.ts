import type { JsonObject } from '../../core/terms/tools';
import { isJsonObject } from '../../core/terms/tools';
import { withoutMargin } from './marks-around';

/** Names of fields, in lower case and without the signs between their words, in the order in which they count. */
const fields = {
  whole: [
    'commitmessage',
    'commitmsg',
    'commit',
    'message',
    'msg',
    'fullmessage',
    'answer',
    'output',
    'text',
  ],
  subject: ['subject', 'title', 'subjectline', 'header', 'headline', 'summary', 'shortmessage'],
  body: ['body', 'description', 'details', 'longmessage', 'content', 'reason'],
  footer: ['footer', 'footers', 'trailers', 'trailer'],
  several: ['options', 'alternatives', 'messages', 'commitmessages', 'suggestions', 'candidates', 'commits'],
} as const;

/** The message that an answer in JSON has, '' where it has none; undefined: it is no JSON. Of several the first one counts. */
export function messageInJson(text: string): string | undefined {
  if (!/^[[{"]/.test(text) || !/[\]}"]$/.test(text)) return undefined;
  const value = parsed(text);
  if (value === undefined) return undefined;
  if (typeof value === 'string')
    // A quotation that has no escapes is one of people: others look at its marks.
    return text.includes('\\') ? value : undefined;
  return messageOf(value, 0);
}

const yamlNames: ReadonlySet<string> = new Set([
  ...Object.values(fields).flat(),
  ...['type', 'scope', 'breaking', 'emoji', 'ticket'],
]);

/** The message of an answer that has its parts as fields of YAML: with a block of lines, or with the type apart. */
export function messageInYaml(text: string): string | undefined {
  if (!/^(?:---\n)?[A-Za-z_-]{3,20}:[ \n]/.test(text)) return undefined;
  const lines = text.replace(/^---\n/, '').split('\n');
  const parts = new Map<string, string[]>();
  let block: string[] | undefined;
  let hasBlock = false;
  for (const line of lines) {
    if (line === '' || line.startsWith(' ')) {
      if (line !== '' && block === undefined) return undefined;
      block?.push(line);
      continue;
    }
    const [, name = '', value = ''] = /^([A-Za-z_-]{3,20}):(?: (.*))?$/.exec(line) ?? [];
    if (!yamlNames.has(name.toLowerCase().replaceAll(/[^a-z]/g, ''))) return undefined;
    const isBlock = /^[|>][-+]?$/.test(value.trim());
    hasBlock ||= isBlock;
    block = isBlock ? [] : undefined;
    parts.set(name, block ?? [value.trim().replace(/^(["'])(.*)\1$/, '$2')]);
  }
  if (!hasBlock && !(parts.has('type') && parts.size > 2)) return undefined;
  return messageOf(
    Object.fromEntries([...parts].map(([name, each]) => [name, withoutMargin(each).join('\n').trim()])),
    0,
  );
}

function parsed(text: string): unknown {
  for (const written of [text, withEscapedLineEnds(text)]) {
    try {
      const value: unknown = JSON.parse(written);
      return value;
    } catch {
      // Then it is written in another way, or it is no JSON.
    }
  }
  return undefined;
}

/** Models write the ends of lines into texts as they are, which JSON doesn't allow. */
function withEscapedLineEnds(text: string): string {
  let quoted = false;
  let out = '';
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '"') quoted = !quoted;
    if (quoted && sign === '\\') {
      out += sign + text.charAt(at + 1);
      at += 1;
    } else out += quoted && sign === '\n' ? String.raw`\n` : quoted && sign === '\t' ? String.raw`\t` : sign;
  }
  return out;
}

function messageOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return value;
  if (depth > 4) return '';
  if (Array.isArray(value)) return messageOf(value[0], depth + 1);
  if (!isJsonObject(value)) return '';
  const known = new Map(
    Object.entries(value).map(([name, part]) => [name.toLowerCase().replaceAll(/[^a-z]/g, ''), part]),
  );
  const first = (names: readonly string[]): unknown =>
    names.map((name) => known.get(name)).find((part) => part !== undefined && part !== null && part !== '');
  const named = first(fields.subject);
  // Conventional Commits call what stands behind the type so.
  const isDescribed =
    typeof named !== 'string' && typeof value['type'] === 'string' && known.has('description');
  const subject = isDescribed ? known.get('description') : named;
  const whole = first(fields.whole);
  if (typeof subject !== 'string') {
    const inner = whole ?? first(fields.several);
    const message = inner === undefined ? '' : messageOf(inner, depth + 1);
    return message === '' ? '' : joined([message, textOf(first(fields.footer))]);
  }
  const head = withType(subject, value);
  return joined([
    head,
    textOf(first(isDescribed ? fields.body.filter((name) => name !== 'description') : fields.body)),
    textOf(first(fields.footer)),
  ]);
}

/** Fields of their own for what stands before the colon. */
function withType(subject: string, { type, scope, breaking }: JsonObject): string {
  if (typeof type !== 'string' || type === '' || subject.startsWith(type)) return subject;
  const where = typeof scope === 'string' && scope !== '' ? `(${scope})` : '';
  return `${type}${where}${breaking === true ? '!' : ''}: ${subject}`;
}

/** A text as it is, a list as one, named values as trailers. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    const texts = value.filter((each): each is string => typeof each === 'string');
    const isList = texts.every((each) => !/^(?:[-*+] |[A-Za-z-]+: )/.test(each));
    return texts.map((each) => (isList ? `- ${each}` : each)).join('\n');
  }
  if (!isJsonObject(value)) return '';
  return Object.entries(value)
    .flatMap(([name, each]) => (typeof each === 'string' ? [`${name}: ${each}`] : []))
    .join('\n');
}

function joined(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
}
