import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { outputFolder } from './harness/files';

/** What the companion saw: a question for its models, a request, or a request that was cancelled. */
export interface CompanionEntry {
  /** Where it listens for questions to the editor's models. */
  readonly port?: number;
  readonly listed?: boolean;
  readonly silent?: boolean;
  readonly family?: string;
  readonly messages?: readonly { readonly role: number; readonly text: string }[];
  readonly modelOptions?: Readonly<Record<string, unknown>>;
  readonly cancelled?: boolean;
}

/** A part of a message, or of an answer. */
export type CompanionPart =
  | { readonly text: string }
  | { readonly call: { readonly id: string; readonly name: string; readonly input: unknown } }
  | { readonly result: { readonly id: string; readonly text: string; readonly image?: string } }
  | { readonly image: string }
  /** JSON that is told beside the text. */
  | { readonly data: { readonly mimeType: string; readonly value: unknown } }
  | { readonly thought: string };

export interface CompanionMessage {
  readonly role: 'user' | 'assistant';
  readonly parts: readonly CompanionPart[];
}

/** What the companion asks a model of Conduit's through `vscode.lm`. */
export interface CompanionQuestion {
  /** The pool. */
  readonly id: string;
  readonly messages: readonly CompanionMessage[];
  readonly tools?: readonly unknown[];
  readonly required?: boolean;
  readonly modelOptions?: Readonly<Record<string, unknown>>;
  /** Cancels as soon as something came. */
  readonly cancelAtText?: boolean;
}

export interface CompanionReply {
  readonly parts?: readonly CompanionPart[];
  readonly maxInputTokens?: number;
  readonly counted?: number;
  readonly error?: { readonly name?: string; readonly code?: string; readonly message: string };
}

/** Has the companion ask. Rejects where it doesn't listen yet. */
export async function askThroughCompanion(
  logFile: string,
  question: CompanionQuestion,
): Promise<CompanionReply> {
  const port = readCompanionLog(logFile).findLast((entry) => entry.port !== undefined)?.port;
  if (port === undefined) throw new Error('The companion does not listen yet.');
  const init = { method: 'POST', body: JSON.stringify(question) };
  const response = await fetch(`http://127.0.0.1:${String(port)}`, init);
  return (await response.json()) as CompanionReply;
}

/** Packs the test extension that offers language models, or another one of this folder, and returns the VSIX. */
export async function packCompanion(
  name = 'companion',
  cwd = path.join(import.meta.dirname, name),
): Promise<string> {
  // Other files of tests may pack the same one at this moment.
  const packagePath = path.join(outputFolder, `${name}-${String(process.pid)}.vsix`);
  await createVSIX({
    cwd,
    packagePath,
    dependencies: false,
    skipLicense: true,
  });
  return packagePath;
}

/** What the companion wrote to its log, oldest first. */
export function readCompanionLog(file: string): readonly CompanionEntry[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as CompanionEntry);
}
