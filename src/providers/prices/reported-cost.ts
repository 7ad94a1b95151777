import { isJsonObject } from '../../core/terms/tools';
import type { Deployment } from '../../core/terms/deployment';
import { hasQuirk, vendorOf } from '../../vendors/lookup';
import { numberIn } from '../usage/report-fields';

/** xAI's unit of what it bills. */
const usdPerTick = 1e-10;

/** No call costs more: what says so is wrong. */
const mostUsd = 10_000;

/**
 * What a server says that a call cost, in USD; undefined where it doesn't say. OpenRouter and LiteLLM put it into the
 * stream's usage, xAI in a unit of its own; LiteLLM also into a header, where it knows it before the stream begins.
 * LiteLLM's 0 is no report: it says so of every model whose price it doesn't know, too.
 */
export function reportedCost(
  deployment: Deployment,
  usage: unknown,
  header: (name: string) => string | undefined,
): number | undefined {
  const report = isJsonObject(usage) ? usage : {};
  const cost = usd(report['cost']);
  if (hasQuirk(deployment, 'cost-on-request'))
    return cost === undefined ? undefined : withUpstream(cost, report);
  // Through a gateway it is what that one pays.
  if (vendorOf(deployment)?.prefix === 'xai') return positive(usd(report['cost_in_usd_ticks'], usdPerTick));
  const liteLlm = deployment.serverTellsPrice === true || header('x-litellm-call-id') !== undefined;
  if (!liteLlm) return undefined;
  return positive(cost) ?? positive(usd(header('x-litellm-response-cost')));
}

/**
 * With a key of the user's own, OpenRouter bills its share alone, and the vendor the rest. Of other keys it tells the
 * vendor's bill too, which is part of the cost then, so that it says nothing where it is the greater by far.
 */
function withUpstream(cost: number, report: Readonly<Record<string, unknown>>): number | undefined {
  const details = isJsonObject(report['cost_details']) ? report['cost_details'] : {};
  const upstream = positive(usd(details['upstream_inference_cost']));
  if (report['is_byok'] === true) return upstream === undefined ? undefined : cost + upstream;
  if (report['is_byok'] === false || upstream === undefined) return cost;
  return upstream > 2 * cost ? cost + upstream : cost;
}

function usd(value: unknown, unit = 1): number | undefined {
  const number = numberIn(value);
  return number === undefined || number < 0 || number * unit > mostUsd ? undefined : number * unit;
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}
