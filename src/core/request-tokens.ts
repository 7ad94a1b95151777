import { estimateTokens } from './features/tokens';
import type { Message } from './request';
import type { ToolDefinition } from './tools';
import { textOfCall } from './tools';

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
