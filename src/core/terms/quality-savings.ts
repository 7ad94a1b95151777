/** One model of a pool, against which quality is held. */
export interface QualityQuestion {
  readonly pool: string;
  readonly model: string;
}

/** What was believed when requests were decided that one model chosen took and another could have taken. */
export interface BelievedGroup {
  readonly chosen: string;
  readonly decisions: number;
  /** Sum of chosen − other, of the recorded qualities 0..1. */
  readonly difference: number;
  /** Sums of 1/√n, with n the outcomes that each was known by. */
  readonly doubt: number;
  readonly chosenDoubt: number;
  /** Sums of outcomes' worth, of both, by where they are from. */
  readonly learnt: number;
  readonly figures: number;
  readonly word: number;
  readonly level: number;
}

/** A request that the router drew by itself, and that the other model could have taken. */
export interface LoggedChoice {
  readonly origin: string;
  readonly task: string;
  readonly chosen: string;
  /** Probability with which the draw picks the other model, 0 < p ≤ 1. */
  readonly probability: number;
  /** Quality that was predicted of the other model, and of the chosen one, 0..1. */
  readonly predicted01: number;
  readonly chosenPredicted01: number;
  /** What was told of the answer, 0..1; undefined: too little. */
  readonly told01: number | undefined;
}

/** Comparisons that other models' answers won against one model's, and lost. */
export interface DuelCounts {
  readonly won: number;
  readonly lost: number;
}

/** How often others won, with a 95 % interval that holds however often one looks. */
export interface Duels extends DuelCounts {
  readonly share01: number;
  readonly low01: number;
  readonly high01: number;
}

/** What comparisons of quality are made of. */
export interface QualityFacts {
  readonly believed: readonly BelievedGroup[];
  /** Requests that the router drew by itself while the other model was a candidate, by what can be made of them. */
  readonly own: number;
  /** Of these: the other model could be drawn at all; it was; and something telling was told of its answer. */
  readonly supported: number;
  readonly drawn: number;
  readonly drawnAndTold: number;
  /** Of the own ones: something telling was told of their answer. */
  readonly told: number;
  /** The user's comparisons of this model's answers with others', as the others see it. */
  readonly duels: DuelCounts;
  /** The supported ones, in the order in which they were decided; none where too few were drawn and told to be worth it. */
  readonly choices: readonly LoggedChoice[];
}

/** How much better the chosen models are believed to be than one model for all, in quality 0..1. */
export interface BelievedQuality {
  readonly decisions: number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Shares of what it rests on, which sum to 1: outcomes here, public figures, the user's word, and nothing but the level. */
  readonly sources: Readonly<Record<'learnt' | 'figures' | 'word' | 'level', number>>;
}

/** How much better the router's answers were than one model's for all of them would have been, in quality 0..1. */
export interface MeasuredQuality {
  readonly difference: number;
  /** 95 %, whenever and however often one looks. */
  readonly low: number;
  readonly high: number;
  /**
   * The interval if good answers were told of up to twice as often as bad ones of the same kind, or half as often: it has
   * the doubt of the other one in it.
   */
  readonly leastDifference: number;
  readonly mostDifference: number;
  /** The least such factor at which the difference may be of the other sign; undefined: not up to 16. */
  readonly turnsAt: number | undefined;
  /** So many of the other model's answers that weigh alike would tell as much. */
  readonly effectiveAnswers: number;
  /** Answers that something telling was told of. */
  readonly told: number;
}

/** What there is, or how much is missing. */
export type Measurement =
  | { readonly kind: 'measured'; readonly quality: MeasuredQuality }
  | { readonly kind: 'too-few'; readonly effectiveAnswers: number };

/** Quality against one model for all requests of its pool: as the router believes it, and as measured. */
export interface QualitySaved extends QualityQuestion, Omit<QualityFacts, 'believed' | 'choices' | 'duels'> {
  /** Undefined: there was none. */
  readonly duels: Duels | undefined;
  readonly believed: BelievedQuality | undefined;
  readonly measured: Measurement;
}
