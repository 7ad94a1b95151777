/** What would come of a file, before anything is taken from it. */
export interface ImportPreview {
  readonly pools: readonly {
    readonly pool: string;
    readonly decisions: number;
    /** Unix ms of the first decision and the last one. */
    readonly fromMs: number;
    readonly toMs: number;
  }[];
  readonly decisions: number;
  /** Of those, how many are here already. */
  readonly alreadyHere: number;
}

/** What was taken from a file. */
export interface Imported {
  readonly decisions: number;
  /** Decisions, and what is known of them, such as of ones that were here already. */
  readonly entries: number;
}

/**
 * Takes what was learnt from one machine to another, in one file: all decisions, attempts, observations and judgements;
 * no conversation, key or setting, and a prompt only where prompts are kept. Every method rejects with an Error that names
 * the file.
 */
export interface PortableLedger {
  /** Writes a file over one that is there. Resolves to how many decisions are in it. */
  exportTo(file: string): Promise<number>;
  /** Rejects where it isn't such a file, or isn't whole. */
  previewImport(file: string): Promise<ImportPreview>;
  /** Adds what isn't here yet, all of it or nothing; what is here stays. */
  importFrom(file: string): Promise<Imported>;
}
