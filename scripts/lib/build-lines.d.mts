export const beginLine: string;
/** `wrong`: files that can't be built. */
export function endLine(wrong: number, tookS: number): string;
export function buildErrorLines(
  errors: readonly {
    readonly message: string;
    readonly moduleName?: string;
    readonly loc?: string;
  }[],
): readonly string[];
