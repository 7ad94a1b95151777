import type { Attachment } from './selection';

/** The prompt with what is attached, each in a fence that its own text can't close. */
export function withAttachments(prompt: string, attachments: readonly Attachment[]): string {
  return [prompt, ...attachments.map(quote)].join('\n\n');
}

function quote({ label, languageId, text }: Attachment): string {
  const longestRun = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  return `From ${label}:\n${fence}${languageId}\n${text}\n${fence}`;
}
