/** A model that a local server has. */
export interface LocalModel {
  /** The prefix of the server's vendor. */
  readonly provider: string;
  readonly apiBase: string;
  readonly model: string;
}

/** Ollama passes models of that name on to its own servers: "gpt-oss:120b-cloud". */
export function isCloudModel(model: string): boolean {
  return /[:-]cloud$/.test(model);
}
