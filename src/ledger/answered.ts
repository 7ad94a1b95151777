import { LedgerError } from './ledger-trouble';

export type Answered<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/** What a call came to, or that it came to nothing within `withinMs`. It goes on then all the same. */
export async function answered<T>(call: () => Promise<T>, withinMs: number): Promise<Answered<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answered<T>>((resolve) => {
    timer = setTimeout(() => {
      const error = new LedgerError(`there was no answer within ${String(withinMs)} ms`, 'worker');
      resolve({ ok: false, error });
    }, withinMs);
  });
  const made = new Promise<T>((resolve) => resolve(call())).then(
    (value): Answered<T> => ({ ok: true, value }),
    (error: unknown): Answered<T> => ({ ok: false, error }),
  );
  try {
    return await Promise.race([made, late]);
  } finally {
    clearTimeout(timer);
  }
}
