import * as vscode from 'vscode';
import { z } from 'zod';
import type { Message } from '../../core/terms/request';
import type { Image, ToolCall, ToolDefinition, ToolResult } from '../../core/terms/tools';
import { unspokenTypes } from './response-parts';

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
  if (!(part instanceof vscode.LanguageModelDataPart) || unspokenTypes.includes(part.mimeType)) return '';
  return /^text\/|[/+]json$/.test(part.mimeType) ? Buffer.from(part.data).toString('utf8') : '';
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
