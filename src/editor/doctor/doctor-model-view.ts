import * as l10n from '@vscode/l10n';
import type { Deployment } from '../../core/terms/deployment';
import { hostOf, isLoopback } from '../../core/terms/host';
import type { PastFailure } from '../../core/stats/model-tally';
import type { DoctorModel } from '../../webview/protocol/doctor';
import type { CheckResult } from '../../providers/check-deployment';
import type { CheckState } from './doctor-checks';
import type { DeploymentFacts, KeyOrigin } from './doctor-facts';
import { adviceFor, nameOfFailure } from '../shown/failure-text';
import { formatCost, formatDuration, formatUsd } from '../shown/format';
import { riskText } from '../shown/risk';
import { breakerMark, totalCost } from '../stats/stats-view';
import { clockText } from '../../text/local-format';

/** One deployment of the doctor's page. `redact` takes what looks like a key out of a text of unknown origin. */
export function doctorModel(facts: DeploymentFacts, redact: (text: string) => string): DoctorModel {
  const { deployment, lastFailure, stats } = facts;
  const breaker = breakerMark(facts.breaker);
  const doubt = doubtText(facts);
  return {
    id: deployment.id,
    name: deployment.id,
    provider: deployment.provider.replaceAll('_', ' '),
    host: hostText(deployment),
    model: deployment.model,
    key: {
      text: keyText(facts.key, redact),
      good: facts.key.kind !== 'missing' && facts.key.kind !== 'held-back',
    },
    price: priceText(facts),
    ...(breaker && { breaker }),
    ...(lastFailure && { lastError: failureText(lastFailure) }),
    ...(doubt !== undefined && { doubt }),
    requests: stats?.requests ?? 0,
    quality: stats?.quality01 === undefined ? l10n.t('not rated yet') : stats.quality01.toFixed(2),
    cost: stats === undefined ? '–' : totalCost([stats]),
    check: checkView(facts.check, deployment, redact),
  };
}

/** Why it may give no answer, and what can be done: only while that counts against it, or its breaker keeps it away. */
function doubtText({ risk01, breaker, stats, lastFailure }: DeploymentFacts): string | undefined {
  const failures = stats?.lastFailures ?? [];
  const latest = failures[0] ?? lastFailure;
  const why = failures.length > 0 ? failures.map(failureText).join('; ') : latest && failureText(latest);
  const advice = latest === undefined ? '' : ` ${adviceFor(latest).text}`;
  const risk = riskText(risk01);
  if (risk !== undefined) {
    const expected = l10n.t('expected to fail: {0}', risk);
    return why === undefined ? expected : `${expected} (${why}).${advice}`;
  }
  if (breaker === 'closed' || why === undefined) return undefined;
  return `${l10n.t('it rests since it failed ({0})', why)}.${advice}`;
}

function failureText({ reason, atMs }: PastFailure): string {
  return `${nameOfFailure({ reason })}, ${clockText(atMs)}`;
}

function hostText({ protocol, apiBase }: Deployment): string {
  if (protocol === 'editor') return l10n.t('the editor');
  if (protocol === 'simulated') return l10n.t('nowhere');
  return URL.canParse(apiBase) ? hostOf(apiBase) : l10n.t('no valid address');
}

/** A name that isn't spelled as variables are may be a key that was pasted in its place. */
function keyText(key: KeyOrigin, redact: (text: string) => string): string {
  const variable = (name: string): string => (/^[A-Z_][A-Z0-9_]*$/.test(name) ? name : redact(name));
  switch (key.kind) {
    case 'environment':
      return l10n.t('environment {0}', variable(key.name));
    case 'stored':
      return l10n.t('stored for {0}', key.host);
    case 'none-needed':
      return l10n.t('none needed');
    case 'held-back':
      return l10n.t(
        'held back: {0} is set, and is not sent to {1} without encryption until you allow it (“Conduit: Manage API Keys”)',
        variable(key.name),
        key.host,
      );
    case 'missing':
      return key.name === undefined
        ? l10n.t('missing')
        : l10n.t('missing: {0} is not set', variable(key.name));
  }
}

function priceText({ deployment, price }: DeploymentFacts): DoctorModel['price'] {
  const { input, output, learntUsd } = price;
  if (input.kind === 'unknown' || output.kind === 'unknown') {
    if (learntUsd === undefined) return { text: l10n.t('unknown'), good: false };
    return { text: l10n.t('unknown; {0} an answer so far', formatUsd(learntUsd)), good: false };
  }
  const origin = priceOrigin(deployment, input.usd + output.usd, input.kind === 'simulated');
  if (input.usd === 0 && output.usd === 0) return { text: l10n.t('free ({0})', origin), good: true };
  const figures = l10n.t('{0} in, {1} out per million tokens', perMillion(input.usd), perMillion(output.usd));
  return { text: `${origin}: ${figures}`, good: true };
}

function priceOrigin(
  { price, serverTellsPrice, apiBase }: Deployment,
  usd: number,
  simulated: boolean,
): string {
  if (simulated) return l10n.t('simulated');
  if (price !== undefined) return 'conduit.yaml';
  if (usd === 0 && isLoopback(apiBase)) return l10n.t('local');
  return serverTellsPrice === true ? l10n.t('proxy') : l10n.t('price list');
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
      return { state: 'none', text: l10n.t('not checked') };
    case 'running':
      return { state: 'running', text: l10n.t('asking…') };
    case 'cancelled':
      return { state: 'cancelled', text: l10n.t('cancelled') };
    case 'broken':
      return { state: 'failed', text: l10n.t('Conduit could not ask: {0}', redact(check.detail)) };
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
        servedModel === undefined || servedModel === model
          ? l10n.t('answered')
          : l10n.t('{0} answered', redact(servedModel));
      const first =
        timeToFirstTokenMs === undefined
          ? l10n.t('no text')
          : l10n.t('first token after {0}', formatDuration(timeToFirstTokenMs));
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
