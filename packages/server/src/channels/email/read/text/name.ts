/** Could this line be somebody's name, and nothing else: "Ana", "Ana M. Fox", "Prof. Ben van der Hill, Ph.D."? */
export function isName(line: string): boolean {
  const text = line.trim();
  return text.length <= 50 && (cased.test(text) || uncased.test(text));
}

const cased =
  /^\p{Lu}[\p{L}'’.-]{0,25}(\s(\p{Lu}[\p{L}'’.-]{0,25}|von|van|der|den|de|da|di|del|la|le|bin|al)){0,4}(,\s?\p{Lu}[\p{L}.]{1,10})?$/u;

/** Scripts without capitals write names in few letters. A Korean signs as "… 드림". */
const uncased =
  /^([\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]{2,6}( (드림|올림|배상))?|[\p{Script=Arabic}\p{Script=Hebrew}]{2,12}(\s[\p{Script=Arabic}\p{Script=Hebrew}]{2,12})?)$/u;
