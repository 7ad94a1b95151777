import { hostOf } from '../../core/terms/host';
import type { KeyRing, Log, ModelCall, ModelClient, ModelEvent, Report } from '../../core/terms/ports';
import type { Body, Concession, Refusal } from '../concessions/concession';
import { concede } from '../concessions/concede';
import { createConcessionMemory } from '../concessions/memory';
import type { CallFetch } from '../failures/error-reply';
import { failureFromError } from '../failures/failure-from';
import { missingKey } from '../failures/missing-key';
import { withoutKey } from '../failures/redact';
import { readEvents } from '../stream/event-stream';
import type { AnswerReader } from '../stream/read-answer';
import { readAnswer } from '../stream/read-answer';
import type { RunningCall } from '../stream/running-call';
import type { Refused } from './refused';
import { refusalOf } from './refused';
import { wholeHistory } from './history';
import { withTakenNames } from './tool-names';

/** Where nobody wants to know what is left out. */
export const silent: Pick<Log, 'debug'> = { debug: () => undefined };

/** What a client over any protocol needs. */
export interface ClientParts {
  readonly keys: KeyRing;
  readonly log: Pick<Log, 'debug'>;
}

export interface ProtocolParts extends ClientParts {
  /** `fetch` for one call through the protocol's SDK. */
  readonly fetchFor: (call: ModelCall, key: string) => CallFetch;
  readonly body: (call: ModelCall) => Body;
  /** Sends a body. May throw whatever the SDK throws. */
  readonly send: (running: RunningCall, body: Body) => Promise<Response>;
  /** Reads what is answered. */
  readonly reader: (running: RunningCall) => AnswerReader;
}

/** More rounds than a server that takes nothing is worth. */
const mostConcessions = 6;

/**
 * A client over one wire protocol: without a key nothing is sent, a refusal is answered without what was refused, and
 * what the SDK throws becomes a failure.
 */
export function createCallClient({ keys, log, fetchFor, body, send, reader }: ProtocolParts): ModelClient {
  const memory = createConcessionMemory();

  /** Sends a body, and passes its answer on; returns a refusal that came before anything of it. */
  async function* attempt(running: RunningCall, sent: Body): AsyncGenerator<ModelEvent, Refused | undefined> {
    const { http, key, host } = running;
    try {
      const response = await send(running, sent);
      const refused = yield* readAnswer(readEvents(bytesOf(response)), reader(running), running);
      return refused && { ...refused, body: '' };
    } catch (error) {
      const reply = http.errorReply();
      const failure = failureFromError(error, reply, { key, host });
      return { failure, error: undefined, report: undefined, body: reply?.body ?? '' };
    }
  }

  async function* answer(running: RunningCall): AsyncGenerator<ModelEvent> {
    const { call, signal } = running;
    const { deployment } = call;
    const tried = new Set<string>();
    const rounds: { readonly sent: Body; readonly made: readonly Concession[] }[] = [
      { sent: memory.applied(deployment, body(call)), made: [] },
    ];
    let told = '';
    for (;;) {
      const { sent, made } = rounds.at(-1) ?? { sent: body(call), made: [] };
      const seen = { finished: false };
      const refused = yield* noting(
        attempt(running, sent),
        (event) => (seen.finished ||= event.type === 'finished'),
      );
      if (signal.aborted) return;
      if (refused === undefined) {
        if (seen.finished) memory.remember(deployment, made);
        return;
      }
      // What didn't help is sent again.
      if (refused.failure.detail === told && rounds.length > 1) rounds.pop();
      told = refused.failure.detail;
      const round = rounds.at(-1);
      const next =
        round && tried.size < mostConcessions ? conceded(refusalOf(refused), round.sent) : undefined;
      if (round === undefined || next === undefined) {
        yield { type: 'failed', failure: refused.failure, report: refused.report };
        return;
      }
      const { id } = next.concession;
      running.log.debug(`${running.host} refused ${deployment.id} something; asked again: ${id}`);
      tried.add(id);
      rounds.push({ sent: next.body, made: [...round.made, next.concession] });
    }

    function conceded(refusals: readonly Refusal[], from: Body) {
      return refusals
        .map((refusal) => concede(refusal, from, deployment.protocol, tried))
        .find((each) => each !== undefined);
    }
  }

  return {
    stream: async function* (given, signal) {
      const key = await keys.keyFor(given.deployment);
      if (key === undefined) {
        yield { type: 'failed', failure: missingKey(given.deployment) };
        return;
      }
      const http = fetchFor(given, key);
      const { call, toolName } = withTakenNames({ ...given, messages: wholeHistory(given.messages) });
      const running = { key, host: hostOf(given.deployment.apiBase), call, http, signal, log, toolName };
      for await (const event of answer(running)) {
        if (signal.aborted) return;
        yield withoutKeyIn(event, key);
      }
    },
  };
}

/** Passes events on, and lets each be seen. */
async function* noting<T>(
  events: AsyncGenerator<ModelEvent, T>,
  see: (event: ModelEvent) => void,
): AsyncGenerator<ModelEvent, T> {
  for (;;) {
    const next = await events.next();
    if (next.done === true) return next.value;
    see(next.value);
    yield next.value;
  }
}

async function* bytesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  if (body !== null) yield* body as unknown as AsyncIterable<Uint8Array>;
}

/** The model's name is kept and shown: a server that echoes what it got must not put the key there. */
function withoutKeyIn(event: ModelEvent, key: string): ModelEvent {
  if (event.type === 'finished') return { ...event, ...withoutKeyInReport(event, key) };
  if (event.type !== 'failed' || event.report === undefined) return event;
  return { ...event, report: withoutKeyInReport(event.report, key) };
}

function withoutKeyInReport<T extends Report>(report: T, key: string): T {
  const { servedModel } = report;
  return { ...report, servedModel: servedModel === undefined ? undefined : withoutKey(servedModel, key) };
}
