import { confirm } from '../notify';

/** Asks whether a request may go over the user's own cost caps this once. */
export function agreeToCost(question: string): Promise<boolean> {
  return confirm('This request would go over your cost limit.', question, 'Ask Anyway');
}
