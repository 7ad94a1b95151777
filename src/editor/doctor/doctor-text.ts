import * as l10n from '@vscode/l10n';
import type { DoctorModel, DoctorPool } from '../../webview/protocol/doctor';
import { nameOfBreaker, nameOfSeverity } from '../shown/code-names';
import type { DoctorView } from './doctor-view';

/** The doctor's page as Markdown, with no more than the page shows: to paste into a report. */
export function doctorText({ pools, groups, problems, log, checks }: DoctorView): string {
  const sections = [
    `# ${l10n.t('Conduit Doctor')}`,
    ...(checks.text === '' ? [] : [l10n.t('Live checks: {0}', checks.text)]),
    ...pools.map(poolText),
    ...groups.map(({ title, facts }) =>
      section(
        title,
        facts.map(({ name, value }) => `- ${name}: ${value}`),
      ),
    ),
    section(
      l10n.t('Problems of the configuration'),
      problems.map(({ severity, text }) => `- ${nameOfSeverity(severity)}: ${text}`),
    ),
    section(
      l10n.t('Last warnings and errors'),
      log.map(({ time, severity, text }) => `- ${time} ${nameOfSeverity(severity)}: ${text}`),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return [`## ${title}`, '', ...(lines.length === 0 ? [l10n.t('none')] : lines)].join('\n');
}

function poolText({ pool, simulated, inUse, models, questions }: DoctorPool): string {
  const marks = [inUse && l10n.t('in use'), simulated && l10n.t('simulated')].filter(
    (mark) => mark !== false,
  );
  const title = `${l10n.t('Pool {0}', pool)}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`;
  const answers = questions.map(({ question, answers: sentences }) =>
    [`### ${question}`, '', ...sentences.map((sentence) => `- ${sentence}`)].join('\n'),
  );
  return [section(title, models.map(modelText)), ...answers].join('\n\n');
}

function modelText(model: DoctorModel): string {
  const { name, provider, host, key, price, breaker, lastError, doubt, requests, quality, cost, check } =
    model;
  const facts = [
    l10n.t('{0}, {1}, model {2}', provider, host, model.model),
    l10n.t('key: {0}', key.text),
    l10n.t('price: {0}', price.text),
    l10n.t('breaker: {0}', nameOfBreaker(breaker ?? 'closed')),
    l10n.t('last error: {0}', lastError ?? l10n.t('none in this session')),
    ...(doubt === undefined ? [] : [doubt]),
    l10n.t('{0} requests, quality {1}, cost {2}', requests, quality, cost),
    `${l10n.t('check: {0}', check.text)}${check.advice === undefined ? '' : ` (${check.advice})`}`,
  ];
  return [`- **${name}**`, ...facts.map((fact) => `  - ${fact}`)].join('\n');
}
