import { objectsIn, textIn, wordIn } from '../stream/near-types';
import type { Body, Change, Concede } from './concession';
import { ifChanged, refusesName, withoutField, withoutFields } from './concession';
import { isNamed } from './fields';

/** Changes of what was said before: what one server wants in a history, another one refuses. */

const thoughtFields = [
  'reasoning_content',
  'reasoning',
  'reasoning_details',
  'reasoning_opaque',
  'thinking_blocks',
];

/** Words about what was thought before, rather than about how much is to be thought now. */
const ofThoughts =
  /reasoning_(?:content|details|text|opaque)|reasoning (?:item|details|content)|'reasoning'|thought_?\s?signature|signature|thinking_blocks|thinking[`'"]* (?:or|block)|encrypted content/i;

function messagesOf(body: Body): readonly Body[] {
  return objectsIn(body['messages'] ?? body['input']);
}

function withMessages(change: (messages: readonly Body[]) => readonly Body[]): Change {
  return (body) => {
    const name = 'messages' in body ? 'messages' : 'input';
    return ifChanged(body, { ...body, [name]: change(messagesOf(body)) });
  };
}

/** What a model thought is missing in the history, not wanted there, or can't be verified. */
export const concedeThoughts: Concede = (refusal) => {
  const { words } = refusal;
  if (!isNamed(refusal, ofThoughts)) return undefined;
  if (/thought_?\s?signature/i.test(words) && /missing|required|must/i.test(words))
    return {
      id: 'thought signatures that are skipped',
      lasting: true,
      change: withMessages(withSkippedSignatures),
    };
  if (
    /(missing|must be|required|expected|passed back|preserved)/i.test(words) &&
    /reasoning_content/i.test(words)
  )
    return {
      id: 'thoughts that say nothing',
      lasting: true,
      change: withMessages((all) => all.map(withEmptyThoughts)),
    };
  const change = withMessages((all) => all.filter(({ type }) => type !== 'reasoning').map(withoutThoughts));
  return {
    id: 'without thoughts',
    lasting: refusesName(words) && !/signature|encrypted|verif|item/i.test(words),
    change,
  };
};

/** The word by which the vendor lets calls pass that another model made, as it documents. */
const skipped = { google: { thought_signature: 'skip_thought_signature_validator' } };

function withSkippedSignatures(messages: readonly Body[]): readonly Body[] {
  return messages.map((message) => {
    if (!('tool_calls' in message)) return message;
    const calls = objectsIn(message['tool_calls']);
    return { ...message, tool_calls: calls.map((call) => ({ extra_content: skipped, ...call })) };
  });
}

/** A space is as good as thoughts; an empty text is not. */
function withEmptyThoughts(message: Body): Body {
  const lacks = message['role'] === 'assistant' && wordIn(message['reasoning_content']) === '';
  return lacks ? { ...message, reasoning_content: ' ' } : message;
}

function withoutThoughts(message: Body): Body {
  const { content } = message;
  const kept = Array.isArray(content)
    ? content.filter((block: unknown) => !/thinking/.test(wordIn(objectsIn(block)[0]?.['type'])))
    : content;
  const less = withoutFields(message, thoughtFields) ?? message;
  return content === undefined ? less : { ...less, content: kept };
}

/** Words about who may speak when, and about instructions. */
const ofRoles =
  /\broles?\b|system messages?|instructions? (?:are|is) required|developer|alternat|consecutive|in a row|prefill|must (?:start|begin|end) with|turn comes|first message|last message/i;

/** Servers whose templates know two roles that take turns, or know no instructions. */
export const concedeRoles: Concede = (refusal, body) => {
  if (!isNamed(refusal, ofRoles)) return undefined;
  const { words } = refusal;
  if (/instructions? (?:are|is) required/i.test(words) && 'input' in body)
    return { id: 'instructions of their own', lasting: true, change: instructionsApart };
  const ofSystem = /system|developer/i.test(words) && !/alternat|turn/i.test(words);
  const ofPlace = /begin|first|start|one|multiple|only/i.test(words);
  if (
    ofSystem &&
    ofPlace &&
    !/support(?:ed values|s only)?\b.{0,40}'(?:user|assistant)'/i.test(words) &&
    !/not support/i.test(words)
  )
    return { id: 'one instruction at the beginning', lasting: true, change: withMessages(instructionsFirst) };
  if (ofSystem)
    return { id: 'instructions as the user’s', lasting: true, change: withMessages(instructionsAsUsers) };
  return { id: 'roles that take turns', lasting: true, change: withMessages(takingTurns) };
};

function isInstruction({ role }: Body): boolean {
  return role === 'system' || role === 'developer';
}

function instructionsFirst(messages: readonly Body[]): readonly Body[] {
  const instructions = messages.filter(isInstruction).map(({ content }) => textIn(content));
  const rest = messages.filter((message) => !isInstruction(message));
  return instructions.length === 0 ? rest : [{ role: 'system', content: instructions.join('\n\n') }, ...rest];
}

function instructionsAsUsers(messages: readonly Body[]): readonly Body[] {
  return merged(messages.map((message) => (isInstruction(message) ? { ...message, role: 'user' } : message)));
}

/** The Responses API has a field for them. */
const instructionsApart: Change = (body) => {
  const messages = messagesOf(body);
  const instructions = messages.filter(isInstruction).map(({ content }) => textIn(content));
  const input = messages.filter((message) => !isInstruction(message));
  return { ...body, instructions: instructions.join('\n\n') || 'Answer the user.', input };
};

/** The user speaks first and last, each one once in a row, and a tool's answer is followed by the model's turn. */
function takingTurns(messages: readonly Body[]): readonly Body[] {
  const all = merged(instructionsFirst(messages));
  const first = all.findIndex((message) => !isInstruction(message));
  const begins =
    all[first]?.['role'] === 'assistant' ? [{ role: 'user', content: '(The conversation begins.)' }] : [];
  const ends = all.at(-1)?.['role'] === 'assistant' ? [{ role: 'user', content: 'Go on.' }] : [];
  return [...all.slice(0, Math.max(0, first)), ...begins, ...all.slice(Math.max(0, first)), ...ends];
}

/** Messages of one role in a row become one, and what the user says behind a tool's answer is a part of it. */
function merged(messages: readonly Body[]): readonly Body[] {
  const all: Body[] = [];
  for (const message of messages) {
    const before = all.at(-1);
    const one = before && joined(before, message);
    if (one === undefined) all.push(message);
    else all[all.length - 1] = one;
  }
  return all;
}

/** Two messages as one; undefined where each has its own turn. */
function joined(before: Body, message: Body): Body | undefined {
  const { role } = message;
  const behindTool = before['role'] === 'tool' && role === 'user';
  const plain = (each: Body): boolean =>
    typeof each['content'] === 'string' || (each['content'] ?? null) === null;
  const both = { before: textIn(before['content']), after: textIn(message['content']) };
  if ((before['role'] !== role && !behindTool) || role === 'tool' || 'tool_calls' in before) return undefined;
  if (plain(before) && plain(message)) {
    const content = [both.before, both.after].filter((text) => text !== '').join('\n\n');
    return behindTool ? { ...before, content } : { ...before, ...message, content };
  }
  const parts = [before, message].flatMap((each) => contentParts(each['content']));
  return behindTool || 'tool_calls' in message ? undefined : { ...before, content: parts };
}

function contentParts(content: unknown): readonly Body[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : objectsIn(content);
}

/** Contents that are missing, null, empty, or in parts. */
export const concedeContent: Concede = (refusal) => {
  if (!isNamed(refusal, /content|must (?:have|not be empty)|empty|non-empty|null|sequence|list of/i))
    return undefined;
  if (/image|vision|picture|audio/i.test(refusal.words)) return undefined;
  return { id: 'plain contents', lasting: true, change: withMessages((all) => all.flatMap(plainContent)) };
};

function plainContent(message: Body): readonly Body[] {
  const { role, content } = message;
  if (role === undefined) return [message];
  const parts = Array.isArray(content) ? objectsIn(content) : [];
  const onlyTexts = parts.length > 0 && parts.every(({ type }) => type === 'text' || type === 'input_text');
  const text = onlyTexts ? textIn(content) : (content ?? '');
  if (text !== '') return [{ ...message, content: text }];
  // A call alone says enough; nothing at all is no message.
  if ('tool_calls' in message) return [{ ...message, content: ' ' }];
  return role === 'tool' ? [{ ...message, content: '(empty)' }] : [];
}

/** The words in the place of a picture that a model can't see. */
const unseen = '(a picture that this model can’t see)';

/** Pictures of earlier turns may be left out; what is asked now can't be answered without its own. */
export const concedePictures: Concede = (refusal, body) => {
  if (!isNamed(refusal, /image|vision|picture|multimodal/i)) return undefined;
  const { words } = refusal;
  // One that is too large, or one too many, says nothing of the others.
  if (/exceed|too (?:large|big|many)|\bsize\b|at most|maximum|dimension|\blimit/i.test(words))
    return undefined;
  const messages = messagesOf(body);
  const asked = askedAt(messages);
  if (messages.slice(asked).some(hasPicture) || !messages.some(hasPicture)) return undefined;
  return {
    id: 'without earlier pictures',
    lasting: true,
    change: withMessages((all) => all.map(withoutPictures)),
  };
};

/** Where the user's last question stands: what tools answered since belongs to it. */
function askedAt(messages: readonly Body[]): number {
  return messages.findLastIndex(({ role, content }) => {
    const parts = Array.isArray(content) ? objectsIn(content) : [];
    return role === 'user' && (parts.length === 0 || parts.some(({ type }) => type !== 'tool_result'));
  });
}

function isPicture({ type }: Body): boolean {
  return /image/.test(wordIn(type));
}

function hasPicture({ content }: Body): boolean {
  return Array.isArray(content) && objectsIn(content).some(isPicture);
}

function withoutPictures(message: Body, at: number, all: readonly Body[]): Body {
  if (at >= askedAt(all) || !hasPicture(message)) return message;
  const said = objectsIn(message['content'])
    .filter((part) => !isPicture(part))
    .map((part) => textIn([part]));
  return { ...message, content: [...said, unseen].join('\n') };
}

/** Marks for the prompt cache, wherever they stand. */
export const concedeCacheMarks: Concede = (refusal) =>
  isNamed(refusal, /cache_control|prompt cach/i)
    ? {
        id: 'without cache marks',
        lasting: true,
        change: (body) => ifChanged(body, withoutMarks(body) as Body),
      }
    : undefined;

function withoutMarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMarks);
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Body;
  const less = withoutField(object, 'cache_control') ?? object;
  return Object.fromEntries(Object.entries(less).map(([key, each]) => [key, withoutMarks(each)]));
}
