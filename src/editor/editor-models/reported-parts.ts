import * as vscode from 'vscode';
import { z } from 'zod';
import type { Usage } from '../../core/terms/receipt';
import { usageType } from '../language-model/response-parts';

/** What other extensions' models tell beside their text, as ours do. */

const count = z.coerce.number().int().min(0).catch(0);
const usageSchema = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count }).optional().catch(undefined),
});

/** The tokens of an answer; undefined where the part says nothing of them. */
export function usageOf(part: unknown): Usage | undefined {
  if (!(part instanceof vscode.LanguageModelDataPart) || part.mimeType !== usageType) return undefined;
  const read = usageSchema.safeParse(parsed(part.data)).data;
  if (read === undefined || read.prompt_tokens + read.completion_tokens === 0) return undefined;
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = read;
  const cached = read.prompt_tokens_details?.cached_tokens ?? 0;
  return { inputTokens, outputTokens, cachedInputTokens: Math.min(cached, inputTokens) };
}

function parsed(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString('utf8'));
  } catch {
    return undefined;
  }
}

const thinkingSchema = z.object({ value: z.union([z.string(), z.array(z.string())]) });

/** What the model thought, where the editor has a part for that; undefined for any other part. */
export function thoughtOf(part: unknown): string | undefined {
  const { LanguageModelThinkingPart: Part } = vscode as { LanguageModelThinkingPart?: new () => object };
  if (Part === undefined || !(part instanceof Part)) return undefined;
  const { value } = thinkingSchema.safeParse(part).data ?? {};
  return typeof value === 'string' ? value : value?.join('');
}
