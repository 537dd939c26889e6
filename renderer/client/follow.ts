import type { CallError, Result } from '../../shared/result.ts';
import { answerOf } from './answer-of.ts';

/** A state that main owns: asked for once, then pushed with each change. */
export interface Followed<T> {
  state(): Promise<Result<T>>;
  changed(listener: (state: T) => void): () => void;
}

/** Takes what is learnt of it. */
export interface Follower<T> {
  receive(state: T): void;
  fail(error: CallError): void;
}

/** Subscribes first, then asks, so that no change is missed; returns its undo. */
export function follow<T>(followed: Followed<T>, follower: Follower<T>): () => void {
  let isOver = false;
  let pushed = false;
  const forgetPushes = followed.changed((state) => {
    pushed = true;
    follower.receive(state);
  });
  void answerOf(followed.state()).then((result) => {
    // Every change is pushed, so an answer that a push has overtaken can only be older.
    if (isOver || pushed) return;
    if (result.ok) follower.receive(result.value);
    else follower.fail(result.error);
  });
  return () => {
    isOver = true;
    forgetPushes();
  };
}
