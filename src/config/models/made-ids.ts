/** What an id can be made from. */
export interface Unnamed {
  readonly pool: string;
  readonly model: string;
  /** Where it is served: tells two deployments of a model in one pool apart. */
  readonly host: string;
}

/**
 * Ids for models that have none: the model's own name where no other model could have it, else with its pool, else
 * with its host too. None depends on the order of the file, but for models that are alike in all three: those are
 * counted. `taken` are the ids that can't be used again.
 */
export function makeIds(models: readonly Unnamed[], taken: ReadonlySet<string>): readonly string[] {
  const used = new Set(taken);
  const ids: (string | undefined)[] = models.map(() => undefined);
  for (const nameAt of levels) {
    const names = models.map(nameAt);
    const open = names.filter((_name, index) => ids[index] === undefined);
    const counts = new Map<string, number>();
    for (const name of open) counts.set(name, (counts.get(name) ?? 0) + 1);
    const free = new Set(open.filter((name) => !used.has(name) && counts.get(name) === 1));
    for (const [index, name] of names.entries()) {
      if (ids[index] !== undefined || !free.has(name)) continue;
      ids[index] = name;
      used.add(name);
    }
  }
  const counted = new Map<string, number>();
  return ids.map((id, index) => {
    if (id !== undefined) return id;
    const model = models[index];
    const base = model === undefined ? 'model' : byHost(model);
    let count = (counted.get(base) ?? 0) + 1;
    while (used.has(`${base}-${count}`)) count += 1;
    counted.set(base, count);
    used.add(`${base}-${count}`);
    return `${base}-${count}`;
  });
}

const byPool = ({ pool, model }: Unnamed): string => `${pool}/${model}`;
const byHost = (unnamed: Unnamed): string => `${byPool(unnamed)}@${unnamed.host}`;
const levels: readonly ((unnamed: Unnamed) => string)[] = [({ model }) => model, byPool, byHost];
