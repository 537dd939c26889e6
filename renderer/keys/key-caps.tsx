import { Fragment } from 'react';
import { keyCaps } from './commands.ts';

const isMac = navigator.userAgent.includes('Mac OS');

/** Keys as caps, `t then d` or `Ctrl K`; several ways are parted by "or". */
export function KeyCaps({ keys }: { keys: readonly string[] }) {
  return keys.map((each, way) => (
    <Fragment key={each}>
      {way === 0 ? null : ' or '}
      {keyCaps(each, isMac).map((cap, index) => (
        <Fragment key={cap}>
          {index === 0 ? null : each.includes(' ') ? ' then ' : ' '}
          <kbd>{cap}</kbd>
        </Fragment>
      ))}
    </Fragment>
  ));
}
