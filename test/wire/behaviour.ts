/** Tokens that a fake server reports. `input` includes `cached`. */
export interface ReportedUsage {
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
}

/** How a fake server answers a request. */
export type Behaviour =
  | {
      readonly kind: 'answer';
      /** One text delta each. By default an answer that names the model and quotes the last user message. */
      readonly chunks?: readonly string[];
      /** Pause after each event of the beginning: a slow drip. */
      readonly delayMs?: number;
      /** `false`: the server reports none. */
      readonly usage?: ReportedUsage | false;
      readonly finish?: 'stop' | 'length' | 'refused';
      /** The model named in the reply, by default the one asked for. */
      readonly servedModel?: string;
      /** After the last text: end as documented, go silent with the connection open, or cut the connection. */
      readonly then?: 'end' | 'hang' | 'cut';
    }
  | {
      readonly kind: 'error';
      readonly status: number;
      /** A string is sent as plain text. */
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Sends these bytes, e.g. a fixture. */
  | {
      readonly kind: 'raw';
      readonly body: string;
      readonly status?: number;
      readonly contentType?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** Bytes of each piece, a millisecond apart: a slow drip. By default all at once. */
      readonly pieceBytes?: number;
      /** Comments that say nothing, before the bytes: a model that thinks long. */
      readonly pings?: { readonly count: number; readonly everyMs: number };
      readonly then?: 'end' | 'hang' | 'cut';
    };
