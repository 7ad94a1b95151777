/** A label, and the pattern whose matches speak for it. */
export type KeywordTable<Label extends string> = Readonly<Record<Label, RegExp>>;

/** The label with the most matches; `otherwise` where nothing matches. Earlier labels win ties. */
export function mostMatched<Label extends string>(
  text: string,
  table: KeywordTable<Label>,
  labels: readonly Label[],
  otherwise: Label,
): Label {
  let best = otherwise;
  let most = 0;
  for (const label of labels) {
    const matches = text.match(table[label])?.length ?? 0;
    if (matches > most) {
      best = label;
      most = matches;
    }
  }
  return best;
}
