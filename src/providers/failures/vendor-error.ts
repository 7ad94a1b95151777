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

/** Anthropic's precise cause, since API version 2026-10-21. */
const anthropicDetails = z.object({ error_code: text });
/** Google's: which limit was exceeded. */
const googleDetails = z.array(
  z.object({
    violations: z
      .array(z.object({ quotaId: text }))
      .optional()
      .catch(undefined),
  }),
);
/** OpenRouter's: its own word for the cause, and what its moderation found. */
const openRouterMetadata = z.object({ error_type: text, flagged_input: text });
/** Azure's: why its filter refused. */
const azureInner = z.object({ code: text });

const schema = z.object({
  message: text,
  detail: text,
  error: z.unknown().optional(),
  type: word,
  code: word,
  status: word,
  details: z.union([googleDetails, anthropicDetails]).optional().catch(undefined),
  metadata: openRouterMetadata.optional().catch(undefined),
  innererror: azureInner.optional().catch(undefined),
});

/**
 * Reads an error body: OpenAI's and Anthropic's `{error: {…}}`, the inner object alone, Ollama's `{error: "…"}`,
 * FastAPI's `{detail: "…"}` and Gemini's array of one.
 */
export function readVendorError(body: unknown): VendorError {
  if (typeof body === 'string') return { message: body, codes: [], status: undefined };
  const parsed = schema.safeParse(Array.isArray(body) ? body[0] : body);
  if (!parsed.success) return { message: undefined, codes: [], status: undefined };
  const { message, detail, error, type, code, status } = parsed.data;
  if (typeof error === 'string' || (typeof error === 'object' && error !== null))
    return readVendorError(error);
  // The most precise first.
  const words = [...preciseCodes(parsed.data), code, type, status];
  return {
    message: message ?? detail,
    codes: words.filter((value) => typeof value === 'string'),
    status: words.map(Number).find((value) => value >= 300 && value < 600),
  };
}

function preciseCodes({
  details,
  metadata,
  innererror,
}: z.infer<typeof schema>): readonly (string | undefined)[] {
  const quotas = Array.isArray(details) ? details.flatMap(({ violations = [] }) => violations) : [];
  return [
    Array.isArray(details) ? undefined : details?.error_code,
    // A limit of the day is used up: unlike one of the minute, it doesn't pass by waiting a little.
    quotas.some(({ quotaId }) => quotaId?.includes('PerDay')) ? 'daily-quota' : undefined,
    metadata?.flagged_input === undefined ? undefined : 'moderation',
    metadata?.error_type,
    innererror?.code,
  ];
}
