import type { ModelAbility } from '../core/terms/ability';
import type { Deployment } from '../core/terms/deployment';
import type { AbleModel } from './ability-fallbacks';
import { byKin, byPrice, bySize, stepOf } from './ability-fallbacks';
import type { AbilityFigures } from './ability-figures';
import { otherThanPlain } from './ability-settings';
import { anyServer, vendorOf } from './lookup';
import { abilityFigures, modelAbilitiesTable } from './model-abilities-table';
import { localAliases, modelAliases } from './model-aliases';
import { otherKindOf } from './model-kinds';
import { longestName, readModelName } from './model-name';
import type { NamedModels } from './named-models';
import { meantBy, namedModels } from './named-models';

export interface AbilityTable {
  readonly abilityFigures: AbilityFigures;
  readonly modelAbilitiesTable: string;
}

/** `pricedAs` is what a name stands for that somebody gave. */
type Named = Pick<Deployment, 'model' | 'provider' | 'apiBase' | 'pricedAs'>;

interface KnownModel extends AbleModel {
  readonly deviation: number;
  readonly knownFrom: ModelAbility['knownFrom'];
  readonly knownAs?: string;
  readonly byFamily?: Readonly<Record<string, number>>;
}

/**
 * How good a model is by what is publicly known: of that model; else of the nearest version of its family and tier; else
 * by its size, its price, or as one of which nothing is known. `usdPerMTok`: list price of a million tokens, 3 in to 1
 * out, where known. Never throws. Of what doesn't chat nothing is known.
 */
export function abilityOf(named: Named, usdPerMTok?: number): ModelAbility {
  shipped ??= abilitiesFrom({ abilityFigures, modelAbilitiesTable });
  return shipped(named, usdPerMTok);
}

let shipped: typeof abilityOf | undefined;

/** The same by another table, such as one that scripts/model-abilities.mjs made without some sources. */
export function abilitiesFrom({
  abilityFigures: figures,
  modelAbilitiesTable: rows,
}: AbilityTable): typeof abilityOf {
  const models = rows.trim().split('\n').map(modelOf);
  const served = namedModels(models, modelAliases);
  let local: typeof served | undefined;
  const forLocal = (): typeof served => (local ??= namedModels(models, [...modelAliases, ...localAliases]));
  const nothing: ModelAbility = { ...figures.nothing, knownFrom: 'nothing' };
  return (named, usdPerMTok) => {
    const name = (named.pricedAs ?? named.model).slice(-longestName);
    if (!chats(named, name)) return nothing;
    // A local server takes a bare name for the size that fits most machines.
    const known = { models: vendorOf(named)?.local === undefined ? served : forLocal(), figures };
    const read = readModelName(name);
    return (
      byName(known, name) ??
      byKin(known, read) ??
      byPrice(figures, usdPerMTok) ??
      bySize(figures, read) ??
      nothing
    );
  };
}

function byName(
  { models, figures }: { readonly models: NamedModels<KnownModel>; readonly figures: AbilityFigures },
  name: string,
): ModelAbility | undefined {
  const meant = meantBy(models, name);
  if (meant === undefined) return undefined;
  const { model, read, versionsApart, later } = meant;
  const other = otherThanPlain(read, figures, model.read);
  const { fixed, each } = figures.version;
  const version = versionsApart > 0;
  const doubt = version ? Math.sqrt(fixed + each * versionsApart) : 0;
  return {
    ability: model.ability + stepOf(figures, later, versionsApart) + other.ability,
    deviation: Math.hypot(model.deviation, doubt, other.deviation),
    ...(model.byFamily !== undefined && { byFamily: model.byFamily }),
    knownFrom: version ? 'family' : model.knownFrom,
    ...knownAs(version || model.knownFrom === 'figures' ? model.name : model.knownAs),
  };
}

function knownAs(name: string | undefined): Pick<ModelAbility, 'knownAs'> {
  return name === undefined ? {} : { knownAs: name };
}

/** Beside what is known of kinds of models: what only goes on with a text, listens while it talks, or translates. */
const otherWords = new Set(['base', 'live', 'realtime', 'reward', 'safeguard', 'translate']);

function chats(named: Named, name: string): boolean {
  const words = name.toLowerCase().match(/[a-z]+/g) ?? [];
  if (words.some((word) => otherWords.has(word))) return false;
  return otherKindOf(vendorOf(named) ?? anyServer, name) === undefined;
}

function modelOf(row: string): KnownModel {
  const [name = '', ability = '', deviation = '', ...marks] = row.split(' ');
  const marked = (letter: string): string | undefined =>
    marks.find((mark) => mark.startsWith(letter))?.slice(1);
  const families = { code: marked('c'), language: marked('l') };
  const byFamily = Object.fromEntries(
    Object.entries(families).flatMap(([family, value]) =>
      value === undefined ? [] : [[family, Number(value) / 100]],
    ),
  );
  const kin = marked('k');
  const size = marked('b');
  const alone = marks.includes('s') ? 'size' : marks.includes('p') ? 'price' : 'figures';
  return {
    name,
    ability: Number(ability) / 100,
    deviation: Number(deviation) / 100,
    knownFrom: kin === undefined ? alone : 'family',
    ...knownAs(kin),
    ...(Object.keys(byFamily).length > 0 && { byFamily }),
    ...(size !== undefined && { sizeB: Number(size) }),
  };
}
