import type { Deployment } from '../../core/pool/deployment';
import { hostOf, isLoopback } from '../../core/pool/host';
import type { DoctorModel } from '../../webview/protocol';
import type { CheckResult } from '../../core/check-result';
import type { CheckState } from './doctor-checks';
import type { DeploymentFacts, KeyOrigin } from './doctor-facts';
import { adviceFor, nameOfFailure } from '../shown/failure-text';
import { formatCost, formatDuration, formatUsd } from '../shown/format';
import { breakerMark, totalCost } from '../stats/stats-view';

/** One deployment of the doctor's page. `redact` takes what looks like a key out of a text of unknown origin. */
export function doctorModel(facts: DeploymentFacts, redact: (text: string) => string): DoctorModel {
  const { deployment, lastFailure, stats } = facts;
  const breaker = breakerMark(facts.breaker);
  return {
    id: deployment.id,
    name: deployment.id,
    provider: deployment.provider.replaceAll('_', ' '),
    host: hostText(deployment),
    model: deployment.model,
    key: { text: keyText(facts.key, redact), good: facts.key.kind !== 'missing' },
    price: priceText(facts),
    ...(breaker && { breaker }),
    ...(lastFailure && {
      lastError: `${nameOfFailure(lastFailure)}, ${new Date(lastFailure.atMs).toLocaleTimeString()}`,
    }),
    requests: stats?.requests ?? 0,
    quality: stats?.quality01 === undefined ? 'not rated yet' : stats.quality01.toFixed(2),
    cost: stats === undefined ? '–' : totalCost([stats]),
    check: checkView(facts.check, deployment, redact),
  };
}

function hostText({ provider, apiBase }: Deployment): string {
  if (provider === 'vscode') return 'the editor';
  if (provider === 'simulated') return 'nowhere';
  return URL.canParse(apiBase) ? hostOf(apiBase) : 'no valid address';
}

/** A name that isn't spelled as variables are may be a key that was pasted in its place. */
function keyText(key: KeyOrigin, redact: (text: string) => string): string {
  const variable = (name: string): string => (/^[A-Z_][A-Z0-9_]*$/.test(name) ? name : redact(name));
  switch (key.kind) {
    case 'environment':
      return `environment ${variable(key.name)}`;
    case 'stored':
      return `stored for ${key.host}`;
    case 'none-needed':
      return 'none needed';
    case 'missing':
      return key.name === undefined ? 'missing' : `missing: ${variable(key.name)} is not set`;
  }
}

function priceText({ deployment, price }: DeploymentFacts): DoctorModel['price'] {
  const { input, output, learntUsd } = price;
  if (input.kind === 'unknown' || output.kind === 'unknown') {
    if (learntUsd === undefined) return { text: 'unknown', good: false };
    return { text: `unknown; ${formatUsd(learntUsd)} an answer so far`, good: false };
  }
  const origin = priceOrigin(deployment, input.usd + output.usd, input.kind === 'simulated');
  if (input.usd === 0 && output.usd === 0) return { text: `free (${origin})`, good: true };
  const figures = `${perMillion(input.usd)} in, ${perMillion(output.usd)} out per million tokens`;
  return { text: `${origin}: ${figures}`, good: true };
}

function priceOrigin({ price, provider, apiBase }: Deployment, usd: number, simulated: boolean): string {
  if (simulated) return 'simulated';
  if (price !== undefined) return 'conduit.yaml';
  if (usd === 0 && isLoopback(apiBase)) return 'local';
  return provider === 'litellm_proxy' ? 'proxy' : 'price list';
}

function perMillion(usd: number): string {
  return `$${String(Number(usd.toPrecision(3)))}`;
}

function checkView(
  check: CheckState,
  deployment: Deployment,
  redact: (text: string) => string,
): DoctorModel['check'] {
  switch (check.kind) {
    case 'none':
      return { state: 'none', text: 'not checked' };
    case 'running':
      return { state: 'running', text: 'asking…' };
    case 'cancelled':
      return { state: 'cancelled', text: 'cancelled' };
    case 'broken':
      return { state: 'failed', text: `Conduit could not ask: ${redact(check.detail)}` };
    case 'done':
      return resultView(check.result, deployment, redact);
  }
}

function resultView(
  result: CheckResult,
  { model }: Deployment,
  redact: (text: string) => string,
): DoctorModel['check'] {
  switch (result.kind) {
    case 'answered': {
      const { servedModel, timeToFirstTokenMs, cost } = result;
      const served =
        servedModel === undefined || servedModel === model ? 'answered' : `${redact(servedModel)} answered`;
      const first =
        timeToFirstTokenMs === undefined
          ? 'no text'
          : `first token after ${formatDuration(timeToFirstTokenMs)}`;
      return { state: 'passed', text: `${served}; ${first}; ${formatCost(cost)}` };
    }
    case 'failed': {
      const { failure } = result;
      const { text: advice, actions } = adviceFor(failure);
      const action = actions.find((each) => each === 'set-key' || each === 'open-configuration');
      const detail = failure.reason === 'missing-key' ? '' : redact(failure.detail);
      return {
        state: 'failed',
        text: detail === '' ? nameOfFailure(failure) : `${nameOfFailure(failure)}: ${detail}`,
        advice,
        ...(action && { action }),
      };
    }
  }
}
