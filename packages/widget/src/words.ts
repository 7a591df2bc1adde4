import { type Translate, translator } from '@helpline/protocol/texts/translate.js';
import { type WidgetText, widgetTexts } from '@helpline/protocol/texts/widget.js';

/** How the widget speaks in one locale: its texts, times and days. */
export interface Words {
  t: Translate<WidgetText>;
  /** What the texts are really in, for the `lang` attribute: the page may be in a language we do not speak. */
  language: string;
  time(at: string): string;
  day(at: string): string;
  /** A day and a time of it. */
  moment(at: string): string;
  /** Roughly: nobody waits by the second. */
  duration(seconds: number): string;
  fileSize(bytes: number): string;
}

const spoken = new Map<string, Words>();

export function wordsFor(locale: string): Words {
  const words = spoken.get(locale) ?? speak(locale);
  spoken.set(locale, words);
  return words;
}

function speak(asked: string): Words {
  const t = translator(widgetTexts, asked.replaceAll('_', '-'));
  const language = t('widget.language');
  const locale = usableLocale(asked, language);
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const date = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const moment = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const inUnit = (unit: string, unitDisplay: 'short' | 'long' = 'short') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 0 });
  const [kilobytes, megabytes] = [inUnit('kilobyte'), inUnit('megabyte')];
  const [minutes, hours] = [inUnit('minute', 'long'), inUnit('hour', 'long')];
  return {
    t,
    language,
    time: (at) => clock.format(new Date(at)),
    day: (at) => {
      const days = daysFromToday(new Date(at));
      return days === 0 || days === -1 ? relative.format(days, 'day') : date.format(new Date(at));
    },
    moment: (at) => moment.format(new Date(at)),
    duration: (seconds) =>
      seconds < 3_600 ? minutes.format(Math.ceil(seconds / 60)) : hours.format(Math.round(seconds / 3_600)),
    fileSize: (bytes) =>
      bytes < 1_000_000 ? kilobytes.format(Math.max(1, bytes / 1000)) : megabytes.format(bytes / 1_000_000),
  };
}

/** Pages say `en_US` or worse, which Intl answers with an exception; and times should fit the texts around them. */
function usableLocale(asked: string, language: string): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(asked.replaceAll('_', '-'));
    return canonical?.split('-')[0] === language ? canonical : language;
  } catch {
    return language;
  }
}

function daysFromToday(date: Date): number {
  const midnight = (of: Date) => Date.UTC(of.getFullYear(), of.getMonth(), of.getDate());
  return (midnight(date) - midnight(new Date())) / 86_400_000;
}
