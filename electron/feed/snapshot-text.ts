import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { snapshotDocument } from './documents.ts';

/** The document of `/v1/snapshot` as JSON. The snapshot in it is written once, however many ask. */
export class SnapshotText {
  #held: { readonly snapshot: Snapshot; readonly text: string } | null = null;

  of(state: MonitorState, snapshot: Snapshot | null): string {
    const { snapshot: _written, ...head } = snapshotDocument(state, snapshot);
    return `${JSON.stringify(head).slice(0, -1)},"snapshot":${this.#textOf(snapshot)}}`;
  }

  #textOf(snapshot: Snapshot | null): string {
    if (snapshot === null) return 'null';
    if (this.#held?.snapshot !== snapshot) {
      this.#held = { snapshot, text: JSON.stringify(snapshot) };
    }
    return this.#held.text;
  }
}
