import type { ServedProvider } from './providers';

/** A provider whose models serve without a file, as soon as its key is there. */
export interface DefaultModels {
  readonly provider: ServedProvider;
  /** The variable that moves it to another address, where its SDK has one. */
  readonly baseName: string | undefined;
  readonly small: string;
  readonly strong: string;
}

/**
 * One small and one strong model that a usual key can call, and whose price the price list knows. As of 2026-11:
 * to be looked through when the price list moves on.
 */
export const defaultModels: readonly DefaultModels[] = [
  { provider: 'openai', baseName: 'OPENAI_BASE_URL', small: 'gpt-5.4-mini', strong: 'gpt-5.4' },
  {
    provider: 'anthropic',
    baseName: 'ANTHROPIC_BASE_URL',
    small: 'claude-haiku-4-5',
    strong: 'claude-sonnet-5',
  },
  { provider: 'gemini', baseName: undefined, small: 'gemini-3.5-flash-lite', strong: 'gemini-3.8-flash' },
  { provider: 'groq', baseName: undefined, small: 'openai/gpt-oss-20b', strong: 'openai/gpt-oss-120b' },
  {
    provider: 'openrouter',
    baseName: undefined,
    small: 'deepseek/deepseek-v4-flash',
    strong: 'anthropic/claude-sonnet-5',
  },
];
