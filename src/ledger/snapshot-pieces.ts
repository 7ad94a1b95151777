/** Part of what is saved, with the names on the way to it. */
export type Piece = readonly [way: string, value: unknown];

/** Names are those of fields, which have none of these. */
const between = '/';
/** Below that there are few values, or many alike. */
const deepest = 3;

/** Splits what is saved into its fields and theirs: each is so small that it is written and read in a moment. */
export function piecesOf(state: object): readonly Piece[] {
  return fieldsOf(state, '', 1);
}

function fieldsOf(of: object, before: string, depth: number): readonly Piece[] {
  return Object.entries(of).flatMap(([name, value]: [string, unknown]): readonly Piece[] => {
    const way = `${before}${name}`;
    return depth < deepest && isPlain(value) && Object.keys(value).length > 0
      ? fieldsOf(value, `${way}${between}`, depth + 1)
      : [[way, value]];
  });
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Adds a piece to what the others were put together to. */
export function putPiece(into: object, [way, value]: Piece): void {
  const names = way.split(between);
  const last = names.pop() ?? '';
  let at: object = into;
  for (const name of names) {
    const there: unknown = Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined;
    const next: object = isPlain(there) ? there : {};
    put(at, name, next);
    at = next;
  }
  put(at, last, value);
}

/** As a field of its own, whatever its name. */
function put(into: object, name: string, value: unknown): void {
  Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true });
}
