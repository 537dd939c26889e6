/** Why there is no feed; the message is a sentence for a person. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
}
