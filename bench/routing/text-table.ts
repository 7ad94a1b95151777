/** First column to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** `+0.0120 [-0.0010, +0.0250]`; a dash where nothing is known. */
export function bounds(value: number, lower: number, upper: number): string {
  return Number.isFinite(value) ? `${signed(value)} [${signed(lower)}, ${signed(upper)}]` : '–';
}

export function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${fixed(value, 4)}`;
}

/** A dash for what can't be known, such as the spread of a single seed. */
export function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

/** As it was given: `5 %`, `0.5 %`. */
export function exactPercent(share: number): string {
  return `${String(Number((share * 100).toPrecision(6)))} %`;
}
