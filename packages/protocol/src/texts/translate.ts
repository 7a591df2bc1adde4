/** The languages every text of ours is kept in. The first is what anybody gets who speaks none of them. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** The texts of one surface: every key in every language. `{name}` in a text is filled in. */
export type Catalogue<Key extends string> = Record<Language, Record<Key, string>>;

export type Translate<Key extends string> = (key: Key, values?: Record<string, string | number>) => string;

/** `locale` as browsers give it ("de-AT"). */
export function translator<Key extends string>(catalogue: Catalogue<Key>, locale: string): Translate<Key> {
  const language = languages.find((one) => locale.toLowerCase().split('-')[0] === one) ?? languages[0];
  return (key, values = {}) =>
    catalogue[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
