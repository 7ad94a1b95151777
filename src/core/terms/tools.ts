/** An object of parsed JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True of an object that is no list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A tool that a model may ask to call. Who offers it runs it. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON schema of its input; undefined: it takes none. */
  readonly inputSchema: JsonObject | undefined;
}

/** What a vendor wants back as it was, beside a tool call: thought signatures, reasoning items. */
export interface Verbatim {
  /** Whose model gave it: no other understands it. */
  readonly deploymentId: string;
  /** In the order in which they came before the call. */
  readonly items: readonly JsonObject[];
}

/** A model's wish to have a tool called. */
export interface ToolCall {
  /** Names the call in its conversation; results refer to it. */
  readonly id: string;
  readonly name: string;
  readonly input: JsonObject;
  readonly verbatim?: Verbatim | undefined;
}

export interface Image {
  /** "image/png" */
  readonly mimeType: string;
  readonly base64: string;
}

/** What a tool answered. */
export interface ToolResult {
  readonly callId: string;
  readonly text: string;
  readonly images?: readonly Image[] | undefined;
}

/** The tools of a request, and whether one of them must be called. */
export interface ToolOffer {
  /** Absent or empty: none. */
  readonly tools?: readonly ToolDefinition[] | undefined;
  /** Absent: the model decides. */
  readonly toolUse?: 'required' | undefined;
}

/** A call as text, for estimates of its tokens. */
export function textOfCall({ name, input }: ToolCall): string {
  return `${name}${JSON.stringify(input)}`;
}
