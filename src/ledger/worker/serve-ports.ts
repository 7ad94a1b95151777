import type { MessagePort } from 'node:worker_threads';
import type { Log } from '../../core/terms/ports';
import type { FromLedgerWorker, ToLedgerWorker } from './messages';
import { sentError } from './messages';

type Method = (...args: readonly unknown[]) => unknown;

/**
 * Answers the calls that come in at `channel`, in the order in which they get done. `ports` has, under each name, an
 * object of async methods whose arguments and results can be cloned, and of subscriptions (`onChange(listener)`). A method
 * may be called a second time where its first answer was lost with the worker: that must do no harm.
 */
export function servePorts(channel: Pick<MessagePort, 'on' | 'postMessage'>, ports: object): void {
  const subscribed = new Set<string>();
  const post = (message: FromLedgerWorker): void => channel.postMessage(message);

  function methodOf(port: string, name: string): Method {
    const served = ownOf(ports, port);
    const method = typeof served === 'object' && served !== null ? ownOf(served, name) : undefined;
    if (typeof method !== 'function') throw new Error(`The ledger's worker has no ${port}.${name}.`);
    return method as Method;
  }

  async function answer({
    id,
    port,
    method,
    args,
  }: Extract<ToLedgerWorker, { type: 'call' }>): Promise<void> {
    try {
      post({ type: 'resolved', id, value: await methodOf(port, method)(...args) });
    } catch (error) {
      post({ type: 'rejected', id, error: sentError(error) });
    }
  }

  channel.on('message', (message: ToLedgerWorker) => {
    if (message.type === 'call') {
      void answer(message);
      return;
    }
    const { port, event } = message;
    const name = `${port}.${event}`;
    if (subscribed.has(name)) return;
    subscribed.add(name);
    methodOf(port, event)((value: unknown) => post({ type: 'event', port, event, value }));
  });
}

function ownOf(of: object, name: string): unknown {
  return Object.hasOwn(of, name) ? (of as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** A log whose lines are written by the window. */
export function logThrough(channel: Pick<MessagePort, 'postMessage'>): Log {
  const at =
    (level: keyof Log) =>
    (message: string): void =>
      channel.postMessage({ type: 'log', level, message } satisfies FromLedgerWorker);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
