/** How good a decision was by one piece of evidence: quality 0..1, and a weight 0..1 for how much it counts. */
export interface Evidence {
  readonly quality01: number;
  readonly weight: number;
}
