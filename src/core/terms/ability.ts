/** What a model's ability can be known from, best first. */
export const abilityOrigins = ['figures', 'family', 'size', 'price', 'nothing'] as const;
export type AbilityOrigin = (typeof abilityOrigins)[number];

/** What is publicly known of how good a model is, before anything was learnt of it here. */
export interface ModelAbility {
  /** Expected ability on the table's scale: logits of a usual benchmark, 0 = a middling model of 2025, higher is better, about −3..3. */
  readonly ability: number;
  /** Standard deviation of what isn't known of it, > 0, same scale. */
  readonly deviation: number;
  /** How much better or worse than `ability` it is at families of tasks; absent: alike in all. */
  readonly byFamily?: Readonly<Record<string, number>>;
  /** What it is known from. */
  readonly knownFrom: AbilityOrigin;
  /** The name in the table that it was taken for; absent where none was (size, price, nothing). */
  readonly knownAs?: string;
}
