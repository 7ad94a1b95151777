import type { RequestOrigin } from '../core/terms/request';
import type { KnownOfRequest } from '../core/terms/task';
import type { Attachment } from './attached-text';
import type { InlineQuestion } from './edit-prompt';
import { kindOfCommand } from './slash-commands';

/** A question of a chat before what is attached is put behind it. */
interface AskedInChat {
  /** As `readQuestion` reads it: a command is written out. */
  readonly prompt: string;
  readonly attachments: readonly Pick<Attachment, 'languageId'>[];
  readonly origin: RequestOrigin;
}

/** What a chat knows of a question: the command that it was asked by, the user's words, the language of what is attached. */
export function knownOfQuestion({ prompt, attachments, origin }: AskedInChat): KnownOfRequest {
  const kind = origin === 'explain-selection' ? 'explain-code' : kindOfCommand(prompt);
  const languages = attachments.map(({ languageId }) => languageId);
  // Problems and what a terminal printed go along as text.
  const language = languages.find((each) => each !== 'text') ?? languages[0];
  return { kind, words: prompt, language };
}

/** What an inline command knows: only what an edit is about must be read off the user's instruction. */
export function knownOfInline({ task, instruction = '', languageId }: InlineQuestion): KnownOfRequest {
  switch (task) {
    case 'edit':
      return { words: instruction, language: languageId };
    case 'fix':
      return { kind: 'fix-code' };
    case 'tests':
      return { kind: 'write-tests' };
    case 'document':
      return { kind: 'document-code' };
  }
}
