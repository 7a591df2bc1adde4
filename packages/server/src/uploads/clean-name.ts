const mostCharacters = 150;

/** Pure. What a file may be called wherever it is saved: no folder, nothing that can't be seen, nothing that a system keeps for itself. */
export function cleanName(given: string): string {
  const name = given
    .normalize('NFC')
    .replace(/^.*[/\\]/su, '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  return shortened(name) || 'file';
}

/** The end says what it is, so it stays. */
function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= mostCharacters) return name;
  const ending = [...(/\.[^.]{1,10}$/u.exec(name)?.[0] ?? '')];
  return [...characters.slice(0, mostCharacters - ending.length), ...ending].join('');
}
