/** Something to say of one model of the file, at a path below it. */
export interface Note {
  readonly severity: 'error' | 'warning';
  readonly path: readonly string[];
  readonly message: string;
}
