import { fewestEffective, radiusOf } from './measured-quality';

/** What is known of a pool's requests before one of its models is measured. */
export interface PlanGrounds {
  /** Share of the requests that the router draws by itself, 0..1; 0 or none known: all. */
  readonly own01: number | undefined;
  /** Share of their answers that something telling is told of; likewise. */
  readonly told01: number | undefined;
}

/** Requests that it takes, with all those that the router doesn't draw. */
export interface MeasurePlan {
  /** Until there is a number at all, */
  readonly untilShown: number;
  /** and until its interval is of this half width. */
  readonly untilPrecise: number;
}

/** A tenth of the scale: what a user would notice. */
export const preciseHalfWidth = 0.1;

/** The deviation of one outcome's quality from what was predicted: between that of a thumb for a good model, .45, and .5. */
const outcomeDeviation = 0.45;

/**
 * How many requests a share of them has to be measured over: with p = share and ρ = told, D has the variance
 * σ²/ρ·(1 + 1/p), and n requests weigh as n·p·ρ answers. What the router gives the model beyond the share isn't counted on.
 */
export function measurePlan(share: number, { own01, told01 }: PlanGrounds): MeasurePlan {
  const own = own01 === undefined || own01 <= 0 ? 1 : own01;
  const told = told01 === undefined || told01 <= 0 ? 1 : told01;
  const deviation = outcomeDeviation * Math.sqrt((1 + 1 / share) / told);
  const shown = fewestEffective / (share * told);
  let precise = shown;
  while (radiusOf(deviation, precise) > preciseHalfWidth && precise < mostRequests) precise *= step;
  return { untilShown: Math.ceil(shown / own), untilPrecise: Math.ceil(precise / own) };
}

const mostRequests = 10_000_000;
const step = 1.02;
