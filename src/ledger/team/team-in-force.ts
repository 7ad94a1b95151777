import type { TeamConfiguration } from '../../core/terms/configuration';
import { databasePlace, isOpenToOthers } from '../../core/terms/database-place';
import type { DatabasePlace } from '../../core/terms/database-place';
import type { Deployment } from '../../core/terms/deployment';
import type { Ledger, Log } from '../../core/terms/ports';
import type { TeamLearning, TeamNews } from '../../core/terms/team';
import { parseEntry } from '../entry-schema';
import type { Team } from './create-team';
import { createTeam } from './create-team';
import type { Agreement } from './membership';
import { covers, forgetFileOf, keptOf, readMembership, writeMembership } from './membership';
import type { TeamStatus } from './team-status';

export interface TeamInForceParts {
  readonly local: Ledger;
  /** See `TeamParts`. */
  readonly ledgerId: () => Promise<string>;
  /** Where memberships are kept. */
  readonly folder: string;
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly log: Log;
  readonly onNews: () => void;
}

/** The settings that a team depends on. */
export interface TeamSettings {
  readonly team: TeamConfiguration;
  readonly deployments: readonly Deployment[];
}

/** The team of the configuration in force, where the user agreed to what goes there. */
export interface TeamInForce {
  readonly ledger: Ledger;
  readonly learning: TeamLearning;
  /** Starts, stops or goes on, as the settings and what was agreed to say. */
  follow(settings: TeamSettings): Promise<void>;
  /** The user agrees to all that the settings would send, or leaves: then what was shared stays. */
  agree(agreed: boolean): Promise<void>;
  status(): TeamStatus;
  close(): Promise<void>;
}

export function createTeamInForce(parts: TeamInForceParts): TeamInForce {
  const { local, folder } = parts;
  let current: { readonly team: Team; readonly as: string } | undefined;
  let settings: TeamSettings | undefined;
  let number = 0;
  let fresh = true;
  let following: Promise<void> = Promise.resolve();
  const ledger = (): Ledger => current?.team.ledger ?? local;

  const placeNow = (): DatabasePlace | undefined => {
    const url = settings?.team.databaseUrl;
    return url === undefined ? undefined : databasePlace(url);
  };

  const wantedAt = (place: DatabasePlace): Agreement => ({
    vectors: settings?.team.shareVectors ?? false,
    open: isOpenToOthers(place),
  });

  async function adapt(): Promise<void> {
    const place = placeNow();
    const membership = place && (await readMembership(folder, place));
    const wanted = place && wantedAt(place);
    const agreed = membership !== undefined && wanted !== undefined && covers(membership.agreed, wanted);
    const as = agreed ? JSON.stringify([place, wanted, membership.secret]) : '';
    if (as === (current?.as ?? '')) return;
    await current?.team.stop();
    number += 1;
    fresh = true;
    current = undefined;
    if (place === undefined || !agreed) return;
    const team = createTeam({
      place,
      secret: membership.secret,
      local,
      ledgerId: parts.ledgerId,
      deployments: () => settings?.deployments ?? none,
      vectors: wanted.vectors,
      forgetFile: forgetFileOf(folder, place),
      kept: keptOf(folder, place),
      nowMs: parts.nowMs,
      random: parts.random,
      log: parts.log,
      onNews: parts.onNews,
    });
    current = { team, as };
  }

  function adaptNext(): Promise<void> {
    following = following.catch(() => undefined).then(adapt);
    return following;
  }

  return {
    ledger: {
      ...local,
      append: (entries) => ledger().append(entries),
      forget: (which) => ledger().forget(which),
      close: async () => {
        await current?.team.stop();
        await local.close();
      },
    },
    learning: {
      armOf: (id) => current?.team.learning.armOf(id) ?? id,
      poolOf: (name) => current?.team.learning.poolOf(name) ?? name,
      parse: parseEntry,
      news: async ({ by, anew }) => {
        const [of, base] = [current, number * epochsEach];
        if (of === undefined) return { ...noNews, epoch: base };
        const news = await of.team.learning.news({ by, anew: anew || fresh });
        fresh = false;
        return { ...news, epoch: base + news.epoch };
      },
      verify: async (verification) => (await current?.team.learning.verify(verification)) ?? { kind: 'none' },
      refuse: () => current?.team.learning.refuse(),
      keep: async (snapshot, epoch) => {
        if (Math.floor(epoch / epochsEach) === number)
          await current?.team.learning.keep(snapshot, epoch % epochsEach);
      },
    },
    follow: (next) => {
      settings = next;
      return adaptNext();
    },
    agree: async (agreed) => {
      const place = placeNow();
      if (place === undefined) return;
      await writeMembership(folder, place, agreed ? wantedAt(place) : undefined);
      const left = agreed ? undefined : current?.team;
      await adaptNext();
      await left?.leave();
    },
    status: () => {
      const place = placeNow();
      if (place === undefined) return { kind: 'none' };
      return current?.team.status() ?? { kind: 'not-agreed', host: place.host };
    },
    close: async () => {
      await current?.team.stop();
    },
  };
}

const none: readonly Deployment[] = [];
/** More often nothing begins anew with one team. */
const epochsEach = 1e6;
const noNews: Omit<TeamNews, 'epoch'> = {
  placed: [],
  unplaced: [],
  lacking: false,
  more: false,
  complete: false,
};
