import type { LocalModel } from '../../vendors/local-model';
import { vendorNamed } from '../../vendors/lookup';
import { notForChat } from './model-kind';

/** A language model of the editor that the user let Conduit use. */
export interface EditorModel {
  readonly vendor: string;
  readonly family: string;
  readonly maxInputTokens: number | undefined;
}

/** At most two of the models that local servers have: the smallest and the largest that chat, by their names. */
export function pickLocal(models: readonly LocalModel[]): readonly LocalModel[] {
  const chat = models.filter(({ provider, model }) => {
    const vendor = vendorNamed(provider);
    return vendor !== undefined && notForChat({ vendor, model }) === undefined;
  });
  const bySize = chat.toSorted((a, b) => billionsIn(a.model) - billionsIn(b.model));
  return ends(bySize);
}

/** "llama3.2:3b" has 3 billion parameters; where a name says nothing, the middle is assumed. */
function billionsIn(name: string): number {
  const written = /(?<![\d.])(\d+(?:\.\d+)?)b(?![a-z])/i.exec(name)?.[1];
  return written === undefined ? 8 : Number(written);
}

const smallFamily = /mini|nano|haiku|flash|lite|small|luna|swift/i;
const strongFamily = /opus|sonnet|fable|terra|gpt-[5-9]|^gemini-[^/]*pro|o\d/i;

/** Of each vendor of the editor's own models a small and a strong one, by their names; Conduit's own never. */
export function pickEditorModels(models: readonly EditorModel[]): readonly EditorModel[] {
  const others = models.filter(({ vendor }) => vendor.trim().toLowerCase() !== 'conduit');
  return [...new Set(others.map(({ vendor }) => vendor))].flatMap((vendor) => {
    const offered = others.filter((model) => model.vendor === vendor);
    const small = offered.find(({ family }) => smallFamily.test(family));
    const large = offered.filter(({ family }) => !smallFamily.test(family));
    const strong = large.find(({ family }) => strongFamily.test(family)) ?? large[0];
    const picked = [small, strong].filter((model) => model !== undefined);
    return picked.length > 0 ? picked : offered.slice(0, 1);
  });
}

function ends<T>(list: readonly T[]): readonly T[] {
  return list.length <= 2 ? list : [...list.slice(0, 1), ...list.slice(-1)];
}
