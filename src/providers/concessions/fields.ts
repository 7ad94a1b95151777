import type { Body, Concede, Concession, Refusal } from './concession';
import { limitNames, lowered, refusesName, withoutField, withoutFields } from './concession';

/** What no request can do without, and what an answer to something else would be without. */
const essential = ['model', 'messages', 'input', 'system', 'instructions', 'tools', 'stream'];

/** Fields that say the same together go together. */
const thinking = [
  'thinking',
  'output_config',
  'reasoning_effort',
  'reasoning',
  'enable_thinking',
  'thinking_budget',
];

/** How a field is named where its own name isn't written. */
const otherNames: Readonly<Record<string, RegExp>> = {
  temperature: /temperature/i,
  top_p: /\btop[_ -]?p\b|nucleus/i,
  top_k: /\btop[_ -]?k\b/i,
  stream_options: /stream[_ ]options|include_usage/i,
  tool_choice: /tool[_ ]?choice/i,
  parallel_tool_calls: /parallel[_ ](tool|function)/i,
  response_format: /response[_ ]format|json[_ ](mode|schema|object)/i,
  include: /encrypted|\binclude\b/i,
  thinking: /thinking|budget_tokens|\beffort\b|reasoning/i,
  output_config: /output_config|\beffort\b|thinking/i,
  reasoning_effort: /reasoning|\beffort\b|think/i,
  reasoning: /reasoning|\beffort\b|think/i,
  enable_thinking: /think/i,
};

/** The optional fields of a body that a refusal names, the one that it names first before the others. */
function namedFields({ words, param }: Refusal, body: Body): readonly string[] {
  const names = Object.keys(body).filter(
    (name) => !essential.includes(name) && !limitNames.some((each) => each === name),
  );
  const ofParam = names.filter(
    (name) => param !== undefined && new RegExp(`(^|[.\\[/"'])${escaped(name)}($|[.\\]/"'[])`).test(param),
  );
  if (ofParam.length > 0) return ofParam;
  return names
    .map((name) => ({ name, at: positionOf(name, words) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)
    .map(({ name }) => name);
}

function positionOf(name: string, words: string): number {
  const other = otherNames[name];
  if (other !== undefined) return words.search(other);
  // A short word alone may be one of the sentence's own.
  return words.search(
    name.includes('_')
      ? new RegExp(`\\b${escaped(name)}\\b`)
      : new RegExp(`["'\`\\[.]${escaped(name)}["'\`\\].]`),
  );
}

/** Fields of the user's own may have any name. */
function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A refusal that names an optional field is answered without it, or with a value that it allows. */
export const concedeField: Concede = (refusal, body, _protocol, made) => {
  if (!isAboutRequest(refusal)) return undefined;
  const name = namedFields(refusal, body).find(
    (each) => !made.has(idWithout(each)) && !isKept(each, refusal.words),
  );
  if (name === undefined) return undefined;
  const bounded = boundedOption(name, refusal.words, body);
  // What is refused within its bounds, too, is left out.
  if (bounded !== undefined && !made.has(bounded.id)) return bounded;
  return {
    id: idWithout(name),
    lasting: !ofCombination(refusal.words),
    change: (sent) => withoutFields(sent, groupOf(name)),
  };
};

function groupOf(name: string): readonly string[] {
  return thinking.includes(name) ? thinking : [name];
}

function idWithout(name: string): string {
  return `without ${groupOf(name)[0] ?? name}`;
}

/** What says where a prompt may go, and what becomes of it, is the user's own: it goes only where it isn't known at all. */
function isKept(name: string, words: string): boolean {
  if (name === 'store') return !refusesName(words) || /persist|not found/i.test(words);
  return /^(provider|route|models|safety|guardrail|moderation|privacy|data_|zdr|transforms|plugins)/i.test(
    name,
  );
}

/** What is refused beside something else alone may be sent without that. */
function ofCombination(words: string): boolean {
  return /\b(when|while|both|together|incompatible|with reasoning|with thinking|thinking mode|greater than|unless|only (?:allowed|valid|supported) (?:when|with|if))\b|combin/i.test(
    words,
  );
}

/** Statuses that tell of the request itself; a server's own trouble only where its words do. */
function isAboutRequest({ status, reason, words }: Refusal): boolean {
  if (reason !== 'invalid-request' && reason !== 'not-found' && reason !== 'server-error') return false;
  if (status === 400 || status === 422) return true;
  return refusesName(words) || /invalid|not allowed|must|only|cannot|disabled/i.test(words);
}

const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

function boundedOption(name: string, words: string, body: Body): Concession | undefined {
  const value = body[name];
  if (typeof value === 'number') {
    const most = upperBound(words, name);
    if (most === undefined || most >= value) return undefined;
    return { id: `${name} bounded`, lasting: true, change: lowered(name, most) };
  }
  if (name !== 'reasoning_effort' || typeof value !== 'string') return undefined;
  const nearest = nearestEffort(value, words);
  if (nearest === undefined) return undefined;
  return {
    id: 'reasoning_effort bounded',
    lasting: true,
    // What another request asks for may be allowed.
    change: (sent) => (sent[name] === value ? { ...sent, [name]: nearest } : undefined),
  };
}

/** "must be between 0 and 1", "range [0, 1]", "less than or equal to 1", "<= 1", "at most 1.0" */
function upperBound(words: string, name: string): number | undefined {
  const said = words.slice(Math.max(0, words.search(new RegExp(escaped(name), 'i'))));
  const number = '(\\d+(?:\\.\\d+)?)';
  const found = [
    new RegExp(`between ${number} and ${number}`, 'i').exec(said)?.[2],
    new RegExp(`[\\[(]${number}, ?${number}[\\])]`).exec(said)?.[2],
    new RegExp(`from ${number} to ${number}`, 'i').exec(said)?.[2],
    new RegExp(
      `(?:less than or equal to|at most|<=|≤|maximum(?: value)?(?: is| of)?|no (?:more|greater) than) ${number}`,
      'i',
    ).exec(said)?.[1],
  ].find((each) => each !== undefined);
  return found === undefined ? undefined : Number(found);
}

/** Of the efforts that the words offer, the one nearest to what was asked for. */
function nearestEffort(asked: string, words: string): string | undefined {
  const offered = efforts.filter(
    (effort) => effort !== asked && new RegExp(`["'\`]${effort}["'\`]`).test(words),
  );
  const at = efforts.indexOf(asked);
  return offered.toSorted((a, b) => Math.abs(efforts.indexOf(a) - at) - Math.abs(efforts.indexOf(b) - at))[0];
}

/** True where a refusal that is about the request has these words, or names such a parameter. */
export function isNamed(refusal: Refusal, words: RegExp): boolean {
  return isAboutRequest(refusal) && (words.test(refusal.words) || words.test(refusal.param ?? ''));
}

/** `body` with a limit under another of its names; undefined where it has none of that name. */
export function renamed(body: Body, name: string, other: string): Body | undefined {
  const rest = withoutField(body, name);
  return rest === undefined ? undefined : { ...rest, [other]: body[name] };
}
