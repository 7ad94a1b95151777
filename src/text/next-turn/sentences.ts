/** A sentence of folded text, without the mark at its end. */
export interface Sentence {
  readonly text: string;
  /** It ends in a question mark. */
  readonly asked: boolean;
}

/** So many sentences are read: a verdict comes first, what follows a long beginning is a specification. */
const mostSentences = 4;

const end = /([.!?。…]+(?=\s|$|[^\x00-\x7F])|[。\n]+|;(?=\s))/u;

export function firstSentences(text: string): readonly Sentence[] {
  const parts = text.split(end);
  const sentences: Sentence[] = [];
  for (let at = 0; at < parts.length && sentences.length < mostSentences; at += 2) {
    const said = (parts[at] ?? '').replace(/^[\s\-*•,:]+/, '').trimEnd();
    if (said !== '') sentences.push({ text: said, asked: (parts[at + 1] ?? '').includes('?') });
  }
  return sentences;
}
