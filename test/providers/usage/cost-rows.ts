/** One report of what a call used, in its vendor's form, with what it costs by hand. */
export interface CostRow {
  readonly vendor: string;
  readonly what: string;
  /** Prefix of the catalogue. */
  readonly provider: string;
  readonly model?: string;
  readonly api?: 'chat' | 'responses' | 'messages';
  /** The reports in their order: several of the Messages API alone. */
  readonly reports: readonly unknown[];
  /** USD per million tokens: input, output, cached input, written, written for an hour; null: none is stated. */
  readonly price: readonly number[] | null;
  readonly header?: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly served?: string;
  /** Of the reply itself, beside its usage. */
  readonly tier?: string;
  /** False where nothing was answered. */
  readonly answered?: boolean;
  /** In millionths of a USD, by hand; undefined: unknown. */
  readonly micro: number | undefined;
  readonly kind: 'exact' | 'estimated' | 'unknown';
}

/** The usual object, with what a vendor has more. */
export const chat = (prompt_tokens: number, completion_tokens: number, total_tokens: number, more = {}) => ({
  prompt_tokens,
  completion_tokens,
  total_tokens,
  ...more,
});
export const held = (cached_tokens: number, more = {}) => ({
  prompt_tokens_details: { cached_tokens, ...more },
});
export const thought = (reasoning_tokens: number, more = {}) => ({
  completion_tokens_details: { reasoning_tokens, ...more },
});
