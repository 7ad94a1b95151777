/**
 * So many of the latest decisions are surely not sealed yet: fewer than a learner keeps as they are (2,500), for one that
 * has this machine's own entries early has met some others.
 */
const surelyUnsealed = 2_000;

/** Which decisions were among the latest. */
export interface RecentDecisions {
  add(id: string): void;
  has(id: string): boolean;
  clear(): void;
}

export function createRecentDecisions(): RecentDecisions {
  const latest = new Set<string>();
  return {
    add: (id) => {
      latest.add(id);
      if (latest.size <= surelyUnsealed) return;
      for (const oldest of latest) {
        latest.delete(oldest);
        return;
      }
    },
    has: (id) => latest.has(id),
    clear: () => latest.clear(),
  };
}
