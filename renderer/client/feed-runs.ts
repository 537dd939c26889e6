import type { MonitorState } from '../../shared/monitor-state.ts';

// More snapshots than one run of Plumbline makes.
const runLength = 2 ** 40;

/**
 * Each run of Plumbline counts its snapshots from 1. The same number in another run means other figures,
 * so each run that this page sees gets a range of numbers of its own: figures on screen are never taken
 * for confirmed by a run that did not make them.
 */
export class FeedRuns {
  #epoch: string | null = null;
  #run = 0;

  /** Takes the id of an event, `epoch-seq`: another epoch is another run. */
  note(id: string | undefined): void {
    const epoch = id?.slice(0, id.lastIndexOf('-'));
    if (epoch === undefined || epoch === this.#epoch) return;
    this.#epoch = epoch;
    this.#run += 1;
  }

  /** A state of the present run, numbered for this page; 0 stays: there are no figures. */
  numbered(state: MonitorState): MonitorState {
    if (state.sequence === 0) return state;
    return { ...state, sequence: this.#run * runLength + state.sequence };
  }
}
