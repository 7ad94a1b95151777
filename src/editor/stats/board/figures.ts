import * as l10n from '@vscode/l10n';
import type { Money } from '../../../core/terms/facts';
import { atLeastUsd, formatCost, formatUsd } from '../../shown/format';

/** "at least $0.1200", "about $0.12", "cost unknown", "–". Simulated prices are said to be so, unless their heading says it. */
export function moneyText({ usd, kind, priced, unpriced }: Money): string {
  if (priced === 0) return unpriced === 0 ? '–' : l10n.t('cost unknown');
  if (unpriced > 0) return atLeastUsd(usd);
  return formatCost({ kind: kind ?? 'exact', usd });
}

/** "+$0.1200", "−$0.0300", "$0". */
export function differenceText(usd: number): string {
  if (usd === 0) return formatUsd(0);
  return `${usd > 0 ? '+' : '−'}${formatUsd(Math.abs(usd))}`;
}

/** "0.83 ± 0.05", or "–" where nothing telling was told. */
export function qualityText(mean: {
  readonly quality01: number | undefined;
  readonly qualityError: number | undefined;
}): string {
  const { quality01, qualityError } = mean;
  if (quality01 === undefined) return '–';
  return qualityError === undefined
    ? quality01.toFixed(2)
    : `${quality01.toFixed(2)} ± ${qualityError.toFixed(2)}`;
}

/** A 95 % interval by the normal approximation, within 0..1. */
export function intervalOf(quality01: number, error: number): { low01: number; high01: number } {
  return { low01: Math.max(0, quality01 - 1.96 * error), high01: Math.min(1, quality01 + 1.96 * error) };
}

export function percentText(share01: number): string {
  return `${String(Math.round(100 * share01))} %`;
}

export {
  dateText as dayText,
  momentText as timeText,
  numberText as countText,
} from '../../../text/local-format';
