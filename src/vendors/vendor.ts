import type { PromptCacheHabit, Protocol } from '../core/terms/deployment';

/** Where an address was read: a page of the vendor's own documentation or sources, and the day. */
export interface Documentation {
  readonly page: string;
  /** "2026-11-28" */
  readonly seen: string;
}

/** How a server is asked whether it takes a key, at no cost. */
export interface KeyCheckRequest {
  /** Below the base: what is open to nobody without a key, e.g. "/models". */
  readonly path: string;
}

/** Models that serve without a file, as soon as the vendor's key is there. */
export interface DefaultModels {
  readonly small: string;
  /** Undefined where none of the vendor's models is clearly stronger. */
  readonly strong: string | undefined;
}

/**
 * In what a vendor departs from the protocol that it speaks:
 *
 * - `max-completion-tokens`: the limit of an answer's length has that name alone.
 * - `account-variables`: the environment's variables of an organization and a project are meant for it.
 * - `model-in-address`: the address names the model, and has a dated `api-version`.
 * - `responses-api`: it serves the Responses API beside chat completions, and some models there alone.
 * - `cost-on-request`: it tells what a call cost where it is asked to.
 * - `thoughts-beside-output`: `completion_tokens` leaves out what the model thought; the total has it.
 * - `thoughts-go-back`: what a model thought before it called a tool must stand in the history.
 * - `usage-unasked`: it reports usage by itself, and refuses the field that asks for it.
 * - `nine-character-ids`: ids of tool calls have nine letters and digits.
 */
export type Quirk =
  | 'max-completion-tokens'
  | 'account-variables'
  | 'model-in-address'
  | 'responses-api'
  | 'cost-on-request'
  | 'thoughts-beside-output'
  | 'thoughts-go-back'
  | 'usage-unasked'
  | 'nine-character-ids';

/** What Conduit knows of a vendor: of everything that speaks its way under its prefix. */
export interface Vendor {
  /** Of `litellm_params.model`. */
  readonly prefix: string;
  /** Other prefixes that LiteLLM has for it. */
  readonly otherPrefixes?: readonly string[];
  /** For people: "OpenAI". */
  readonly title: string;
  /** What its prefix stands for, where that is more than the title; Markdown. */
  readonly about?: string;
  readonly protocol: Protocol;
  /** Its own address, with the version segment where the client doesn't add it; undefined: `api_base` must say it. */
  readonly base: string | undefined;
  /** How the names of further hosts of it end: ".googleapis.com". */
  readonly hostsEnd?: string;
  readonly documentation: Documentation;
  /** True of the one prefix that names any server that speaks its protocol: elsewhere nothing of the vendor holds. */
  readonly anyServer?: true;
  /**
   * A server of the user's own, which is free on this machine and may want no key. `own-port`: whatever answers at the
   * port of its base is it, and what it has is found without a file.
   */
  readonly local?: 'own-port' | 'shared-port';
  /** Variables of the environment that usually hold its key, in the order in which they are looked up. */
  readonly keyNames: readonly string[];
  /** A variable that moves its default models, and its key, to another base of this protocol. */
  readonly baseName?: string;
  /** How its keys begin, where that is nobody else's beginning. */
  readonly keysBegin?: readonly string[];
  /** The header that carries the key; absent: `authorization`, as a bearer token. */
  readonly keyHeader?: 'x-api-key' | 'api-key';
  /** Absent: no request is known that needs a key and costs nothing. */
  readonly keyCheck?: KeyCheckRequest;
  /** True of those that are offered before the others. */
  readonly wellKnown?: true;
  /** Absent: its key alone makes no pool. */
  readonly defaultModels?: DefaultModels;
  /** Names of models that are its own also where they are written without a prefix, as LiteLLM knows them. */
  readonly unprefixed?: RegExp;
  /** The name that its own address knows a model by, from the name that files have; absent: the same. */
  readonly wireName?: (written: string) => string;
  /** Absent: none is documented, and nothing is counted on. */
  readonly promptCache?: PromptCacheHabit;
  /** True where the server itself says what its models cost. */
  readonly tellsPrices?: true;
  readonly quirks?: readonly Quirk[];
}

/** A prefix of LiteLLM's whose service has ended. */
export interface EndedVendor {
  readonly prefix: string;
  /** What ended, for people. */
  readonly title: string;
  /** The day: "2026-07-30". */
  readonly ended: string;
  readonly documentation: Documentation;
  /** What to do instead, a sentence; absent: nothing takes its place. */
  readonly instead?: string;
}
