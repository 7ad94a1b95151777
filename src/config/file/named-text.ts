/** A file's text under the name that messages call it by. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
  /** The files that its `include` names, as far as they were looked for; absent: none was. */
  readonly included?: readonly IncludedText[] | undefined;
}

/** A file that another one includes. */
export interface IncludedText {
  /** As `include` writes it. */
  readonly path: string;
  /** What messages call it by. */
  readonly name: string;
  /** Undefined where it can't be had. */
  readonly text: string | undefined;
  /** Why not, a sentence of its own. */
  readonly problem?: string | undefined;
}
