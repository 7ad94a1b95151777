import type { ModelAbility } from '../core/terms/ability';
import type { AbilityFigures, Curve } from './ability-figures';
import { smallB } from './ability-figures';
import { otherThanPlain } from './ability-settings';
import type { ModelName } from './model-name';
import type { NamedModel, NamedModels } from './named-models';
import { alikeIn } from './named-models';

export interface AbleModel extends NamedModel {
  readonly ability: number;
}

interface Kin {
  readonly models: NamedModels<AbleModel>;
  readonly figures: AbilityFigures;
}

/** What a later version of a tier is expected to have over an earlier one; `later`: −1, 0 or 1. */
export function stepOf({ version }: AbilityFigures, later: number, versionsApart: number): number {
  return later * (version.gain + version.gainEach * Math.min(version.most, versionsApart));
}

/** By its size among models of its own words and other sizes, or that it was made from; undefined where there are none. */
export function byKin({ models, figures }: Kin, read: ModelName): ModelAbility | undefined {
  const sizeB = billionsOf(read);
  if (sizeB === undefined) return undefined;
  const alike = alikeIn(models, read).flatMap(({ model, versionsApart, later }) => {
    const own = billionsOf(model.read) ?? model.sizeB;
    if (own === undefined) return [];
    const made = model.read.words.length < read.words.length;
    const step = made ? 0 : stepOf(figures, later, versionsApart);
    return [
      {
        ability: model.ability + step + curve(sizeB, figures.sizeOfKin) - curve(own, figures.sizeOfKin),
        tenfolds: Math.abs(Math.log10(sizeB / own)),
        made,
      },
    ];
  });
  if (alike.length === 0) return undefined;
  const mean = alike.reduce((sum, { ability }) => sum + ability, 0) / alike.length;
  const other = otherThanPlain(read, figures);
  return {
    ability: clamped(mean + other.ability),
    deviation: Math.hypot(figures.sizeOfKin.deviation, kinDoubt(alike), other.deviation),
    knownFrom: 'size',
  };
}

/** Wider where all kin are of quite other sizes, and where it was made from one of them in a way that nobody knows. */
function kinDoubt(kin: readonly { readonly tenfolds: number; readonly made: boolean }[]): number {
  const tenfolds = Math.min(...kin.map((each) => each.tenfolds));
  const made = kin.every((each) => each.made);
  return Math.hypot(0.3 * tenfolds, made ? 0.3 : 0);
}

/** As any model of that size, of whatever day. */
export function bySize(figures: AbilityFigures, read: ModelName): ModelAbility | undefined {
  const sizeB = billionsOf(read);
  if (sizeB === undefined) return undefined;
  const other = otherThanPlain(read, figures);
  return {
    ability: clamped(figures.size.one + curve(sizeB, figures.size) + other.ability),
    deviation: Math.hypot(figures.size.deviation, other.deviation),
    knownFrom: 'size',
  };
}

/** As a model that is sold at that price; undefined for none, or what is given away. */
export function byPrice({ price }: AbilityFigures, usdPerMTok: number | undefined): ModelAbility | undefined {
  if (usdPerMTok === undefined || !(usdPerMTok > 0 && usdPerMTok < Infinity)) return undefined;
  const ability = clamped(price.one + price.tenfold * Math.log10(usdPerMTok));
  return { ability, deviation: price.deviation, knownFrom: 'price' };
}

function curve(sizeB: number, { tenfold, bend }: Curve): number {
  return tenfold * Math.log10(sizeB) + bend * Math.max(0, Math.log10(smallB / sizeB));
}

/** Nobody's price or size says that a model is better or worse than all that are known. */
function clamped(ability: number): number {
  return Math.min(1.5, Math.max(-3, ability));
}

/**
 * "70" is 70, "8x7" about 47 as such mixtures are, "e4" 4; of a model of which a part works at a time the middle between
 * both, on a scale of tenfolds, which predicts best.
 */
function billionsOf({ size, active }: ModelName): number | undefined {
  if (size === undefined) return undefined;
  const [first = '', second] = size.replace('e', '').split('x');
  const all = second === undefined ? Number(first) : 0.83 * Number(first) * Number(second);
  const billions = active === undefined ? all : Math.sqrt(all * Number(active));
  return billions > 0.01 && billions < 20_000 ? billions : undefined;
}
