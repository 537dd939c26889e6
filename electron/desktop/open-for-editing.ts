import { shell } from 'electron';

/** Opens a file in the program that this desktop has for it, or shows it in its folder. */
export async function openForEditing(path: string): Promise<void> {
  const problem = await shell.openPath(path);
  if (problem !== '') shell.showItemInFolder(path);
}
