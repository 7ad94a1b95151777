import type { Timing } from './median-time';

/** Times of one policy. */
export interface Measured {
  readonly choose: Timing;
  readonly learn: Timing;
}

/** What measure.ts prints. */
export interface Measurements {
  readonly arms: number;
  /** Features of Conduit, and of the textbook policy. */
  readonly dimensions: number;
  readonly textbookDimensions: number;
  readonly conduit: Measured;
  readonly textbook: Measured;
  /** Of a prompt of 1 kB, as is `description`: all features. */
  readonly hashedNgrams: Timing;
  readonly description: Timing;
  /** Typed arrays of a learnt pool with all its arms. */
  readonly memoryBytes: number;
}
