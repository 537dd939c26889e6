import type { Result } from '../../shared/result.ts';

/** A call that broke on its way is a failed call like any other. */
export async function answerOf<T>(answer: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await answer;
  } catch {
    return {
      ok: false,
      error: { code: 'internal', message: 'The monitoring process did not answer.' },
    };
  }
}
