import type { Message } from './request';
import type { ToolDefinition } from './tools';
import { textOfCall } from './tools';

const wide = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/g;

/**
 * Estimated tokens of a text, ≥ 0. About four characters make a token in English and in code; a Chinese,
 * Japanese or Korean character is about one of its own. Within 20 % of the vendors' tokenisers on usual prompts:
 * good enough to predict a cost, and never used where a provider reports the true number.
 */
export function estimateTokens(text: string): number {
  const wideCharacters = text.match(wide)?.length ?? 0;
  return Math.ceil((text.length - wideCharacters) / 4) + wideCharacters;
}

/** Vendors count 700 to 1600 for an image of a usual size. */
const imageTokens = 1_000;

/** Estimated input tokens of a request: all messages with their images, tool calls and results, and the tools. */
export function tokensOf(
  messages: readonly Message[],
  tools: readonly ToolDefinition[] | undefined = [],
): number {
  const told = messages.reduce((sum, message) => sum + tokensOfMessage(message), 0);
  return tools.reduce((sum, tool) => sum + estimateTokens(textOfTool(tool)), told);
}

/** Estimated tokens of one message, ≥ 0. */
export function tokensOfMessage({ text, images, toolCalls = [], toolResults = [] }: Message): number {
  const texts = [text, ...toolCalls.map(textOfCall), ...toolResults.map((result) => result.text)];
  const pictures =
    (images?.length ?? 0) + toolResults.reduce((sum, each) => sum + (each.images?.length ?? 0), 0);
  return texts.reduce((sum, each) => sum + estimateTokens(each), pictures * imageTokens);
}

function textOfTool({ name, description, inputSchema }: ToolDefinition): string {
  return `${name}${description}${inputSchema === undefined ? '' : JSON.stringify(inputSchema)}`;
}
