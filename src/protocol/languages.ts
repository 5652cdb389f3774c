/** ShopXO's languages: simplified Chinese, English, traditional Chinese, Spanish. */
export const LANGUAGES = ['zh', 'en', 'cht', 'spa'] as const;

export type Language = (typeof LANGUAGES)[number];

export const DEFAULT_LANGUAGE: Language = 'zh';

/** The language of a `lang` parameter; whatever is not one of ours means the default. */
export const toLanguage = (value: unknown): Language =>
  LANGUAGES.find((language) => language === value) ?? DEFAULT_LANGUAGE;
