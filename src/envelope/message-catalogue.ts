import i18next from 'i18next';

/** ShopXO's languages: simplified Chinese, English, traditional Chinese, Spanish. */
export const LANGUAGES = ['zh', 'en', 'cht', 'spa'] as const;

export type Language = (typeof LANGUAGES)[number];

export const DEFAULT_LANGUAGE: Language = 'zh';

/** The language of a `lang` parameter; whatever is not one of ours means the default. */
export const toLanguage = (value: unknown): Language =>
  LANGUAGES.find((language) => language === value) ?? DEFAULT_LANGUAGE;

/** Names one text of one catalogue, e.g. `personal:saved`. */
export type MessageKey = `${string}:${string}`;

/** Values for a text's `{{placeholders}}`; a value that is itself a message key is translated. */
export type MessageArguments = Readonly<Record<string, string | number>>;

/** A catalogue's texts in every language, from its `locales` folder. */
export type Catalogue<Key extends string> = Readonly<
  Record<Language, Readonly<Record<Key, string>>>
>;

const i18n = i18next.createInstance();
void i18n.init({
  initAsync: false,
  resources: {},
  ns: [],
  fallbackLng: false,
  keySeparator: false,
  interpolation: { escapeValue: false, skipOnVariables: true },
});

/**
 * Registers a module's texts. The compiler refuses a key that one of the languages lacks.
 *
 * @param namespace the module's name; unique in the service
 * @returns gives the full key of one of these texts
 */
export function defineMessages<Key extends string>(
  namespace: string,
  catalogue: Catalogue<Key>,
): (key: Key) => MessageKey {
  for (const language of LANGUAGES) {
    i18n.addResourceBundle(language, namespace, catalogue[language]);
  }
  return (key) => `${namespace}:${key}`;
}

/** Whether a text is the key of a registered text. */
export const isMessageKey = (text: string): text is MessageKey =>
  i18n.exists(text, { lng: LANGUAGES[0] });

/** Texts that have been asked for without values; there are only so many. */
const plainTexts = new Map<string, string>();

/** The text of a key in a language, its placeholders filled. */
export function translate(language: Language, key: MessageKey, args?: MessageArguments): string {
  return args ? i18n.t(key, { lng: language, ...args }) : plainText(language, key);
}

function plainText(language: Language, key: MessageKey): string {
  const name = `${language} ${key}`;
  const known = plainTexts.get(name);
  if (known !== undefined) return known;
  const text = i18n.t(key, { lng: language });
  plainTexts.set(name, text);
  return text;
}

/** Every registered text: language → namespace → key → text. For the tests of completeness. */
export function registeredMessages(): Record<string, Record<string, Record<string, string>>> {
  return i18n.store.data as Record<string, Record<string, Record<string, string>>>;
}
