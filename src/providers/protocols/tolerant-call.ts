import type { ErrorReply } from '../failures/error-reply';

/** The JSON body of a request. */
export type Body = Readonly<Record<string, unknown>>;

/**
 * What may be left out of a request, or said otherwise, where the server's words refuse it. Returns the body to send
 * instead; undefined where the words are about something else, or there is nothing to change.
 */
export type Concession = (words: string, body: Body) => Body | undefined;

/**
 * Sends a request, and again with each concession that the server's refusal (400 or 422) calls for, each at most
 * once. Nothing is billed for a refused request. Rejects as the last try does.
 */
export async function callTolerantly<T>(
  body: Body,
  concessions: readonly Concession[],
  send: (body: Body) => Promise<T>,
  errorReply: () => ErrorReply | undefined,
): Promise<T> {
  try {
    return await send(body);
  } catch (error) {
    const reply = errorReply();
    if (reply === undefined || (reply.status !== 400 && reply.status !== 422)) throw error;
    for (const [index, concession] of concessions.entries()) {
      const changed = concession(reply.body, body);
      if (changed !== undefined) {
        return callTolerantly(changed, concessions.toSpliced(index, 1), send, errorReply);
      }
    }
    throw error;
  }
}

/** `body` without `name`; undefined where it isn't there. */
export function withoutField(body: Body, name: string): Body | undefined {
  if (!(name in body)) return undefined;
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
}

/** True where the words say that something is not known here, rather than that its value is wrong. */
export function refusesName(words: string): boolean {
  return /unsupported|not support|unrecognized|unknown|not permitted|unexpected|deprecated|instead/i.test(
    words,
  );
}

/** True where a limit of the answer's length is above what the model, or its context window, can give. */
export function refusesLimit(words: string): boolean {
  const limit = /max_(completion_|output_)?tokens/i.exec(words);
  const said = limit === null ? '' : words.slice(limit.index);
  return (
    /too (large|high|big)|at most|less than or equal|exceed|> \d|maximum/i.test(said) ||
    /\d (tokens )?(in|for) the completion/i.test(words)
  );
}
