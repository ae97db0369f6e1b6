// What several views show: rows of events, a filter form, links to files.
import {Child, h} from './dom';
import {actorName, actorNames, dateText, doers, intervalText, isoDay, kindOf, label, dayOf, quadName, signed, titleOf} from './labels';
import {Brief, Commitment, EventRecord} from './records';
import {reviewBadge} from './review';
import {count, language, strings, t} from './strings';

export const hint = (text: string) => h('p', {class: 'hint'}, text);

// A line of small facts, those that there are.
export function meta(...parts: Child[]): HTMLElement {
  return h('p', {class: 'meta', lang: language()},
      parts.filter(Boolean).flatMap((part, i) => (i ? [' · ', part] : [part])));
}

export const eventId = (event: EventRecord) => event.chronicle_id || event.id;

export function between(event: EventRecord): HTMLElement {
  return h('span', {class: 'between'}, doers(event.actor),
      event.recipient.length > 0 && [h('span', {class: 'arrow', 'aria-label': '→'}, ' → '), actorNames(event.recipient)]);
}

export const dot = (quad: number | undefined) =>
  h('span', {class: `dot quad${quad || 0}`, title: quadName(quad || 0), role: 'img', 'aria-label': quadName(quad || 0)});

// One line of a list of events. Without `linked` the event has no page of its own.
export function eventRow(event: EventRecord, {linked = true, dated = false, extra = [] as Child[]} = {}) {
  const reports = event.evidence ? new Set(event.evidence.map((piece) => piece.article)).size : 0;
  const head = [between(event)];
  return h('li', {class: `event ${event.status}`, 'data-event': eventId(event)},
      dot(event.quad_category),
      h('div', {class: 'body'},
          h('p', {class: 'line'},
              linked ? h('a', {href: `/events/${encodeURIComponent(eventId(event))}`, class: 'who'}, head) :
                       h('span', {class: 'who'}, head),
              h('span', {class: 'kind'}, kindOf(event)),
              event.status !== 'asserted' && h('span', {class: 'badge'}, label(event.status)),
              reviewBadge(event.review)),
          event.sentence?.text && h('p', {class: 'quote'}, event.sentence.text),
          meta(dated && intervalText(event.date),
              event.goldstein !== undefined && h('span', {title: t('goldstein')}, signed(event.goldstein)),
              reports > 1 && count('n_reports', reports),
              event.background && t('background'),
              ...extra)));
}

// Events under a heading for each day.
export function eventList(events: EventRecord[]): HTMLElement {
  const list = h('div', {class: 'days'});
  let at = '\n';
  let rows: HTMLElement | null = null;
  for (const event of events) {
    const day = dayOf(event) ? intervalText({from: event.date?.from || event.date?.to}) : '';
    if (day !== at || !rows) {
      at = day;
      rows = h('ol', {class: 'events'});
      const date = dayOf(event);
      list.append(h('section', {class: 'day'},
          h('h3', {}, date ? h('time', {datetime: isoDay(date)}, day) : t('undated')), rows));
    }
    rows.append(eventRow(event));
  }
  return list;
}

export const byline = (article: Brief) => [article.publisher, dateText(article.published),
  article.place].filter(Boolean).join(' · ');

export function reportLine(article: Brief): HTMLElement {
  return h('li', {}, h('a', {href: `/reports/${encodeURIComponent(article.id)}`, lang: article.lang || null},
      titleOf(article)), h('span', {class: 'meta'}, byline(article)));
}

export function partiesLine(commitment: Commitment): HTMLElement {
  const of = (bound: boolean) => [...new Set(commitment.parties
      .filter((party) => (party.role === 'bound') === bound)
      .map((party) => actorName(party.actor) +
          (bound || party.role === 'toward' ? '' : ` (${label(party.role)})`)))].join(', ');
  const toward = of(false);
  return h('span', {class: 'between'}, of(true) || t('unknown'),
      toward && [h('span', {class: 'arrow', 'aria-label': '→'}, ' → '), toward]);
}

// Links to the same records as files.
export function downloads(path: string, query: URLSearchParams): Child[] {
  const link = (format: string, name: string) => {
    const parameters = new URLSearchParams(query);
    parameters.set('format', format);
    return h('a', {href: `${path}?${parameters}`, download: true}, name);
  };
  return [`${t('export')}: `, link('csv', 'CSV'), ' ', link('jsonl', 'JSONL')];
}

export interface Field {
  name: string;
  label: string;
  type?: 'date' | 'code' | 'flag' | 'place';
  value: string;
  options?: [string, string][];
}

// The choice that every list of reviewed records has.
export const acceptedOnly = (filters: URLSearchParams): Field =>
  ({name: 'accepted', label: t('accepted_only'), type: 'flag', value: filters.get('accepted') || ''});

// A row of fields; `go` gets the address's new parameters.
export function filterForm(fields: Field[], go: (query: URLSearchParams) => void): HTMLFormElement {
  const form = h('form', {class: 'filter', role: 'search', on: {submit: (event: Event) => {
    event.preventDefault();
    const query = new URLSearchParams();
    const data = new FormData(form);
    for (const {name, type} of fields) {
      if (query.has(name)) continue;
      for (const value of data.getAll(name)) {
        const text = type === 'code' ? String(value).trim().toUpperCase() : String(value).trim();
        if (text) query.append(name, text);
      }
    }
    go(query);
  }}});
  for (const field of fields) {
    if (field.type === 'flag') {
      form.append(h('label', {class: 'field flag'},
          h('input', {type: 'checkbox', name: field.name, value: '1', checked: field.value === '1'}), h('span', {}, field.label)));
      continue;
    }
    form.append(h('label', {class: `field ${field.type || 'words'}`}, h('span', {}, field.label),
        field.options ?
            h('select', {name: field.name}, field.options.map(([value, text]) =>
              h('option', {value, selected: value === field.value}, text))) :
            h('input', {name: field.name, value: field.value,
              type: field.type === 'date' ? 'date' : field.name === 'q' ? 'search' : 'text',
              maxlength: field.type === 'code' ? 16 : 200,
              list: field.type === 'code' ? 'codes' : null,
              autocomplete: 'off', spellcheck: 'false'})));
  }
  form.append(h('button', {}, t('show')));
  return form;
}

export const legend = (...more: Child[]) => h('p', {class: 'legend'}, [1, 2, 3, 4].map((quad) =>
  h('span', {}, h('span', {class: `dot quad${quad}`}), strings().quads[quad])), more);
