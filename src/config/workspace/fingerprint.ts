import { isJsonObject } from '../../core/terms/tools';
import { createHash } from 'node:crypto';

/** A short name of a value's whole content: any other content has another one. The order of keys doesn't count. */
export function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

/** JSON with sorted keys. A value that was read from YAML has no cycles. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (!isJsonObject(value)) return String(value);
  const entries = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${entries.join(',')}}`;
}
