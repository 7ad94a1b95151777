import type { Deployment, Pool } from '../../core/terms/deployment';
import { readQuestion } from '../../text/slash-commands';
import type { ModelChoice } from '../answers/choose-model';
import type { Past } from './participant-history';

/** What leaves the choice to the router again, after `/model`. */
export const anyModel = 'auto';

/** What a request of the native chat wants. */
export type Wanted =
  | {
      readonly kind: 'question';
      readonly prompt: string;
      /** The pool that it names; absent: the one in use. */
      readonly pool?: string | undefined;
      /** The only model that answers from here on. */
      readonly lockedTo: ModelChoice | undefined;
    }
  /** Another answer to the last question, from the model `by`, else from one that hasn't answered it. */
  | { readonly kind: 'again'; readonly by: ModelChoice | undefined; readonly last: NonNullable<Past['last']> }
  /** Only this model from here on; undefined: any. */
  | { readonly kind: 'lock'; readonly lockedTo: ModelChoice | undefined }
  /** The user is to choose a model from a list. */
  | { readonly kind: 'choose-model' }
  | { readonly kind: 'unknown-model'; readonly name: string }
  /** There is no question that could be asked again. */
  | { readonly kind: 'nothing-to-repeat' }
  /** The message is empty. */
  | { readonly kind: 'nothing' };

/** A pool, as far as its models are named. */
export interface NamedPool extends Pick<Pool, 'name'> {
  readonly deployments: readonly Pick<Deployment, 'id'>[];
}

/** Reads a request: its command, if any, and what was typed after it. */
export function readRequest(
  { command, prompt }: { readonly command?: string | undefined; readonly prompt: string },
  past: Past,
  pools: readonly NamedPool[],
): Wanted {
  const typed = prompt.trim();
  switch (command) {
    case 'another':
      return readAnother(typed, past, pools);
    case 'model':
      return readModel(typed, pools);
    default: {
      const text = command === undefined ? typed : `/${command} ${typed}`.trim();
      if (text === '') return { kind: 'nothing' };
      const names = pools.map(({ name }) => name);
      return { kind: 'question', ...readQuestion(text, names), lockedTo: past.lockedTo };
    }
  }
}

function readAnother(typed: string, { last }: Past, pools: readonly NamedPool[]): Wanted {
  if (last === undefined) return { kind: 'nothing-to-repeat' };
  if (typed === '') return { kind: 'again', by: undefined, last };
  const by = modelNamed(typed, pools);
  return by === undefined || by.rest !== ''
    ? { kind: 'unknown-model', name: typed }
    : { kind: 'again', by: by.choice, last };
}

function readModel(typed: string, pools: readonly NamedPool[]): Wanted {
  if (typed === '') return { kind: 'choose-model' };
  const named = modelNamed(typed, pools);
  if (named !== undefined) {
    const { choice: lockedTo, rest } = named;
    return rest === '' ? { kind: 'lock', lockedTo } : { kind: 'question', prompt: rest, lockedTo };
  }
  const [first = '', rest = ''] = firstWord(typed);
  if (first !== anyModel) return { kind: 'unknown-model', name: first };
  return rest === ''
    ? { kind: 'lock', lockedTo: undefined }
    : { kind: 'question', prompt: rest, lockedTo: undefined };
}

/** The model whose id the text begins with, and what follows it. Of two that fit it is the longer id. */
function modelNamed(
  text: string,
  pools: readonly NamedPool[],
): { readonly choice: ModelChoice; readonly rest: string } | undefined {
  const choices = pools.flatMap(({ name, deployments }) =>
    deployments.map(({ id }) => ({ pool: name, deploymentId: id })),
  );
  const [choice] = choices
    .filter(({ deploymentId: id }) => text.startsWith(id) && /^(?:\s|$)/.test(text.slice(id.length)))
    .toSorted((a, b) => b.deploymentId.length - a.deploymentId.length);
  return choice && { choice, rest: text.slice(choice.deploymentId.length).trim() };
}

function firstWord(text: string): readonly string[] {
  return /^(\S+)\s*([\s\S]*)$/.exec(text)?.slice(1) ?? [];
}
