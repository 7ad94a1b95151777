/** How hard a reasoning model thinks, in the words that vendors share. */
export const reasoningEfforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const;
export type ReasoningEffort = (typeof reasoningEfforts)[number];

/** What a call asks of the model beside the messages. What is absent is left to the provider. */
export interface CallOptions {
  /** Longest answer, > 0. */
  readonly maxOutputTokens?: number | undefined;
  /** 0 to 2. */
  readonly temperature?: number | undefined;
  readonly reasoningEffort?: ReasoningEffort | undefined;
  /** Further fields of the request's JSON body, as the provider documents them. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
}

export const noOptions: CallOptions = {};

/** The options of `first`, and of `second` where `first` is silent. Of two output limits the smaller holds. */
export function mergedOptions(first: CallOptions, second: CallOptions): CallOptions {
  const limits = [first.maxOutputTokens, second.maxOutputTokens].filter((limit) => limit !== undefined);
  return {
    maxOutputTokens: limits.length === 0 ? undefined : Math.min(...limits),
    temperature: first.temperature ?? second.temperature,
    reasoningEffort: first.reasoningEffort ?? second.reasoningEffort,
    extraBody: { ...second.extraBody, ...first.extraBody },
  };
}
