import type { PathSegment } from '../problem';

/** Something to say of one model of the file. */
export interface Note {
  readonly severity: 'error' | 'warning' | 'note';
  /** Below the model; with `absolute`: from the top of the file. */
  readonly path: readonly PathSegment[];
  readonly absolute?: true;
  readonly message: string;
}
