import type { RoutingStats } from '../../core/stats/routing-stats';
import type { FirstStep } from '../command-table';

/** The steps that the ledger shows as done. */
export function stepsDone({ pools }: RoutingStats): readonly FirstStep[] {
  const models = pools.flatMap((pool) => pool.models);
  return [
    ...(models.some(({ requests }) => requests > 0) ? (['hasAnswer'] as const) : []),
    ...(models.some(({ thumbsUp, thumbsDown }) => thumbsUp + thumbsDown > 0) ? (['hasRated'] as const) : []),
  ];
}
