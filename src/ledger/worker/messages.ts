import type { LedgerTrouble } from '../ledger-trouble';
import { troubleOf } from '../ledger-trouble';

/** What a window and its ledger's worker thread send each other. Both ends are of one build. */
export type ToLedgerWorker =
  | {
      readonly type: 'call';
      readonly id: number;
      readonly port: string;
      readonly method: string;
      readonly args: readonly unknown[];
    }
  /** From now on the worker tells of an event of a port. A second time does nothing. */
  | { readonly type: 'subscribe'; readonly port: string; readonly event: string };

export type FromLedgerWorker =
  | { readonly type: 'resolved'; readonly id: number; readonly value: unknown }
  | { readonly type: 'rejected'; readonly id: number; readonly error: SentError }
  | { readonly type: 'event'; readonly port: string; readonly event: string; readonly value: unknown }
  | { readonly type: 'log'; readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string };

/** What is left of an error on the way between threads. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  /** Why, where that is known. */
  readonly code?: LedgerTrouble;
}

export function sentError(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const trouble = troubleOf(error);
  return { name: error.name, message: error.message, ...(trouble !== 'other' && { code: trouble }) };
}

/** An error of the other thread, with its name, message and code. */
export function receivedError({ name, message, code }: SentError): Error {
  return Object.assign(new Error(message), { name }, code === undefined ? {} : { code });
}
