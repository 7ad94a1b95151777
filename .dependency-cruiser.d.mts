/** The rooms of the core, from the top. */
export const stair: readonly string[];
/** Those of them that don't know each other. */
export const aside: readonly string[];
