/** A model by what its answers cost and how good they are. */
export interface CostAndQuality {
  readonly label: string;
  /** Mean of a request, in USD, ≥ 0. */
  readonly usd: number;
  /** Mean, 0..1. */
  readonly quality01: number;
}

/** Who is at least as good at no higher cost, and better in one of them; undefined: nobody, it is on the front. */
export function dominating<Point extends CostAndQuality>(
  point: Point,
  points: readonly Point[],
): Point | undefined {
  return points.find(
    (other) =>
      other.usd <= point.usd &&
      other.quality01 >= point.quality01 &&
      (other.usd < point.usd || other.quality01 > point.quality01),
  );
}
