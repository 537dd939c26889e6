import { Menu } from 'electron';
import {
  applicationMenu,
  type MenuActions,
  type MenuPlace,
  type MenuState,
  tickedItems,
} from './menu.ts';

/** Shows the menu; what is returned makes its ticks those of another state. */
export function showMenu(
  actions: MenuActions,
  place: MenuPlace,
  state: MenuState,
): (state: MenuState) => void {
  const menu = Menu.buildFromTemplate(applicationMenu(actions, place, state));
  Menu.setApplicationMenu(menu);
  // In place: a menu that is made anew closes under the hand that holds it open.
  return (changed) => {
    const ticked = tickedItems(changed);
    for (const item of everyItem(menu)) {
      // A radio item that is ticked takes the tick from its neighbours by itself.
      if (item.type === 'radio' && ticked.has(item.id)) item.checked = true;
      if (item.type === 'checkbox') item.checked = ticked.has(item.id);
    }
  };
}

const everyItem = (menu: Menu): Electron.MenuItem[] =>
  menu.items.flatMap((item) => [
    item,
    ...(item.submenu === undefined || item.submenu === null ? [] : everyItem(item.submenu)),
  ]);
