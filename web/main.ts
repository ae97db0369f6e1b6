// The page of `kronik serve`: a header, and a view for each address. Addresses are the server's own
// paths, so that any view can be linked to and survives a reload.
import {append, h} from './dom';
import {eventView} from './event';
import {eventsView} from './events';
import {codeName, knownCodes, loadNames} from './labels';
import {ledgerView} from './ledger';
import {mapView} from './map';
import {networkView} from './network';
import {readView} from './read';
import {reportView} from './report';
import {reportsView} from './reports';
import {hint} from './rows';
import {language, LANGUAGES, setLanguage, strings, t} from './strings';

// What a view gets: its address, the place to show itself, and how to go elsewhere.
export interface Place {
  path: string[];
  query: URLSearchParams;
  main: HTMLElement;
  // To the same view with other parameters; `quietly` without drawing it again.
  turn(query: URLSearchParams, quietly?: boolean): void;
  // To another view.
  open(address: string): void;
}
// Shows itself and says its title. Throws what the server refuses.
type View = (place: Place) => Promise<string>;

const VIEWS: [RegExp, View][] = [
  [/^\/(reports)?$/, reportsView],
  [/^\/reports\/([^/]+)$/, reportView],
  [/^\/events$/, eventsView],
  [/^\/events\/([^/]+)$/, eventView],
  [/^\/ledger$/, ledgerView],
  [/^\/network$/, networkView],
  [/^\/map$/, mapView],
  [/^\/read$/, readView],
];
const THEMES = ['auto', 'light', 'dark'] as const;

let drawn = 0;  // counts drawings, so that a slow one can't replace a newer one

function go(address: string, replace = false) {
  if (replace) {
    history.replaceState(history.state, '', address);
    return;
  }
  history.replaceState({y: scrollY}, '');  // where to come back to
  history.pushState(null, '', address);
}

function open(address: string) {
  go(address);
  draw(true);
}

// `arrived` by a link, or back at the height `y` of a page left before.
async function draw(arrived: boolean, y = 0) {
  const turn = ++drawn;
  const {pathname, search} = location;
  const old = document.querySelector('main')!;
  const main = h('main', {id: 'main', tabindex: -1});
  const waiting = setTimeout(() => old.setAttribute('aria-busy', 'true'), 150);
  let title: string = t('nothing');
  try {
    const found = VIEWS.map(([form, view]) => ({match: form.exec(pathname), view}))
        .find(({match}) => match);
    if (found) {
      title = await found.view({
        path: found.match!.slice(1).map((part) => decodeURIComponent(part || '')),
        query: new URLSearchParams(search),
        main,
        turn(query, quietly = false) {
          const text = query.toString();
          go(pathname + (text ? `?${text}` : ''), quietly);
          if (!quietly) draw(false);
        },
        open,
      });
    } else {
      append(main, [h('h1', {}, t('nothing')), hint(t('not_found'))]);
    }
  } catch (problem) {
    main.replaceChildren(h('h1', {}, t('nothing')), hint((problem as Error).message));
  }
  clearTimeout(waiting);
  if (turn !== drawn) return;
  old.replaceWith(main);
  main.dispatchEvent(new Event('shown'));
  document.title = title === 'kronik' ? title : `${title} · kronik`;
  document.getElementById('announce')!.textContent = title;
  for (const link of document.querySelectorAll('nav a')) {
    const path = link.getAttribute('href')!;
    const here = pathname === path || pathname.startsWith(`${path}/`) || (pathname === '/' && path === '/reports');
    if (here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (y) scrollTo(0, y);
  if (!arrived) return;
  if (!main.querySelector('.target')) scrollTo(0, 0);
  main.focus({preventScroll: true});
}

function applyTheme() {
  const theme = localStorage.getItem('theme') || 'auto';
  document.documentElement.dataset.theme = theme;
  return theme;
}

async function frame() {
  document.documentElement.lang = language();
  const link = (path: string, name: string) => h('a', {href: path}, name);
  const theme = applyTheme();
  await loadNames().catch(() => undefined);  // codes serve as well
  const header = h('header', {},
      h('a', {class: 'skip', href: '#main'}, t('skip')),
      h('a', {class: 'brand', href: '/'}, 'kronik'),
      h('nav', {'aria-label': t('views')},
          link('/reports', t('reports')), link('/events', t('events')), link('/ledger', t('ledger')),
          link('/network', t('network')), link('/map', t('map')), link('/read', t('nav_read'))),
      h('div', {class: 'settings'},
          h('select', {'aria-label': t('language'), on: {change: (event: Event) => {
            setLanguage((event.target as HTMLSelectElement).value);
            frame();
          }}}, Object.entries(LANGUAGES).map(([value, name]) =>
            h('option', {value, lang: value, selected: value === language()}, name))),
          h('select', {'aria-label': t('theme'), on: {change: (event: Event) => {
            localStorage.setItem('theme', (event.target as HTMLSelectElement).value);
            applyTheme();
          }}}, THEMES.map((value) => h('option', {value, selected: value === theme}, strings()[`theme_${value}`])))));
  document.getElementById('app')!.replaceChildren(
      header,
      h('main', {id: 'main', tabindex: -1}, hint(t('loading'))),
      h('footer', {}, h('a', {href: '/licences'}, t('licences'))),
      h('p', {id: 'announce', class: 'unseen', 'aria-live': 'polite'}),
      h('datalist', {id: 'codes'}, knownCodes().map((code) => h('option', {value: code}, codeName(code)))));
  await draw(true);
}

document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest('a');
  const address = link?.getAttribute('href');
  if (!link || !address || link.hasAttribute('download') || link.getAttribute('target')) return;
  if (address.startsWith('#')) {
    event.preventDefault();
    document.querySelector('main')!.focus();
    return;
  }
  if (!address.startsWith('/') || address.startsWith('/api/') || address === '/licences') return;
  event.preventDefault();
  open(address);
});
history.scrollRestoration = 'manual';
window.addEventListener('popstate', (event) => draw(false, event.state?.y));
frame();
