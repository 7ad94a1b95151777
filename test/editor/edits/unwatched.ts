import type { EditWatch } from '../../../src/editor/edits/edit-watch';

/** Of an edit whose fate nobody tells. */
export const unwatched: EditWatch = {
  changed: () => undefined,
  takenBack: () => undefined,
  saved: () => undefined,
  gone: () => undefined,
  isOver: () => false,
  dispose: () => undefined,
};
