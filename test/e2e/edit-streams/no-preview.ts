import type { ProposalPreview } from '../../../src/editor/edits/proposal-preview';

/** In the place of the diff, which takes longer to open than all the rest, and writes nothing. */
export function createProposalPreview(): ProposalPreview {
  return {
    show: () => Promise.resolve(),
    update: () => undefined,
    hide: () => Promise.resolve(),
    dispose: () => undefined,
  };
}
