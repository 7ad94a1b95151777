import type { ModelAbility } from '../core/terms/ability';
import type { Deployment } from '../core/terms/deployment';
import type { AbilityFigures, Curve } from './ability-figures';
import { smallB } from './ability-figures';
import { vendorOf } from './lookup';
import { abilityFigures, modelAbilitiesTable } from './model-abilities-table';
import { localAliases, modelAliases } from './model-aliases';
import { kindOfGivenName } from './model-kinds';
import type { ModelName } from './model-name';
import { readModelName } from './model-name';
import type { NamedModel, NamedModels } from './named-models';
import { alikeIn, meantBy, namedModels } from './named-models';

export interface AbilityTable {
  readonly abilityFigures: AbilityFigures;
  readonly modelAbilitiesTable: string;
}

/** `pricedAs` is what a name stands for that somebody gave. */
type Named = Pick<Deployment, 'model' | 'provider' | 'apiBase' | 'pricedAs'>;

interface KnownModel extends NamedModel {
  readonly ability: number;
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
  // A local server takes a bare name for the size that fits most machines.
  const local = namedModels(models, [...modelAliases, ...localAliases]);
  const served = namedModels(models, modelAliases);
  const nothing: ModelAbility = { ...figures.nothing, knownFrom: 'nothing' };
  return (named, usdPerMTok) => {
    const name = named.pricedAs ?? named.model;
    if (!chats(name)) return nothing;
    const known: Known = { models: vendorOf(named)?.local === undefined ? served : local, figures };
    return byName(known, name) ?? bySize(known, name) ?? byPrice(figures, usdPerMTok) ?? nothing;
  };
}

interface Known {
  readonly models: NamedModels<KnownModel>;
  readonly figures: AbilityFigures;
}

function byName({ models, figures }: Known, name: string): ModelAbility | undefined {
  const meant = meantBy(models, name);
  if (meant === undefined) return undefined;
  const { model, read, versionsApart, later } = meant;
  const other = otherThanPlain(read, figures, model);
  const { gain, gainEach, most, fixed, each } = figures.version;
  const step = later * (gain + gainEach * Math.min(most, versionsApart));
  const version = versionsApart > 0;
  const doubt = version ? Math.sqrt(fixed + each * versionsApart) : 0;
  return {
    ability: model.ability + step + other.ability,
    deviation: Math.hypot(model.deviation, doubt, other.deviation),
    ...(model.byFamily !== undefined && { byFamily: model.byFamily }),
    knownFrom: version ? 'family' : model.knownFrom,
    ...knownAs(version || model.knownFrom === 'figures' ? model.name : model.knownAs),
  };
}

function knownAs(name: string | undefined): Pick<ModelAbility, 'knownAs'> {
  return name === undefined ? {} : { knownAs: name };
}

/** Between models of its own words and other sizes, or that it was made from; else as any of that size. */
function bySize({ models, figures }: Known, name: string): ModelAbility | undefined {
  const read = readModelName(name);
  const sizeB = billionsOf(read);
  if (sizeB === undefined) return undefined;
  const other = otherThanPlain(read, figures);
  const alike = alikeIn(models, read).flatMap((model) => {
    const own = model.sizeB ?? billionsOf(model.read);
    if (own === undefined) return [];
    const made = model.read.words.length < read.words.length;
    return [
      {
        ability: model.ability + curve(sizeB, figures.sizeOfKin) - curve(own, figures.sizeOfKin),
        tenfolds: Math.abs(Math.log10(sizeB / own)),
        made,
      },
    ];
  });
  const { size, sizeOfKin } = figures;
  const [ability, deviation] =
    alike.length > 0
      ? [meanOf(alike.map((each) => each.ability)), Math.hypot(sizeOfKin.deviation, kinDoubt(alike))]
      : [size.one + curve(sizeB, size), size.deviation];
  return {
    ability: clamped(ability + other.ability),
    deviation: Math.hypot(deviation, other.deviation),
    knownFrom: 'size',
  };
}

/** Wider where all kin are of quite other sizes, and where it was made from one of them in a way that nobody knows. */
function kinDoubt(kin: readonly { readonly tenfolds: number; readonly made: boolean }[]): number {
  const tenfolds = Math.min(...kin.map((each) => each.tenfolds));
  const made = kin.every((each) => each.made);
  return Math.hypot(0.3 * tenfolds, made ? 0.3 : 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

function byPrice(figures: AbilityFigures, usdPerMTok: number | undefined): ModelAbility | undefined {
  if (usdPerMTok === undefined || !(usdPerMTok > 0 && usdPerMTok < Infinity)) return undefined;
  const { one, tenfold, deviation } = figures.price;
  return { ability: clamped(one + tenfold * Math.log10(usdPerMTok)), deviation, knownFrom: 'price' };
}

function curve(sizeB: number, { tenfold, bend }: Curve): number {
  return tenfold * Math.log10(sizeB) + bend * Math.max(0, Math.log10(smallB / sizeB));
}

/** Nobody's price or size says that a model is better or worse than all that are known. */
function clamped(ability: number): number {
  return Math.min(1.5, Math.max(-3, ability));
}

/** "70" is 70, "8x7" about 47 as such mixtures are, "e4" 4. */
function billionsOf({ size }: ModelName): number | undefined {
  if (size === undefined) return undefined;
  const [first = '', second] = size.replace('e', '').split('x');
  const billions = second === undefined ? Number(first) : 0.83 * Number(first) * Number(second);
  return billions > 0 && billions < 20_000 ? billions : undefined;
}

/** What a setting for thinking in the name, and smaller weights, add to a model's ability and to the doubt about it. */
function otherThanPlain(
  read: ModelName,
  figures: AbilityFigures,
  model?: KnownModel,
): Pick<ModelAbility, 'ability' | 'deviation'> {
  const weights = lost.find(({ bits }) => (read.bits ?? 16) <= bits);
  const setting = read.optional.find(({ kind }) => kind === 'effort')?.text;
  const own = model && readModelName(model.name).optional.some(({ kind }) => kind === 'effort');
  const effort = setting === undefined || own === true ? 0 : effortFigure(setting, figures);
  return {
    ability: effort - (weights?.ability ?? 0),
    deviation: Math.hypot(weights?.deviation ?? 0, effort / 2),
  };
}

/** What weights of so few bits cost. The few figures there are don't tell 8 and 4 bits apart: these are cautious. */
const lost: readonly { readonly bits: number; readonly ability: number; readonly deviation: number }[] = [
  { bits: 2, ability: 0.45, deviation: 0.3 },
  { bits: 3, ability: 0.2, deviation: 0.2 },
  { bits: 4, ability: 0.08, deviation: 0.1 },
  { bits: 6, ability: 0.05, deviation: 0.05 },
  { bits: 8, ability: 0.03, deviation: 0.05 },
];

function effortFigure(setting: string, { efforts }: AbilityFigures): number {
  switch (setting) {
    case 'nonthinking':
    case 'instant':
      return efforts.none;
    case 'minimal':
    case 'low':
    case 'medium':
    case 'high':
      return efforts[setting];
    case 'xhigh':
      return efforts.high;
    default:
      return efforts.on;
  }
}

/** Words for what answers with or listens to something else than text, or judges: no name of such a model is a chat model's. */
const otherKinds = new Set([
  ...[
    'audio',
    'embed',
    'embedding',
    'embeddings',
    'guard',
    'image',
    'images',
    'live',
    'moderation',
    'music',
    'ocr',
  ],
  ...[
    'omnimoderation',
    'rerank',
    'reranker',
    'reward',
    'realtime',
    'safeguard',
    'speech',
    'transcribe',
    'translate',
  ],
  ...['tts', 'video', 'voice', 'whisper', 'dall', 'imagen', 'sora', 'veo', 'base'],
]);

function chats(name: string): boolean {
  const words =
    name
      .toLowerCase()
      .slice(-300)
      .match(/[a-z]+/g) ?? [];
  return kindOfGivenName(name.slice(-300)) === undefined && !words.some((word) => otherKinds.has(word));
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
