/** For which messages this agent asked for the pictures of other servers. Each is asked for by itself. */
const setting = 'helpline.images-asked';
const most = 500;

export const mayShowImages = (entryId: string): boolean => asked().includes(entryId);

export function rememberImages(entryId: string): void {
  const others = asked().filter((id) => id !== entryId);
  localStorage.setItem(setting, [...others, entryId].slice(-most).join(' '));
}

const asked = (): string[] => (localStorage.getItem(setting) ?? '').split(' ').filter(Boolean);
