import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { z } from 'zod';
import type { ModelCall, ModelEvent } from '../../core/ports';
import type { Image, JsonObject, ToolCall, ToolDefinition } from '../../core/tools';
import { toolCall } from '../failures/answer-failures';
import { malformed } from '../failures/failure-from';
import type { RunningCall } from './call-client';

/** A tool call as it came over the wire. */
export interface WireCall {
  /** '' where the server gave none. */
  id: string;
  name: string;
  /** JSON, perhaps in several pieces; '' means no input. */
  input: string;
  /** What the vendor wants back beside the call. */
  readonly verbatim: JsonObject[];
}

const inputSchema = z.record(z.string(), z.unknown());

/**
 * The events of an answer's tool calls, or one failure: where no tool was offered and `asksInstead` says that the
 * answer is nothing else, or where an input is not a JSON object. All calls of an answer are passed on together, so
 * that a failure never comes after one of them.
 */
export function toolCallEvents(
  calls: readonly WireCall[],
  asksInstead: boolean,
  { call: { tools = [], deployment }, key }: Pick<RunningCall, 'call' | 'key'>,
): readonly ModelEvent[] {
  if (tools.length === 0)
    return asksInstead ? [{ type: 'failed', failure: toolCall(calls[0]?.name, key) }] : [];
  const events: ModelEvent[] = [];
  for (const { id, name, input, verbatim } of calls) {
    const parsed = inputSchema.safeParse(parsedJson(input));
    if (!parsed.success) {
      const detail = l10n.t('The model called the tool {0} with an input that is not a JSON object.', name);
      return [{ type: 'failed', failure: malformed(detail, key) }];
    }
    const call: ToolCall = {
      id: id === '' ? `call_${randomUUID()}` : id,
      name,
      input: parsed.data,
      ...(verbatim.length > 0 && { verbatim: { deploymentId: deployment.id, items: verbatim } }),
    };
    events.push({ type: 'tool-call', call });
  }
  return events;
}

/** True where the answer ends there. */
export function hasFailed(events: readonly ModelEvent[]): boolean {
  return events.at(-1)?.type === 'failed';
}

function parsedJson(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What goes back beside a call: only to the model that gave it. */
export function verbatimFor({ verbatim }: ToolCall, { deployment }: ModelCall): readonly JsonObject[] {
  return verbatim?.deploymentId === deployment.id ? verbatim.items : [];
}

/** The JSON schema of a tool's input. Vendors demand one, also of a tool that takes nothing. */
export function schemaOf({ inputSchema: schema }: ToolDefinition): JsonObject {
  return schema ?? { type: 'object', properties: {} };
}

/** An image as a `data:` URL. */
export function dataUrl({ mimeType, base64 }: Image): string {
  return `data:${mimeType};base64,${base64}`;
}
