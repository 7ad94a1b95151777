/** A piece of a document that goes with a prompt. */
export interface Attachment {
  /** "math.ts:3–9". */
  readonly label: string;
  readonly languageId: string;
  readonly text: string;
}

/** The prompt with what is attached, each in a fence that its own text can't close. */
export function withAttachments(prompt: string, attachments: readonly Attachment[]): string {
  return [prompt, ...attachments.map(quote)].join('\n\n');
}

function quote({ label, languageId, text }: Attachment): string {
  const fence = fenceFor(text);
  return `From ${label}:\n${fence}${languageId}\n${text}\n${fence}`;
}

/** A fence of more signs than any in the text. */
export function fenceFor(text: string): string {
  let longestRun = 2;
  for (const [run] of text.matchAll(/`+/g)) longestRun = Math.max(longestRun, run.length);
  return '`'.repeat(longestRun + 1);
}
