import type { Deployment } from '../../core/terms/deployment';
import type { Body, Concession } from './concession';

/** What deployments refused lately, so that it isn't sent and refused with every request. */
export interface ConcessionMemory {
  /** Of lasting concessions; others are left out. */
  remember(deployment: Deployment, concessions: readonly Concession[]): void;
  /** A body as the deployment takes it, as far as that is known. */
  applied(deployment: Deployment, body: Body): Body;
}

interface Remembered {
  readonly concession: Concession;
  readonly sinceMs: number;
}

/** A server may be updated meanwhile. */
const rememberedMs = 24 * 3_600_000;

export function createConcessionMemory(nowMs: () => number = Date.now): ConcessionMemory {
  const known = new Map<string, Map<string, Remembered>>();
  const keyOf = ({ id, model, apiBase, protocol }: Deployment): string =>
    JSON.stringify([id, model, apiBase, protocol]);

  return {
    remember: (deployment, concessions) => {
      const lasting = concessions.filter((concession) => concession.lasting);
      if (lasting.length === 0) return;
      const key = keyOf(deployment);
      const own = known.get(key) ?? new Map<string, Remembered>();
      for (const concession of lasting) own.set(concession.id, { concession, sinceMs: nowMs() });
      known.set(key, own);
    },
    applied: (deployment, body) => {
      let sent = body;
      for (const [id, { concession, sinceMs }] of known.get(keyOf(deployment)) ?? []) {
        if (nowMs() - sinceMs > rememberedMs) known.get(keyOf(deployment))?.delete(id);
        else sent = concession.change(sent) ?? sent;
      }
      return sent;
    },
  };
}
