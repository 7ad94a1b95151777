import type { Message, RequestOrigin } from '../core/terms/request';
import * as l10n from '@vscode/l10n';
import { fenceFor, withAttachments } from './attached-text';
import { beginningOf } from './beginning';
import type { CheckedText } from './secret-places';

/** What an inline command wants of a model. */
export type InlineTask = Extract<RequestOrigin, 'edit' | 'fix' | 'tests' | 'document'>;

/** The lines that a command is about, and what goes with them. */
export interface InlineQuestion {
  readonly task: InlineTask;
  readonly languageId: string;
  /** "math.ts:3–9". */
  readonly label: string;
  /** The lines. */
  readonly text: string;
  /** The whole document, so that the model knows the names around the lines; cut where it is long. */
  readonly document: string;
  /** What the user typed; only `edit` has it. */
  readonly instruction: string | undefined;
  /** "line 4: 'x' is not defined", of the lines; only `fix` has them. */
  readonly problems: readonly string[];
}

/** Longer documents go along by so many characters of their beginning: imports and types stand there. */
const mostContext = 12_000;

/** The conversation that asks for nothing but code. */
export function messagesFor(question: InlineQuestion): readonly Message[] {
  const { languageId, label, text } = question;
  const context = contextOf(question).map((beginning) => ({
    label: 'the whole file, for context only',
    languageId,
    text: beginning,
  }));
  const lines = { label: `${label}, the code in question`, languageId, text };
  return [{ role: 'user', text: withAttachments(instructionOf(question), [...context, lines]) }];
}

/** What goes to a model with the user's own words, as it is looked through for secrets: the lines, and all around them. */
export function checkedTexts(question: InlineQuestion): readonly CheckedText[] {
  const { label, text, problems } = question;
  return [
    { label, text },
    ...contextOf(question).map((beginning) => ({ label, text: beginning, firstLine: 1 })),
    ...(problems.length > 0 ? [{ label: l10n.t('problems of {0}', label), text: problems.join('\n') }] : []),
  ];
}

/** The document where it is more than the lines, as far as it goes along. */
function contextOf({ document, text }: InlineQuestion): readonly string[] {
  return document.trim() === text.trim() ? [] : [beginningOf(document, mostContext)];
}

function instructionOf({ task, languageId, instruction, problems, text }: InlineQuestion): string {
  const replacing =
    'Answer with the new text of exactly the code in question and nothing else, in one block fenced with ' +
    `${fenceFor(text)}, keeping its indentation and everything that needs no change. ` +
    'Write all of its lines: no placeholder for any of them, no diff, no line numbers.';
  switch (task) {
    case 'edit':
      return `Change the ${languageId} code in question: ${instruction ?? ''}\n${replacing}`;
    case 'fix':
      return `Fix these problems in the ${languageId} code in question:\n${problems.join('\n')}\n${replacing}`;
    case 'document':
      return `Add documentation comments to the ${languageId} code in question, in the way that is usual for the language. ${replacing}`;
    case 'tests':
      return `Write unit tests for the ${languageId} code in question, in the framework that the file suggests, else the language's usual one. Answer with one whole test file and nothing else, in one fenced block.`;
  }
}
