/** What is said of models of which a table of abilities has no row. Abilities and deviations on the table's scale. */
export interface AbilityFigures {
  /** The day of the latest figures. */
  readonly day: string;
  /** Those whose figures are in it, as scripts/model-abilities/figures.json calls them. */
  readonly sources: readonly string[];
  /** By log₁₀ of thousands of millions of parameters, and below `small` by what they lack to it. */
  readonly size: Curve & { readonly one: number; readonly deviation: number };
  /** A size among models of the same family whose abilities are known. */
  readonly sizeOfKin: Curve & { readonly deviation: number };
  /** By log₁₀ of USD for a million tokens, 3 in to 1 out, of a model of about the table's day. */
  readonly price: { readonly one: number; readonly tenfold: number; readonly deviation: number };
  readonly nothing: { readonly ability: number; readonly deviation: number };
  /**
   * What a later version of the same family and tier has over an earlier one: something, and more by each version between
   * them up to `most`; and the variance of that, likewise.
   */
  readonly version: {
    readonly gain: number;
    readonly gainEach: number;
    readonly most: number;
    readonly fixed: number;
    readonly each: number;
  };
  /** What thinking more or less than usual is taken to add. */
  readonly efforts: Readonly<Record<'none' | 'minimal' | 'low' | 'medium' | 'high' | 'on', number>>;
}

export interface Curve {
  /** What ten times the size adds. */
  readonly tenfold: number;
  /** What a tenfold that is lacking to `smallB` adds beside. */
  readonly bend: number;
}

/** Thousands of millions of parameters below which a tenfold counts for more. */
export const smallB = 5;
