import * as vscode from 'vscode';
import { z } from 'zod';
import type { CallOptions } from '../../core/pool/call-options';
import type { Message } from '../../core/request';
import type { Image, JsonObject, ToolCall, ToolDefinition, ToolResult } from '../../core/tools';

/** Conversions from what callers of the editor's language model API send. */

const jsonObject = z.record(z.string(), z.unknown());

/** What some callers send as system messages, though the API has no name for the role yet. */
const systemRole = 3;
const assistantRole: number = vscode.LanguageModelChatMessageRole.Assistant;

/** A message of a caller; what a part that isn't known says is left out. */
export function messageOf({ role, content }: vscode.LanguageModelChatRequestMessage): Message {
  const images = content.flatMap(imageOf);
  const toolCalls = content.flatMap(toolCallOf);
  const toolResults = content.flatMap(toolResultOf);
  return {
    role: roleOf(role),
    text: content.map(textOf).join(''),
    ...(images.length > 0 && { images }),
    ...(toolCalls.length > 0 && { toolCalls }),
    ...(toolResults.length > 0 && { toolResults }),
  };
}

function roleOf(role: number): Message['role'] {
  if (role === systemRole) return 'system';
  return role === assistantRole ? 'assistant' : 'user';
}

function textOf(part: unknown): string {
  if (part instanceof vscode.LanguageModelTextPart) return part.value;
  if (part instanceof vscode.LanguageModelDataPart && /^text\/|[/+]json$/.test(part.mimeType))
    return Buffer.from(part.data).toString('utf8');
  return '';
}

function imageOf(part: unknown): readonly Image[] {
  if (!(part instanceof vscode.LanguageModelDataPart) || !part.mimeType.startsWith('image/')) return [];
  return [{ mimeType: part.mimeType, base64: Buffer.from(part.data).toString('base64') }];
}

export function toolCallOf(part: unknown): readonly ToolCall[] {
  if (!(part instanceof vscode.LanguageModelToolCallPart)) return [];
  return [{ id: part.callId, name: part.name, input: jsonObject.safeParse(part.input).data ?? {} }];
}

function toolResultOf(part: unknown): readonly ToolResult[] {
  if (!(part instanceof vscode.LanguageModelToolResultPart)) return [];
  const images = part.content.flatMap(imageOf);
  const text = part.content.map(resultText).join('');
  return [{ callId: part.callId, text, ...(images.length > 0 && { images }) }];
}

/** Of anything that a tool may answer with. */
function resultText(part: unknown): string {
  if (part instanceof vscode.LanguageModelTextPart || part instanceof vscode.LanguageModelDataPart)
    return textOf(part);
  if (part instanceof vscode.LanguageModelPromptTsxPart) return written(part.value);
  return written(part);
}

function written(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function toolOf({ name, description, inputSchema }: vscode.LanguageModelChatTool): ToolDefinition {
  return { name, description, inputSchema: jsonObject.safeParse(inputSchema).data };
}

/** A JSON schema for the editor, whose API takes any object. */
export function editorToolOf({
  name,
  description,
  inputSchema,
}: ToolDefinition): vscode.LanguageModelChatTool {
  return { name, description, ...(inputSchema && { inputSchema: { ...inputSchema } }) };
}

const limit = z.number().int().positive().optional().catch(undefined);
const modelOptions = z.object({
  temperature: z.number().min(0).max(2).optional().catch(undefined),
  max_tokens: limit,
  max_completion_tokens: limit,
});

/** The options that Conduit understands; others have no effect. */
export function callOptionsOf(options: JsonObject | undefined): CallOptions {
  const { temperature, max_tokens, max_completion_tokens } = modelOptions.safeParse(options ?? {}).data ?? {};
  return { temperature, maxOutputTokens: max_completion_tokens ?? max_tokens };
}
