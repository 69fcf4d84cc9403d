/** Languages of films as the site's film API names them, where they are spoken, and how often. */

import { aliasTable } from '../alias-table.js';

export interface Language {
  /** As the site writes it: ISO 639-1, but for Cantonese. */
  readonly code: string;
  /** In itself. */
  readonly name: string;
  /** Two letters (ISO 3166-1): where its films are made. */
  readonly country: string;
  /** Films of a sample of the real catalogue. */
  readonly films: number;
}

const languages: readonly Language[] = [
  { code: 'en', name: 'English', country: 'US', films: 3693 },
  { code: 'fr', name: 'Français', country: 'FR', films: 278 },
  { code: 'ja', name: '日本語', country: 'JP', films: 178 },
  { code: 'it', name: 'Italiano', country: 'IT', films: 109 },
  { code: 'de', name: 'Deutsch', country: 'DE', films: 102 },
  { code: 'es', name: 'Español', country: 'ES', films: 100 },
  { code: 'zh', name: '普通话', country: 'CN', films: 54 },
  { code: 'sv', name: 'svenska', country: 'SE', films: 53 },
  { code: 'cn', name: '广州话', country: 'HK', films: 43 },
  { code: 'ko', name: '한국어', country: 'KR', films: 40 },
  { code: 'ru', name: 'Pусский', country: 'RU', films: 36 },
  { code: 'hi', name: 'हिन्दी', country: 'IN', films: 34 },
];
const everywhere = aliasTable(languages.map(({ films }) => films));
/** English is left to the British: what the lists of American films lack is mostly foreign. */
const abroad = aliasTable(languages.map(({ code, films }) => (code === 'en' ? films / 8 : films)));

export const languageOf = (code: string): Language => languages.find((language) => language.code === code)!;

/** @param origin a film of the American lists is in English */
export function pickLanguage(uniform: number, origin: 'american' | 'not american' | 'unknown'): string {
  if (origin === 'american') return 'en';
  return languages[(origin === 'unknown' ? everywhere : abroad).pick(uniform)]!.code;
}
