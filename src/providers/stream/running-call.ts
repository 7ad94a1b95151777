import type { Log, ModelCall } from '../../core/terms/ports';
import type { CallFetch } from '../failures/error-reply';
import type { CallContext } from '../failures/failure-from';

/** One call while it runs. */
export interface RunningCall extends CallContext {
  /** As the protocol is to say it: its history is whole, and its tools have names that vendors take. */
  readonly call: ModelCall;
  readonly http: CallFetch;
  readonly signal: AbortSignal;
  /** Told what is left out of an answer, and of a request. */
  readonly log: Pick<Log, 'debug'>;
  /** The tool's own name, of the one that went over the wire. */
  readonly toolName: (wireName: string) => string;
}
