import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { z } from 'zod';
import { longestTogether } from '../../text/file-text';
import { emphasised } from '../../text/plain-in-markdown';
import { agreeToSecrets } from '../attachments/agree-to-secrets';
import { readSources } from '../attachments/read-sources';
import type { Attachment } from '../../text/attached-text';
import type { Source } from '../attachments/sources';
import { fileSource, rangeSource, textSource, unreadableSource } from '../attachments/sources';
import { confirm } from '../notify';

/**
 * Reads what goes with a request: files, ranges of them and texts, by the same rules as in the chat view. Says in the
 * answer what can't be read, or not all of it, and which files were used.
 *
 * @returns undefined where the user does not want to send a secret: then nothing may be sent
 */
export async function attachmentsOf(
  references: readonly vscode.ChatPromptReference[],
  stream: vscode.ChatResponseStream,
): Promise<readonly Attachment[] | undefined> {
  const tell = (text: string): void => stream.markdown(`${emphasised(text)}\n\n`);
  const sources = uniqueByKey(references.map((reference) => ({ reference, ...sourceOf(reference) })));
  const read = await readSources(sources, longestTogether, tell);
  const attachments = read.map(({ attachment }) => attachment);
  if (!(await agreeToSecrets(attachments, confirm))) return undefined;
  for (const { notice } of read) if (notice !== undefined) tell(notice);
  const used = new Set(read.map(({ key }) => key));
  for (const { key, reference } of sources) if (used.has(key)) showUsed(reference, stream);
  return attachments;
}

function sourceOf({ value, id, modelDescription }: vscode.ChatPromptReference): Source {
  if (value instanceof vscode.Uri) return fileSource(value);
  if (value instanceof vscode.Location) return rangeSource(value.uri, value.range);
  const name = modelDescription ?? id;
  if (typeof value === 'string') return textSource(name, value);
  const problems = problemsIn(value);
  if (problems !== undefined) return textSource(l10n.t('problems'), problems);
  return unreadableSource(name === '' ? l10n.t('Something attached') : name);
}

/** Problems that are attached as such: not documented for all extensions, but handed over to them. */
const diagnosticsSchema = z.object({
  diagnostics: z.array(
    z.tuple([
      z.custom<vscode.Uri>((uri) => uri instanceof vscode.Uri),
      z.array(
        z.object({
          message: z.string(),
          range: z.object({ start: z.object({ line: z.number(), character: z.number() }) }),
        }),
      ),
    ]),
  ),
});

function problemsIn(value: unknown): string | undefined {
  const { diagnostics } = diagnosticsSchema.safeParse(value).data ?? {};
  return diagnostics
    ?.flatMap(([uri, found]) =>
      found.map(({ message, range: { start } }) => {
        const place = [vscode.workspace.asRelativePath(uri), start.line + 1, start.character + 1].join(':');
        return `${place}: ${message}`;
      }),
    )
    .join('\n');
}

function showUsed({ value }: vscode.ChatPromptReference, stream: vscode.ChatResponseStream): void {
  if (value instanceof vscode.Uri || value instanceof vscode.Location) stream.reference(value);
}

function uniqueByKey<T extends Source>(sources: readonly T[]): readonly T[] {
  return [...new Map(sources.map((source) => [source.key, source])).values()];
}
