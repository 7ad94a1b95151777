/**
 * The column of decisions' ids. A UUID, which they are, takes 16 bytes instead of 36, three times a decision and again in
 * the index; any other id is its text.
 */
export function toIdColumn(id: string): Uint8Array | string {
  return isUuid(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : id;
}

/** Undefined where the column holds neither. */
export function fromIdColumn(column: unknown): string | undefined {
  if (typeof column === 'string') return column;
  if (!(column instanceof Uint8Array) || column.length !== 16) return undefined;
  const hex = Buffer.from(column.buffer, column.byteOffset, column.length).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
}
