// Events: filters and facets, the timeline, and the list of what the timeline shows.
import {append, Child, h} from './dom';
import {codeName, dateText, dayOf, isoDay, label, quadName, typeName} from './labels';
import type {Place} from './main';
import {EventRecord, Facets, get, pick} from './records';
import {acceptedOnly, downloads, eventList, filterForm, hint, legend} from './rows';
import {count, language, t} from './strings';
import {Timeline} from './timeline';

const FILTERS = ['party', 'from', 'to', 'type', 'status', 'quad', 'q', 'place', 'accepted'];
const MOST_DRAWN = 3000;
const ROWS = 200;
const MOST_CHIPS = 14;

// A facet's values as links that set or clear them.
function facet(title: string, name: string, counts: Record<string, number>, naming: (value: string) => string,
               filters: URLSearchParams): Child {
  const chosen = filters.getAll(name);
  const values = Object.entries(counts).filter(([value]) => value && value !== '0')
      .sort((a, b) => Number(chosen.includes(b[0])) - Number(chosen.includes(a[0])) || b[1] - a[1])
      .slice(0, MOST_CHIPS);
  if (values.length === 0) return null;
  return h('div', {class: 'facet'}, h('h3', {}, title), h('ul', {}, values.map(([value, n]) => {
    const on = chosen.includes(value);
    const query = new URLSearchParams(filters);
    query.delete(name);
    const others = name === 'party' ? chosen.filter((one) => one !== value).slice(-1) : [];
    for (const one of on ? others : [...others, value]) query.append(name, one);
    return h('li', {}, h('a', {href: `/events?${query}`, class: 'chip', 'aria-current': on ? 'true' : null},
        naming(value), h('span', {class: 'count'}, n.toLocaleString(language()))));
  })));
}

// The last days of a period of too many events, by how many there are a day.
function latest(facets: Facets, filters: URLSearchParams): Child {
  const [first, last] = [facets.first, facets.last].map((day) => new Date(`${day}T00:00:00Z`).getTime());
  if (isNaN(first) || isNaN(last)) return null;
  const query = new URLSearchParams(filters);
  const from = isoDay(new Date(last - Math.floor((last - first) * MOST_DRAWN / facets.total / 2)));
  query.set('from', from);
  return h('a', {href: `/events?${query}`}, t('latest', dateText(from)));
}

export async function eventsView({query, main, turn, open}: Place): Promise<string> {
  const filters = pick(query, FILTERS);
  const [{events}, facets] = await Promise.all([
    get<{events: EventRecord[]}>(`/api/events?${filters}&limit=${MOST_DRAWN}`),
    get<Facets>(`/api/facets?${filters}`),
  ]);
  const parties = filters.getAll('party').map(codeName);
  const title = parties.length === 0 ? t('all_events') :
      parties.length === 1 ? parties[0] : t('and', parties[0], parties[1]);

  const list = h('div');
  const shownCount = h('span', {'aria-live': 'polite'});
  const more = h('button', {class: 'more'}, t('more'));
  let visible: EventRecord[] = [];
  let rows = ROWS;
  function show() {
    list.replaceChildren(eventList(visible.slice(0, rows)));
    more.hidden = visible.length <= rows;
    shownCount.textContent = visible.length === events.length ? count('n_events', visible.length) :
        t('n_shown', visible.length.toLocaleString(language()), count('n_events', events.length));
  }
  const files = h('span');
  const feed = pick(filters, ['party']);
  function offer(shown: URLSearchParams) {
    files.replaceChildren();
    append(files, [h('a', {href: `/map?${shown}`}, t('map')), ' · ', downloads('/api/events', shown), feed.has('party') && [' ',
      h('a', {href: `/api/feed?${feed}`, type: 'application/atom+xml', title: t('feed')}, 'Atom')]]);
  }
  more.addEventListener('click', () => {
    rows += ROWS;
    show();
  });

  const dated = events.filter(dayOf);
  const timeline = dated.length > 1 ? new Timeline(dated, (from, to, whole) => {
    const days: [string, string] = [isoDay(from), isoDay(to)];
    visible = whole ? events : events.filter((event) => {
      const day = dayOf(event);
      return day && day >= from && day <= to;
    });
    rows = ROWS;
    show();
    const now = new URLSearchParams(filters), shown = new URLSearchParams(filters);
    if (!whole) {
      now.set('window', days.join('..'));
      shown.set('from', days[0]);
      shown.set('to', days[1]);
    }
    offer(shown);
    turn(now, true);
  }, (event) => {
    const row = list.querySelector<HTMLElement>(`[data-event="${CSS.escape(event.id)}"]`);
    for (const old of list.querySelectorAll('.current')) old.classList.remove('current');
    row?.classList.add('current');
    row?.scrollIntoView({block: 'nearest'});
  }, (event) => open(`/events/${encodeURIComponent(event.id)}`)) : null;
  list.addEventListener('pointerover', (event) => {
    const row = (event.target as Element).closest<HTMLElement>('[data-event]');
    timeline?.highlight(row?.dataset.event || '');
  });
  list.addEventListener('focusin', (event) => {
    const row = (event.target as Element).closest<HTMLElement>('[data-event]');
    timeline?.highlight(row?.dataset.event || '');
  });
  visible = events;
  show();
  offer(filters);

  const shownFilters = [...filters.keys()].length > 0;
  append(main, [
    h('h1', {}, title),
    filterForm([
      {name: 'party', label: t('party'), type: 'code', value: filters.getAll('party')[0] || ''},
      {name: 'party', label: t('other'), type: 'code', value: filters.getAll('party')[1] || ''},
      {name: 'from', label: t('from'), type: 'date', value: filters.get('from') || ''},
      {name: 'to', label: t('to'), type: 'date', value: filters.get('to') || ''},
      {name: 'q', label: t('search'), value: filters.get('q') || ''},
      {name: 'place', label: t('where'), type: 'place', value: filters.get('place') || ''},
      acceptedOnly(filters),
    ], (next) => {
      for (const name of ['type', 'status', 'quad']) {
        const value = filters.get(name);
        if (value) next.set(name, value);
      }
      turn(next);
    }),
    h('div', {class: 'facets'},
        facet(t('facet_quad'), 'quad', facets.quad_category, (value) => quadName(Number(value)), filters),
        facet(t('facet_type'), 'type', facets.event_type, typeName, filters),
        facet(t('facet_status'), 'status', facets.status, label, filters),
        facet(t('facet_actor'), 'party', facets.actor, codeName, filters),
        shownFilters && h('a', {class: 'clear', href: '/events'}, t('clear'))),
    events.length < facets.total && h('p', {class: 'hint'},
        t('drawn_in_part', count('n_events', events.length), facets.total.toLocaleString(language())), ' ', latest(facets, filters)),
    timeline && h('figure', {class: 'timeline'}, timeline.element, legend(h('span', {}, h('span', {class: 'stroke mean'}), t('mean_line')))),
    events.length === 0 ? hint(t('no_events')) : [
      h('p', {class: 'tools'}, shownCount, files),
      list, more],
  ]);
  main.addEventListener('shown', () => {
    const days = (query.get('window') || '').split('..').map((day) => new Date(`${day}T00:00:00Z`));
    timeline?.start(days.length === 2 && days.every((day) => !isNaN(day.getTime())) ? [days[0], days[1]] : null);
  });
  return title;
}
