import type { Protocol } from '../../core/terms/deployment';
import type { Concede, Concession, Refusal } from './concession';
import { limitNames, lowered, refusesName, withoutField } from './concession';
import { renamed } from './fields';

const named =
  /max(?:imum)?[_ ]?(?:completion|output|new)?[_ ]?tokens?|max_length|(?:in|for) the (?:completion|output)|output tokens/i;

/** Less is no answer: the prompt is too long, then. */
const leastRoom = 16;
/** What every current model can write, where the protocol demands a limit and nobody says which. */
const alwaysTaken = 4_096;

/**
 * Limits of the answer's length: under the other name for it, as much as the context leaves beside the prompt, as much
 * as the model can write, or none at all.
 */
export const concedeLimit: Concede = (refusal, body, protocol, made) => {
  const name = limitNames.find((each) => each in body);
  const { words, param, reason } = refusal;
  if (name === undefined || !(named.test(words) || limitNames.some((each) => param?.includes(each))))
    return undefined;
  if (reason !== 'invalid-request' && reason !== 'context-too-long' && reason !== 'server-error')
    return undefined;
  const limit = body[name];
  // "must be greater than thinking.budget_tokens": not the limit is what is too high.
  if (typeof limit !== 'number' || /must be (?:greater|larger|more) than/i.test(words)) return undefined;
  const found =
    withinContext(name, limit, words) ??
    withinCeiling(name, limit, words) ??
    withOtherName(name, refusal, made) ??
    without(name, refusal, protocol);
  // What is too much beside this prompt may be right for the next one.
  return found && { ...found, lasting: found.lasting && reason !== 'context-too-long' };
};

/** "180000 + 32000 > 200000", "maximum context length is 8192 tokens … 5000 in the messages, 4000 in the completion" */
function withinContext(name: string, limit: number, words: string): Concession | undefined {
  const room = roomIn(words);
  if (room === undefined || room >= limit || room < leastRoom) return undefined;
  return { id: `${name} within the context`, lasting: false, change: (body) => ({ ...body, [name]: room }) };
}

const number = '(\\d[\\d,_]*)';

function roomIn(words: string): number | undefined {
  const sum = new RegExp(`${number} ?\\+ ?${number} ?> ?${number}`).exec(words);
  if (sum !== null) return numberIn(sum[3]) - numberIn(sum[1]);
  const given = new RegExp(`<= ?${number}\\. Given: ${number} .?inputs`).exec(words);
  if (given !== null) return numberIn(given[1]) - numberIn(given[2]);
  const rest = new RegExp(`${number} ?> ?${number} ?- ?${number}`).exec(words);
  if (rest !== null) return numberIn(rest[2]) - numberIn(rest[3]);
  const window = new RegExp(
    `(?:context|model)[a-z ']{0,40}(?:length|window|limit|size)[a-z ':]{0,20}${number}`,
    'i',
  ).exec(words)?.[1];
  const prompt = promptIn(words);
  return window === undefined || prompt === undefined ? undefined : numberIn(window) - prompt;
}

/** Texts, tools and pictures may be told apart. */
function promptIn(words: string): number | undefined {
  const parts = [
    ...words.matchAll(
      new RegExp(
        `${number} (?:tokens )?(?:in|from|for|of) (?:the |your )?(?:text |tool |image )?(?:messages|input|prompt)`,
        'gi',
      ),
    ),
  ];
  if (parts.length > 0) return parts.reduce((sum, [, count]) => sum + numberIn(count), 0);
  const single =
    new RegExp(`${number} (?:input|prompt) tokens`, 'i').exec(words)?.[1] ??
    new RegExp(`(?:input|prompt)[a-z_ ]{0,30}[ :=]${number}`, 'i').exec(words)?.[1];
  return single === undefined ? undefined : numberIn(single);
}

function withOtherName(name: string, { words }: Refusal, made: ReadonlySet<string>): Concession | undefined {
  if (!refusesName(words) || name === 'max_output_tokens') return undefined;
  const other = name === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
  const id = `${name} as ${other}`;
  // Where neither name is known, there is none.
  if (made.has(id) || made.has(`${other} as ${name}`)) return undefined;
  return { id, lasting: true, change: (body) => renamed(body, name, other) };
}

function withinCeiling(name: string, limit: number, words: string): Concession | undefined {
  const most = ceilingIn(words);
  if (most === undefined || most >= limit || most < 1) return undefined;
  return {
    id: `${name} at most ${String(most)}`,
    lasting: true,
    change: lowered(name, most),
  };
}

/** "max_tokens: 100000 > 64000", "at most 16384 completion tokens", "in the range [1, 8192]", "must be <= 4096" */
function ceilingIn(words: string): number | undefined {
  const at = words.search(named);
  const said = words.slice(Math.max(0, at));
  const patterns = [
    `${number} ?> ?${number}`,
    `[\\[(] ?${number} ?, ?${number} ?[\\])]`,
    `between ${number} and ${number}`,
  ];
  for (const pattern of patterns) {
    const found = new RegExp(pattern, 'i').exec(said);
    if (found !== null) return numberIn(found[2]);
  }
  const most = new RegExp(
    `(?:at most|lower than or equal to|less than or equal to|no (?:more|greater|larger) than|cannot exceed|not exceed|exceeds?(?: the)?(?: model'?s?)?(?: limit| maximum)?(?: of)?|up to|<=|≤|maximum(?: allowed)?(?: value| number)?(?: of)?(?: (?:output|completion) tokens)?(?: is|:)?|limit(?: is|:| of)?) ?${number}`,
    'i',
  ).exec(words);
  return most === null ? undefined : numberIn(most[1]);
}

/** Above what the model can give, the limit is the model's own: the answer is no longer without ours. */
function without(name: string, { words, reason }: Refusal, protocol: Protocol): Concession | undefined {
  // A prompt that is too long by itself stays so.
  if (reason === 'context-too-long' && !/in the completion|for the completion|max_/i.test(words))
    return undefined;
  if (protocol === 'anthropic-messages')
    return {
      id: `${name} as always taken`,
      lasting: true,
      change: lowered(name, alwaysTaken),
    };
  return { id: `without ${name}`, lasting: true, change: (body) => withoutField(body, name) };
}

function numberIn(text: string | undefined): number {
  return Number((text ?? '').replace(/[,_]/g, ''));
}
