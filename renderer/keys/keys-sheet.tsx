import { canAct } from '../client/bridge.ts';
import { type CommandState, commandsOf } from './commands.ts';
import { KeyCaps } from './key-caps.tsx';
import { ModalDialog } from './modal-dialog.tsx';

const listed = commandsOf(canAct).filter(
  ({ keys, otherKeys }) => keys.length + otherKeys.length > 0,
);
const groups = [...new Set(listed.map(({ group }) => group))];

interface Props {
  state: CommandState;
  onClose: () => void;
}

/** All keys that there are, by what they are for. */
export function KeysSheet({ state, onClose }: Props) {
  return (
    <ModalDialog className="keys-sheet" label="Keys" onClose={onClose}>
      <form method="dialog">
        <header>
          <h2>Keys</h2>
          <button type="submit" className="action">
            Close
          </button>
        </header>
        <div className="key-groups">
          {groups.map((group) => (
            <section key={group} aria-label={group}>
              <h3>{group}</h3>
              <dl>
                {listed
                  .filter((command) => command.group === group)
                  .map(({ id, label, keys, otherKeys }) => (
                    <div key={id}>
                      <dt>{label(state)}</dt>
                      <dd>
                        <KeyCaps keys={[...keys, ...otherKeys]} />
                      </dd>
                    </div>
                  ))}
              </dl>
            </section>
          ))}
        </div>
      </form>
    </ModalDialog>
  );
}
