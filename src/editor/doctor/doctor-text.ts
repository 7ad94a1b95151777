import type { DoctorModel, DoctorPool } from '../../webview/protocol';
import type { DoctorView } from './doctor-view';

/** The doctor's page as Markdown, with no more than the page shows: to paste into a report. */
export function doctorText({ pools, groups, problems, log, checks }: DoctorView): string {
  const sections = [
    '# Conduit Doctor',
    ...(checks.text === '' ? [] : [`Live checks: ${checks.text}`]),
    ...pools.map(poolText),
    ...groups.map(({ title, facts }) =>
      section(
        title,
        facts.map(({ name, value }) => `- ${name}: ${value}`),
      ),
    ),
    section(
      'Problems of the configuration',
      problems.map(({ severity, text }) => `- ${severity}: ${text}`),
    ),
    section(
      'Last warnings and errors',
      log.map(({ time, severity, text }) => `- ${time} ${severity}: ${text}`),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return [`## ${title}`, '', ...(lines.length === 0 ? ['none'] : lines)].join('\n');
}

function poolText({ pool, simulated, inUse, models, questions }: DoctorPool): string {
  const marks = [inUse && 'in use', simulated && 'simulated'].filter((mark) => mark !== false);
  const title = `Pool ${pool}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`;
  const answers = questions.map(({ question, answers: sentences }) =>
    [`### ${question}`, '', ...sentences.map((sentence) => `- ${sentence}`)].join('\n'),
  );
  return [section(title, models.map(modelText)), ...answers].join('\n\n');
}

function modelText(model: DoctorModel): string {
  const { name, provider, host, key, price, breaker, lastError, requests, quality, cost, check } = model;
  const facts = [
    `${provider}, ${host}, model ${model.model}`,
    `key: ${key.text}`,
    `price: ${price.text}`,
    `breaker: ${breaker ?? 'closed'}`,
    `last error: ${lastError ?? 'none in this session'}`,
    `${String(requests)} requests, quality ${quality}, cost ${cost}`,
    `check: ${check.text}${check.advice === undefined ? '' : ` (${check.advice})`}`,
  ];
  return [`- **${name}**`, ...facts.map((fact) => `  - ${fact}`)].join('\n');
}
