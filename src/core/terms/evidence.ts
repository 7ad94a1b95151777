/** How good a decision was by one piece of evidence. */
export interface Evidence {
  /** 0..1 where it was told. What weak signs say is spread wider, as far as they are uncertain: see `weighing.ts`. */
  readonly quality: number;
  /** In outcomes of full weight, 0..1. */
  readonly weight: number;
}
