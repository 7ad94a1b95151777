import * as l10n from '@vscode/l10n';
import type { Deployment } from '../../core/terms/deployment';
import type { JsonObject } from '../../core/terms/tools';
import { isJsonObject } from '../../core/terms/tools';
import { nearTask, taskNames } from '../file/task-names';
import { numberIn } from '../file/written-forms';
import type { Note } from './note';

const field = 'quality_by_task';

/**
 * `model_info.quality_by_task`: what the user says of a model by kinds of task and families of them, 0..1. Each name is
 * read by itself: what is wrong with one is told, and costs no other.
 */
export function readQualityByTask(
  info: JsonObject,
  note: (note: Note) => void,
): Pick<Deployment, 'qualityByTask'> {
  const written = info[field];
  if (written === undefined || written === null) return {};
  const warn = (name: string | undefined, message: string): void => {
    const path = ['model_info', field, ...(name === undefined ? [] : [name])];
    note({ severity: 'warning', path, message });
  };
  if (!isJsonObject(written)) {
    const message = l10n.t('must be a mapping, for example { code: 0.8, fix-code: 0.7 }');
    warn(undefined, l10n.t('{0}: it has no effect', message));
    return {};
  }
  const stated = Object.entries(written).flatMap(([name, value]) => {
    if (!taskNames.includes(name)) {
      warn(name, unknownTask(name));
      return [];
    }
    if (value === null) return [];
    const quality01 = numberIn(value);
    if (typeof quality01 === 'number' && quality01 >= 0 && quality01 <= 1)
      return [[name, quality01] as const];
    const message =
      typeof quality01 === 'number'
        ? l10n.t('must be from {0} to {1}', 0, 1)
        : l10n.t('must be a number from 0 to 1');
    warn(name, l10n.t('{0}: it has no effect', message));
    return [];
  });
  return stated.length === 0 ? {} : { qualityByTask: Object.fromEntries(stated) };
}

function unknownTask(name: string): string {
  const near = nearTask(name);
  return near === undefined
    ? l10n.t('is no kind of task and has no effect. Kinds and families: {0}', taskNames.join(', '))
    : l10n.t("is no kind of task and has no effect; did you mean '{0}'?", near);
}
