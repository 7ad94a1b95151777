import type { Deployment } from '../core/terms/deployment';
import { readModelName } from '../vendors/model-name';

/** Who judges an answer. */
export interface JudgeChoice {
  readonly judge: Deployment;
  /** True where it is of the same vendor as a model that it judges. */
  readonly sibling: boolean;
}

/** A model that is judged: its deployment, and the name that its reply had, where that was another. */
interface Judged {
  readonly deployment: Deployment;
  readonly servedModel: string | undefined;
}

/**
 * The first of `judges` that may judge all of these: none judges itself, under whichever name or address, and one of the
 * same vendor does so only where no other was named. Undefined: nobody may.
 */
export function judgeOf(judges: readonly Deployment[], judged: readonly Judged[]): JudgeChoice | undefined {
  const others = judges.filter((judge) => judged.every((each) => !isSame(judge, each)));
  const stranger = others.find((judge) => judged.every((each) => !isSibling(judge, each)));
  if (stranger !== undefined) return { judge: stranger, sibling: false };
  const [sibling] = others;
  return sibling && { judge: sibling, sibling: true };
}

function isSame(judge: Deployment, { deployment, servedModel }: Judged): boolean {
  if (judge.id === deployment.id) return true;
  const own = keyOf(nameOf(judge));
  return own === keyOf(nameOf(deployment)) || (servedModel !== undefined && own === keyOf(servedModel));
}

/** An alias stands for another model, whose name it has. */
function nameOf({ pricedAs, model }: Deployment): string {
  return pricedAs ?? model;
}

/** The same for the same model, however vendors and gateways write it. */
function keyOf(name: string): string {
  const { words, version, size } = readModelName(name);
  return JSON.stringify([words, version, size]);
}

function isSibling(judge: Deployment, { deployment, servedModel }: Judged): boolean {
  const own = vendorsOf(nameOf(judge), judge.provider);
  const theirs = [
    ...vendorsOf(nameOf(deployment), deployment.provider),
    ...(servedModel === undefined ? [] : vendorsOf(servedModel, '')),
  ];
  return own.some((vendor) => theirs.includes(vendor));
}

/** Whose models have such words in their names: who serves them says little, for gateways serve those of all. */
const families: Readonly<Record<string, string>> = {
  gpt: 'openai',
  chatgpt: 'openai',
  o: 'openai',
  codex: 'openai',
  claude: 'anthropic',
  gemini: 'google',
  gemma: 'google',
  grok: 'xai',
  llama: 'meta',
  mistral: 'mistral',
  mixtral: 'mistral',
  ministral: 'mistral',
  magistral: 'mistral',
  codestral: 'mistral',
  devstral: 'mistral',
  pixtral: 'mistral',
  deepseek: 'deepseek',
  qwen: 'alibaba',
  qwq: 'alibaba',
  kimi: 'moonshot',
  glm: 'zhipu',
  phi: 'microsoft',
  command: 'cohere',
  nova: 'amazon',
  nemotron: 'nvidia',
  minimax: 'minimax',
  granite: 'ibm',
};

/** The vendors that a model's name tells; where it tells none, who serves it. */
function vendorsOf(name: string, provider: string): readonly string[] {
  const told = readModelName(name).words.flatMap((word) => families[word] ?? []);
  if (told.length > 0) return [...new Set(told)];
  return provider === '' ? [] : [provider];
}
