// What things are called: actors, kinds of events, dates.
import {Actor, Brief, EventRecord, Interval, get} from './records';
import {language, strings, t} from './strings';

let countries: Record<string, string> = {};

export async function loadNames() {
  const {names} = await get<{names: Record<string, string>}>(`/api/names?lang=${language()}`);
  countries = names;
}

export const knownCodes = () => [...Object.keys(countries), ...Object.keys(strings().organisations)];

export const codeName = (code: string) =>
  countries[code] || strings().organisations[code] || code;

// By the country or organisation that an actor stands for, else by its own name. Codes of kinds of
// organisations (NGO, IMG ...) name nobody.
export function actorName(actor: Actor): string {
  const code = actor.code || '';
  const own = actor.name || actor.text;
  if (!countries[code] && code !== 'UNO' && code !== 'EUR') return own || (code && codeName(code)) || t('unknown');
  // A government speaks for its country; its rebels, courts and papers don't.
  const sectors = (actor.sectors || []).filter((sector) => sector !== 'GOV')
      .map((sector) => strings().sectors[sector] || sector);
  return codeName(code) + (sectors.length > 0 ? ` (${sectors.join(', ')})` : '');
}

export const actorNames = (actors: Actor[] | undefined) =>
  [...new Set((actors || []).map(actorName))].join(', ');
// The same, of those who act: where nobody is named, somebody did.
export const doers = (actors: Actor[] | undefined) => actorNames(actors) || t('unknown');

// "Jonas Lie, Foreign Minister": what the report calls an actor, where that says more.
export function actorWords(actor: Actor): string {
  const own = actor.name || actor.text || '';
  return [own === actorName(actor) ? '' : own, actor.role && !own.includes(actor.role) ? actor.role : '']
      .filter(Boolean).join(', ');
}

// A report's title, or how it begins; else where it came from.
export function titleOf(article: Brief & {blocks?: {text: string}[]; input?: string}): string {
  const begins = Array.from(article.blocks?.[0]?.text || '');
  return article.title || (begins.length > 90 ? `${begins.slice(0, 90).join('').replace(/\s+\S*$/, '')} …` : begins.join('')) ||
      article.url || article.input || t('untitled');
}

export const label = (word: string) => strings().labels[word] || word.replace(/_/g, ' ');
// A mode or a context.
export const codeWord = (word: string) => strings().codes[word] || word.replace(/_/g, ' ');
export const typeName = (type: string) => strings().types[type] || type;
export const kindOf = (event: EventRecord) =>
  typeName(event.event_type) + (event.mode ? ` · ${codeWord(event.mode)}` : '');
export const quadName = (quad: number) => strings().quads[quad] || '';
export const signed = (value: number) =>
  (value > 0 ? '+' : value < 0 ? '−' : '') + Math.abs(value).toLocaleString(language(), {maximumFractionDigits: 1});

// "2024-05-01" -> "1 May 2024", with no more precision than is given.
export function dateText(date: string | null | undefined): string {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(date || '');
  if (!parts) return date || '';
  const when = new Date(Date.UTC(Number(parts[1]), Number(parts[2] || 1) - 1, Number(parts[3] || 1)));
  return new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language(), {
    timeZone: 'UTC',
    year: 'numeric',
    month: parts[2] ? 'long' : undefined,
    day: parts[3] ? 'numeric' : undefined,
  }).format(when);
}

export function intervalText(interval: Interval | undefined): string {
  if (!interval) return '';
  const from = interval.from || '', to = interval.to || '';
  if (from === to || !to) return dateText(from);
  return from ? `${dateText(from)} – ${dateText(to)}` : dateText(to);
}

// "14:30" of an RFC 3339 time, as it is written there.
export const clockText = (time: string | undefined) => (/T(\d\d:\d\d)/.exec(time || '') || ['', ''])[1];

// The day that an event is drawn at; null where none is known.
export function dayOf(event: EventRecord): Date | null {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(event.date?.from || event.date?.to || '');
  return parts && new Date(Date.UTC(Number(parts[1]), Number(parts[2] || 1) - 1, Number(parts[3] || 1)));
}
export const isoDay = (date: Date) => date.toISOString().slice(0, 10);
