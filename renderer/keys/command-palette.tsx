import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { canAct } from '../client/bridge.ts';
import { type CommandActions, type CommandState, commandsOf } from './commands.ts';
import { KeyCaps } from './key-caps.tsx';
import { ModalDialog } from './modal-dialog.tsx';
import { goToSection, sectionsOfPage } from './page-focus.ts';
import { filterEntries, type Searchable } from './palette-filter.ts';

interface Props {
  actions: CommandActions;
  state: CommandState;
  onClose: () => void;
}

interface Entry extends Searchable {
  readonly id: string;
  readonly keys: readonly string[];
  readonly isOn: boolean;
  readonly run: () => void;
}

/** All commands that can be run here, and the parts of the view, found by typing. */
export function CommandPalette({ actions, state, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const sections = useMemo(sectionsOfPage, []);
  const entries = [...commandEntries(actions, state), ...sectionEntries(sections)];
  const found = filterEntries(entries, query);
  const listId = useId();
  const choose = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    // Closed first: it gives the focus back, and what runs may take it elsewhere.
    dialog.current?.close();
    entry.run();
  };
  const search = (text: string): void => {
    setQuery(text);
    setActive(0);
  };
  return (
    <ModalDialog
      className="command-palette"
      label="Command palette"
      dialogRef={dialog}
      onClose={onClose}
    >
      <div className="palette-content">
        <SearchField
          {...{ query, active, listId, count: found.length }}
          onSearch={search}
          onMove={setActive}
          onEnter={() => choose(found[active])}
        />
        <EntryList id={listId} entries={found} active={active} onChoose={choose} />
        <p className="palette-empty" role="status">
          {found.length === 0 ? 'No command of that name' : ''}
        </p>
      </div>
    </ModalDialog>
  );
}

interface FieldProps {
  query: string;
  active: number;
  count: number;
  listId: string;
  onSearch: (text: string) => void;
  onMove: (active: number) => void;
  onEnter: () => void;
}

/** The field keeps the focus; the arrow keys move the choice in the list that it controls. */
function SearchField({ query, active, count, listId, onSearch, onMove, onEnter }: FieldProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const next = nextIndex(event.key, active, count);
    if (next === null && event.key !== 'Enter') return;
    event.preventDefault();
    if (next === null) onEnter();
    else onMove(next);
  };
  return (
    <input
      type="text"
      role="combobox"
      aria-label="Command"
      aria-expanded="true"
      aria-autocomplete="list"
      aria-controls={listId}
      aria-activedescendant={count === 0 ? undefined : `${listId}-${active}`}
      placeholder="Find a command"
      autoComplete="off"
      spellCheck={false}
      value={query}
      onChange={(event) => onSearch(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}

interface ListProps {
  id: string;
  entries: readonly Entry[];
  active: number;
  onChoose: (entry: Entry) => void;
}

function EntryList({ id, entries, active, onChoose }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div id={id} ref={list} role="listbox" aria-label="Commands" tabIndex={-1}>
      {entries.map((entry, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and takes Enter.
        <div
          key={entry.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // Pressing must not take the focus from the field.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(entry)}
        >
          <span>
            {entry.label}
            {entry.isOn ? <span className="dim"> {'\u2713'} in effect</span> : null}
          </span>
          <span className="dim">
            <KeyCaps keys={entry.keys} />
          </span>
        </div>
      ))}
    </div>
  );
}

/** Where a key moves the choice to, round the ends; null for keys that do not move it. */
function nextIndex(key: string, active: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (active + 1) % count;
    case 'ArrowUp':
      return (active - 1 + count) % count;
    default:
      return null;
  }
}

const commandEntries = (actions: CommandActions, state: CommandState): Entry[] =>
  commandsOf(canAct).flatMap(({ id, group, label, keys, otherKeys, run, isOn }) =>
    run === null || id === 'palette'
      ? []
      : [
          {
            id,
            group,
            label: label(state),
            keys: [...keys, ...otherKeys],
            isOn: isOn?.(state) ?? false,
            run: () => run(actions, state),
          },
        ],
  );

const sectionEntries = (sections: ReturnType<typeof sectionsOfPage>): Entry[] =>
  sections.map((section, index) => ({
    id: `section-${index}`,
    group: 'Go to',
    label: `Go to ${section.name}`,
    keys: [],
    isOn: false,
    run: () => goToSection(section),
  }));
