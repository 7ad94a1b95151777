import { z } from 'zod';

/** What a vendor's error object says, whatever its shape. */
export interface VendorError {
  readonly message: string | undefined;
  /** Its words for the cause, the most precise first, e.g. `insufficient_quota`, `overloaded_error`. */
  readonly codes: readonly string[];
  /** An HTTP status inside of the object: a proxy's error within a stream that began with 200. */
  readonly status: number | undefined;
}

const text = z.string().optional().catch(undefined);
const word = z.union([z.string(), z.number()]).optional().catch(undefined);
const schema = z.object({
  message: text,
  detail: text,
  error: z.unknown().optional(),
  type: word,
  code: word,
  status: word,
  // Anthropic's precise cause, since API version 2026-10-21.
  details: z.object({ error_code: text }).optional().catch(undefined),
});

/**
 * Reads an error body: OpenAI's and Anthropic's `{error: {…}}`, the inner object alone, Ollama's `{error: "…"}`,
 * FastAPI's `{detail: "…"}` and Gemini's array of one.
 */
export function readVendorError(body: unknown): VendorError {
  if (typeof body === 'string') return { message: body, codes: [], status: undefined };
  const parsed = schema.safeParse(Array.isArray(body) ? body[0] : body);
  if (!parsed.success) return { message: undefined, codes: [], status: undefined };
  const { message, detail, error, type, code, status, details } = parsed.data;
  if (typeof error === 'string' || (typeof error === 'object' && error !== null))
    return readVendorError(error);
  // The most precise first.
  const words = [details?.error_code, code, type, status];
  return {
    message: message ?? detail,
    codes: words.filter((value) => typeof value === 'string'),
    status: words.find((value) => typeof value === 'number' && value >= 300 && value < 600) as
      number | undefined,
  };
}
