import * as l10n from '@vscode/l10n';
import { causeOf, signalNames, signalPresets } from '../../core/reward/signal-table';
import type { SignalName, SignalPresetName, SignalRule, SignalTable } from '../../core/terms/signals';
import { isJsonObject } from '../../core/terms/tools';
import type { ConfigurationTier } from '../options';
import type { PathSegment, Problem } from '../problem';
import { nearWord } from './near-word';
import { numberIn, truthIn } from './written-forms';
import type { YamlFile } from './yaml-file';
import { valueAt } from './yaml-value';

/** What a file says of rows of the table of signals, and where. */
export type SignalChanges = ReadonlyMap<SignalName, SignalChange>;

export interface SignalChange {
  readonly rule: Partial<SignalRule>;
  /** "conduit.yaml:7" */
  readonly place: string;
}

export const signalSection = 'signals';

/** The fields of a row that may be written, each with what it must be. */
const fields = {
  quality: { name: 'quality01', least: 0, most: 1 },
  none: { name: 'none01', least: 0, most: 1 },
  weight: { name: 'weight', least: 0, most: 1 },
  half_life: { name: 'halfLife', least: 1, most: 1e6 },
} as const;
type Field = keyof typeof fields;

/**
 * The rows of `signals`: `off`, a weight, or a mapping of quality, weight and half-life. Each is read by itself: what is
 * wrong with one is told, and costs no other. A workspace's file can't change what the user's actions mean.
 */
export function readSignals(
  yaml: YamlFile,
  { name: file, tier }: { readonly name: string; readonly tier: ConfigurationTier },
): { readonly changes: SignalChanges; readonly problems: readonly Problem[] } {
  const section = valueAt(yaml.value, [signalSection]);
  const changes = new Map<SignalName, SignalChange>();
  const problems: Problem[] = [];
  const warn = (path: readonly PathSegment[], message: string): void =>
    void problems.push(yaml.problemAt('warning', path, l10n.t('{0}: it has no effect', message)));
  for (const name of signalNames) {
    const written = isJsonObject(section) ? section[name] : undefined;
    if (written === undefined || written === null) continue;
    const path = [signalSection, name];
    if (tier === 'workspace') {
      warn(path, l10n.t('only your own conduit.yaml can say what a signal counts'));
      continue;
    }
    const rule = ruleOf(name, written, (field, message) =>
      warn(field === undefined ? path : [...path, field], message),
    );
    if (Object.keys(rule).length === 0) continue;
    const { line, fileName = file } = yaml.problemAt('warning', path, '', true);
    changes.set(name, { rule, place: `${fileName}:${line}` });
  }
  return { changes, problems };
}

function ruleOf(
  signal: SignalName,
  written: unknown,
  warn: (field: string | undefined, message: string) => void,
): Partial<SignalRule> {
  if (truthIn(written) === false) return { weight: 0 };
  if (!isJsonObject(written)) {
    const weight = numberIn(written);
    if (typeof weight === 'number' && weight >= 0 && weight <= 1) return { weight };
    warn(
      undefined,
      l10n.t('must be off, a weight from 0 to 1, or a mapping such as { quality: 0.6, weight: 0.1 }'),
    );
    return {};
  }
  const read = Object.entries(written).flatMap(([key, value]) => {
    const problem = problemOf(signal, key, value);
    if (problem === undefined) return [[fields[key as Field].name, numberIn(value)] as const];
    warn(key, problem);
    return [];
  });
  return Object.fromEntries(read);
}

function problemOf(signal: SignalName, key: string, value: unknown): string | undefined {
  const names = Object.keys(fields).filter(
    (name) => name !== 'none' || signalPresets.conduit[signal].none01 !== undefined,
  );
  const field = names.find((name) => name === key);
  if (field === undefined) {
    const near = nearWord(key, names);
    return near === undefined
      ? l10n.t('is no field of a signal ({0})', names.join(', '))
      : l10n.t("is no field of a signal; did you mean '{0}'?", near);
  }
  const { least, most } = fields[field as Field];
  const number = numberIn(value);
  if (typeof number !== 'number') return l10n.t('must be a number from {0} to {1}', least, most);
  return number >= least && number <= most ? undefined : l10n.t('must be from {0} to {1}', least, most);
}

/** The table in force: a preset's, with what the file says in its place. */
export function signalTable(preset: SignalPresetName, changes: SignalChanges): SignalTable {
  const table: Record<SignalName, SignalRule> = { ...signalPresets[preset] };
  for (const [name, { rule }] of changes) table[name] = { ...table[name], ...rule };
  return table;
}

/** A row as it is shown: "quality 0.6, weight 0.04". */
export function shownSignal({ quality01, none01, weight, halfLife }: SignalRule): string {
  if (weight === 0) return l10n.t('off');
  const quality = none01 === undefined ? String(quality01) : `${String(none01)}–${String(quality01)}`;
  const text = l10n.t('quality {0}, weight {1}', quality, weight);
  return halfLife === undefined ? text : `${text}, ${l10n.t('half-life {0}', halfLife)}`;
}

/** For the documentation: one line for each row. */
export function describeSignal(name: SignalName): string {
  return l10n.t(
    'What `{0}` says of an answer. Signals of one cause count once; this one’s is `{1}`.',
    name,
    causeOf[name],
  );
}
