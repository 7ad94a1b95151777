import type { LedgerEntry } from '../../core/terms/ledger-entry';
import { parseEntry } from '../entry-schema';
import type { PackedField, PackedFields } from './packed-fields';
import { packedKinds } from './packed-fields';
import { numbersOf, sparseOf } from './sparse-numbers';

/**
 * An entry in the columns of a row. The payload is JSON with short names, without what is usual; the schema's views say
 * it in long ones, and docs/decisions/0037-the-ledgers-file.md has them all. A field that the table doesn't know, of a
 * version that is newer or older, keeps its own name.
 */
export interface PackedEntry {
  readonly kind: string;
  readonly decisionId: string;
  readonly payload: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * `rounded`: numbers lose the digits that mean nothing. What is stored for the first time is rounded; what was stored
 * before stays what it was.
 */
export function packEntry(entry: LedgerEntry, rounded: boolean): PackedEntry {
  const { fields, idField } = packedKinds[entry.kind];
  const { [idField]: id, ...content } =
    (entry as unknown as Readonly<Record<string, Fields>>)[entry.kind] ?? {};
  const decisionId = String(id);
  // Its column may not give back any other text as it was.
  const own = isPlain(decisionId) ? {} : { [idField]: decisionId };
  const payload = JSON.stringify({ ...packed(content, fields, rounded), ...own });
  return { kind: entry.kind, decisionId, payload };
}

/** Undefined where it isn't one that this version understands. Also reads the payloads of version 1, which were whole entries. */
export function unpackEntry({ kind, decisionId, payload }: PackedEntry): LedgerEntry | undefined {
  const content = objectFrom(payload);
  if (content === undefined) return undefined;
  if ('kind' in content) return parseEntry(content);
  if (!isKind(kind)) return undefined;
  const { fields, idField } = packedKinds[kind];
  return parseEntry({ kind, [kind]: { [idField]: decisionId, ...unpacked(content, fields) } });
}

function isKind(kind: string): kind is keyof typeof packedKinds {
  return Object.hasOwn(packedKinds, kind);
}

/** Printable ASCII: any column gives it back as it was. */
function isPlain(text: string): boolean {
  return /^[ -~]+$/.test(text);
}

function objectFrom(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function packed(content: Fields, fields: PackedFields, rounded: boolean): Fields {
  return Object.fromEntries(
    Object.entries(content).flatMap(([name, value]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (field === undefined) return [[name, value]];
      if (value === undefined || isUsual(value, field)) return [];
      return [[field.as, packedValue(value, field, rounded)]];
    }),
  );
}

function isUsual(value: unknown, { usually }: PackedField): boolean {
  if (usually === undefined || typeof value !== typeof usually) return false;
  return value === usually || (isSmall(value) && JSON.stringify(value) === JSON.stringify(usually));
}

/** Only an empty list or an object of one field can be usual. */
function isSmall(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length <= 1;
}

function packedValue(value: unknown, field: PackedField, rounded: boolean): unknown {
  if (field.sparse === true && Array.isArray(value)) {
    return sparseOf(
      value.map((each: unknown) => roundedTo(each, rounded ? field.digits : undefined) as number),
    );
  }
  const { of } = field;
  if (of !== undefined && Array.isArray(value))
    return value.map((each: unknown) => (isObject(each) ? packed(each, of, rounded) : each));
  if (of !== undefined && isObject(value)) return packed(value, of, rounded);
  return roundedTo(value, rounded ? field.digits : undefined);
}

function roundedTo(value: unknown, digits: number | undefined): unknown {
  if (digits === undefined || typeof value !== 'number' || Number.isInteger(value)) return value;
  return Number(value.toPrecision(digits));
}

function unpacked(content: Fields, fields: PackedFields): Fields {
  const values: Record<string, unknown> = {};
  const known = new Set<string>();
  for (const [name, field] of Object.entries(fields)) {
    known.add(field.as);
    if (Object.hasOwn(content, field.as)) values[name] = unpackedValue(content[field.as], field);
    else if (field.usually !== undefined) values[name] = field.usually;
  }
  const others = Object.entries(content).filter(([name]) => !known.has(name));
  return { ...Object.fromEntries(others), ...values };
}

function unpackedValue(value: unknown, { of, sparse }: PackedField): unknown {
  if (sparse === true) return numbersOf(value);
  if (of !== undefined && Array.isArray(value))
    return value.map((each: unknown) => (isObject(each) ? unpacked(each, of) : each));
  return of !== undefined && isObject(value) ? unpacked(value, of) : value;
}
