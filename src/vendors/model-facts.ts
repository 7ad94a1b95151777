import type { Deployment } from '../core/terms/deployment';
import type { Reached } from './lookup';
import { vendorOf } from './lookup';
import { modelFactsTable } from './model-facts-table';

/** What a model can, as far as it is known: absent is not known. */
export type ModelFacts = Partial<
  Pick<
    Deployment,
    'contextWindowTokens' | 'longestAnswerTokens' | 'supportsTools' | 'supportsImages' | 'thinks'
  >
>;

/** `pricedAs` is what a name stands for that somebody gave. */
type Named = Reached & Pick<Deployment, 'model' | 'pricedAs'>;

/** Whose models others serve under the same names, with or without "maker/" before it. */
const makers = ['openai', 'anthropic', 'gemini', 'mistral', 'deepseek', 'xai', 'moonshot', 'cohere'];

/**
 * What is kept of a model: of its vendor's own table; where nobody's server is known, of the model of that name. A local
 * server says itself what it was started with, and is asked (providers/local-server-facts).
 */
export function keptFacts(named: Named): ModelFacts {
  const vendor = vendorOf(named);
  if (vendor?.local !== undefined || vendor?.protocol === 'editor') return {};
  const own = vendor && tables().get(vendor.prefix);
  const model = named.pricedAs ?? named.model;
  return (own && factsIn(own, model)) ?? byName(model) ?? {};
}

/** The deployment with `told` where it says nothing itself: what its file says goes first. */
export function completed<D extends Named & ModelFacts>(deployment: D, ...told: readonly ModelFacts[]): D {
  const first = <K extends keyof ModelFacts>(key: K): ModelFacts[K] =>
    told.reduce<ModelFacts[K]>((known, facts) => known ?? facts[key], deployment[key]);
  const facts: ModelFacts = {
    contextWindowTokens: first('contextWindowTokens'),
    longestAnswerTokens: first('longestAnswerTokens'),
    supportsTools: first('supportsTools'),
    supportsImages: first('supportsImages'),
    thinks: first('thinks'),
  };
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  return { ...deployment, ...Object.fromEntries(known) };
}

function byName(model: string): ModelFacts | undefined {
  const bare = model.split('/').at(-1) ?? model;
  for (const maker of makers) {
    const table = tables().get(maker);
    const facts = table && factsIn(table, bare);
    if (facts !== undefined) return facts;
  }
  const resold = tables().get('openrouter');
  return resold && factsIn(resold, model);
}

function factsIn(table: ReadonlyMap<string, ModelFacts>, model: string): ModelFacts | undefined {
  const name = plain(model);
  return table.get(name) ?? table.get(undated(name));
}

/** As tables write a name: "accounts/fireworks/models/glm-5p2" is "glm-5.2". */
function plain(model: string): string {
  const own = model.toLowerCase().replace(/^(accounts\/[^/]+\/)?models\//, '');
  return own === model.toLowerCase() ? own : own.replaceAll(/(?<=\d)p(?=\d)/g, '.');
}

/** Without what says which of several alike is meant: a day, "-latest", and OpenRouter's ":free". */
function undated(name: string): string {
  return name
    .replace(/:(free|nitro|floor|online|exacto|beta|thinking)$/, '')
    .replace(/(-|@)(latest|\d{8}|\d{4}-\d{2}-\d{2}|\d{2}-\d{4}|\d{4})$/, '');
}

let read: ReadonlyMap<string, ReadonlyMap<string, ModelFacts>> | undefined;

/** By the vendor's prefix and the model's name, and by its name without the day where nothing has that. */
function tables(): ReadonlyMap<string, ReadonlyMap<string, ModelFacts>> {
  read ??= new Map(
    modelFactsTable
      .split('# ')
      .slice(1)
      .map((section) => {
        const [prefix = '', ...rows] = section.trim().split('\n');
        return [prefix, tableOf(rows)] as const;
      }),
  );
  return read;
}

function tableOf(rows: readonly string[]): ReadonlyMap<string, ModelFacts> {
  const named = rows.map((row) => {
    const [name = '', context = '', answer = '', can = ''] = row.split(' ');
    return [name.toLowerCase(), factsOf(context, answer, can)] as const;
  });
  // A later entry replaces an earlier one: the newest of several days, and then whatever is written without one.
  return new Map([...named.map(([name, facts]) => [undated(name), facts] as const), ...named]);
}

function factsOf(context: string, answer: string, can: string): ModelFacts {
  const tokens = (written: string): number | undefined => (written === '-' ? undefined : Number(written));
  const does = (letter: string): boolean | undefined => (can === '?' ? undefined : can.includes(letter));
  return {
    contextWindowTokens: tokens(context),
    longestAnswerTokens: tokens(answer),
    supportsTools: does('t'),
    supportsImages: does('v'),
    thinks: does('r'),
  };
}
