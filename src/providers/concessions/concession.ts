import type { Protocol } from '../../core/terms/deployment';
import type { FailureReason } from '../../core/terms/failure';

/** The JSON body of a request. */
export type Body = Readonly<Record<string, unknown>>;

/** What a server said when it refused a request. */
export interface Refusal {
  /** Undefined where it came with status 200. */
  readonly status: number | undefined;
  readonly reason: FailureReason;
  /** The server's message, and the parameter that it names. */
  readonly words: string;
  /** The parameter that it names in a field of its own, e.g. "tools[0].function.parameters". */
  readonly param: string | undefined;
}

/** A change of a request; undefined where there is nothing to change. */
export type Change = (body: Body) => Body | undefined;

/** What a refusal calls for. */
export interface Concession {
  /** Each is made once in a call. */
  readonly id: string;
  /** True where it holds for the deployment, and not for this request alone. */
  readonly lasting: boolean;
  readonly change: Change;
}

/** Reads a refusal; undefined where it is about something else. `made`: what was conceded in this call before, by id. */
export type Concede = (
  refusal: Refusal,
  body: Body,
  protocol: Protocol,
  made: ReadonlySet<string>,
) => Concession | undefined;

/** `body` without `name`; undefined where it isn't there. */
export function withoutField(body: Body, name: string): Body | undefined {
  if (!(name in body)) return undefined;
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
}

/** `body` without any of `names`; undefined where none is there. */
export function withoutFields(body: Body, names: readonly string[]): Body | undefined {
  const kept = Object.entries(body).filter(([key]) => !names.includes(key));
  return kept.length === Object.keys(body).length ? undefined : Object.fromEntries(kept);
}

/** The names that the limit of an answer's length has. */
export const limitNames = ['max_completion_tokens', 'max_tokens', 'max_output_tokens'] as const;

/** Lowers a number that is above `most`. */
export function lowered(name: string, most: number): Change {
  return (body) => {
    const value = body[name];
    return typeof value === 'number' && value > most ? { ...body, [name]: most } : undefined;
  };
}

/** `after` where it differs from `before`. */
export function ifChanged<T>(before: T, after: T): T | undefined {
  return JSON.stringify(before) === JSON.stringify(after) ? undefined : after;
}

/** True where the words say that something is not known here, rather than that its value is wrong. */
export function refusesName(words: string): boolean {
  return /unsupported|not (?:be )?support|unrecogni[sz]ed|unknown|not permitted|forbidden|unexpected|deprecated|\buse\b.*instead|no longer/is.test(
    words,
  );
}
