/** An event that is kept for who listens later. */
export interface HeldEvent<Value> {
  tell(value: Value): void;
  /** Called with what was told last, too. */
  listen(listener: (value: Value) => void): () => void;
}

export function heldEvent<Value>(): HeldEvent<Value> {
  const listeners = new Set<(value: Value) => void>();
  let held: { readonly value: Value } | undefined;
  return {
    tell: (value) => {
      held = { value };
      for (const listener of listeners) listener(value);
    },
    listen: (listener) => {
      listeners.add(listener);
      if (held !== undefined) listener(held.value);
      return () => void listeners.delete(listener);
    },
  };
}
