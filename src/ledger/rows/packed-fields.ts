import type {
  ArmChange,
  Candidate,
  Decision,
  Escalation,
  KnownAbility,
  MeasuredShare,
  Pace,
} from '../../core/terms/decision';
import type { Attempt } from '../../core/terms/attempt';
import type { Judgement } from '../../core/terms/judgement';
import type { Observation } from '../../core/terms/observation';
import type { Receipt, Usage } from '../../core/terms/receipt';

/** How one field is stored. */
export interface PackedField {
  /** Its name in the row. */
  readonly as: string;
  /** Significant digits that are kept of its number. Absent: all. */
  readonly digits?: number;
  /** The value that is left out. Only for fields that every such object has. */
  readonly usually?: Usual;
  /** The fields of the object, or of each object of the list, that it holds. */
  readonly of?: PackedFields;
  /** A list of numbers most of which are 0. */
  readonly sparse?: true;
  /** Decimals that are kept of its number. Absent: all. */
  readonly decimals?: number;
  /** Is in the deflated part of the payload. Only for fields of the entry itself. */
  readonly deflated?: true;
}

type Usual = boolean | number | string | readonly never[] | { readonly kind: string };

export type PackedFields = Readonly<Record<string, PackedField>>;
/** The compiler asks for every field that an entry has. */
type FieldsOf<T> = { readonly [Name in keyof T]-?: PackedField };

/**
 * Figures that are only shown. What is folded keeps more, so that sums of what was stored are those of what was said to
 * nine digits and better.
 */
const shown = 4;
const rough = 3;
const folded = 12;
/** A clock's tenth of a millisecond is noise of the machine. */
const timeDecimals = 1;
/** A propensity's inverse is a weight, and utilities of two arms may differ by little. */
const exact = 9;
/** The encoder computes in whole numbers of 8 bits, and the text's are shares and logarithms: more would be noise. */
const featureDecimals = 4;

const known: FieldsOf<KnownAbility> = {
  ability: { as: 'a', digits: shown },
  from: { as: 'f' },
  as: { as: 'n' },
};

const candidate: FieldsOf<Candidate> = {
  deploymentId: { as: 'd' },
  quality01: { as: 'q', digits: shown },
  bonus: { as: 'b', digits: rough },
  before: { as: 'e', of: { quality01: { as: 'q', digits: shown }, weight: { as: 'w', digits: rough } } },
  known: { as: 'k', of: known },
  stated01: { as: 's', digits: shown },
  outcomes: { as: 'n', digits: rough },
  costUsd: { as: 'c', digits: shown },
  costDoubt: { as: 'cd', of: { deviation: { as: 'd', digits: shown }, share01: { as: 's', digits: shown } } },
  cache: { as: 'h', of: { tokens: { as: 't' }, savedUsd: { as: 'u', digits: shown } } },
  latencyMs: { as: 'l', digits: rough },
  risk01: { as: 'r', digits: shown },
  utility: { as: 'u', digits: exact },
  probability: { as: 'p', digits: exact },
};

const escalation: FieldsOf<Escalation> = {
  deploymentId: { as: 'd' },
  steps: { as: 'n' },
  stuck: { as: 's' },
  stayUsd: { as: 'u', digits: exact },
};

const pace: FieldsOf<Pace> = {
  multiplier: { as: 'm', digits: 6 },
  budget: { as: 'b' },
  insteadOf: { as: 'o' },
};

const measured: FieldsOf<MeasuredShare> = {
  against: { as: 'a' },
  share: { as: 's', digits: exact },
  insteadOf: { as: 'o' },
};

const change: FieldsOf<ArmChange> = {
  deploymentId: { as: 'd' },
  recentFrom: { as: 'n' },
  oldScale: { as: 's' },
};

const decision: FieldsOf<Omit<Decision, 'id'>> = {
  pool: { as: 'p', usually: 'default' },
  origin: { as: 'o', usually: 'chat' },
  conversationId: { as: 'c', deflated: true },
  deploymentId: { as: 'd' },
  probability: { as: 'pr', digits: exact },
  explored: { as: 'x', usually: false },
  candidates: { as: 'a', of: candidate, deflated: true },
  excluded: { as: 'ex', usually: [], of: { deploymentId: { as: 'd' }, reason: { as: 'r' } }, deflated: true },
  repeats: { as: 'rp', deflated: true },
  stickyInsteadOf: { as: 'st', deflated: true },
  heldByCache: { as: 'hc', deflated: true },
  measured: { as: 'ms', of: measured, deflated: true },
  pace: { as: 'pc', of: pace, deflated: true },
  escalatedFrom: { as: 'ef', deflated: true },
  escalation: { as: 'es', of: escalation, deflated: true },
  chosenByUser: { as: 'cu' },
  learning: { as: 'le' },
  learnt01: { as: 'l1', digits: shown },
  workspace: { as: 'w', deflated: true },
  changes: { as: 'ch', usually: [], of: change, deflated: true },
  phase: { as: 'ph', usually: 'lin-ucb' },
  belief: {
    as: 'be',
    of: { slope: { as: 's', digits: shown }, level01: { as: 'l', digits: shown } },
    deflated: true,
  },
  poolSequence: { as: 'n' },
  switchAfter: { as: 'sw', usually: 100 },
  preset: { as: 'ps', usually: 'balanced' },
  features: { as: 'f', decimals: featureDecimals, sparse: true, deflated: true },
  featureSpace: { as: 'fs', deflated: true },
  prompt: { as: 'prompt' },
  inputTokens: { as: 'i' },
  task: { as: 't' },
  domain: { as: 'dm' },
};

const usage: FieldsOf<Usage> = {
  inputTokens: { as: 'i' },
  outputTokens: { as: 'o' },
  cachedInputTokens: { as: 'ci', usually: 0 },
  cacheWriteTokens: { as: 'cw' },
  cacheWriteHourTokens: { as: 'ch' },
  reasoningTokens: { as: 'r' },
  uncertain: { as: 'un' },
};

const receipt: FieldsOf<Receipt> = {
  usage: { as: 'u', of: usage },
  cost: { as: 'c', of: { kind: { as: 'k', usually: 'exact' }, usd: { as: 'u', digits: folded } } },
  timeToFirstTokenMs: { as: 'f', decimals: timeDecimals },
  totalMs: { as: 't', decimals: timeDecimals },
  servedModel: { as: 'm' },
};

const attempt: FieldsOf<Omit<Attempt, 'decisionId'>> = {
  deploymentId: { as: 'd' },
  index: { as: 'n', usually: 0 },
  outcome: { as: 'o', usually: 'completed' },
  failure: { as: 'f' },
  retried: { as: 're' },
  receipt: { as: 'r', of: receipt },
};

const observation: FieldsOf<Omit<Observation, 'decisionId'>> = {
  deploymentId: { as: 'd' },
  signal: { as: 's', usually: { kind: 'completed' } },
};

const judgement: FieldsOf<Omit<Judgement, 'decisionId'>> = {
  id: { as: 'id' },
  judge: { as: 'j' },
  outcome: { as: 'o' },
  mostUsd: { as: 'u', digits: folded },
  receipt: { as: 'r', of: receipt },
};

/** Kinds of rows, what they hold, and the field that is a column of its own: the decision's id. */
export const packedKinds = {
  decision: { fields: decision, idField: 'id' },
  attempt: { fields: attempt, idField: 'decisionId' },
  observation: { fields: observation, idField: 'decisionId' },
  judgement: { fields: judgement, idField: 'decisionId' },
} as const satisfies Record<string, { readonly fields: PackedFields; readonly idField: string }>;
