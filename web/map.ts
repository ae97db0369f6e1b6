// The world by what its countries did, or by what happened in them: a picture, and the same as tables.
import {geoArea, geoCentroid, geoEqualEarth, geoPath} from 'd3-geo';
import {scaleSqrt} from 'd3-scale';
import {event as d3Event, select} from 'd3-selection';
import {zoom, zoomIdentity} from 'd3-zoom';
import {append, Child, h, svg} from './dom';
import {codeName, label, quadName, signed} from './labels';
import type {Place} from './main';
import outlines from './outlines.json';
import {get, Network, pick, Places, Sums} from './records';
import {acceptedOnly, downloads, filterForm, hint} from './rows';
import {count, language, strings, t} from './strings';

const MOST_WIDTH = 960;
const PHONE_WIDTH = 380;
const MOST_ZOOM = 24;
const CLASSES = 5;
const ROWS = 25;
const FLOWS = 40;
const FILTERS = ['party', 'from', 'to', 'type', 'quad', 'status', 'q', 'place', 'accepted'];

type Point = [number, number];  // longitude, latitude
interface Shape { rings: Point[][]; largest: Point[]; middle: Point }

// A ring of web/outlines.R: differences in tenths of a degree, five bits a character.
function decoded(text: string): Point[] {
  const numbers: number[] = [];
  for (let at = 0, value = 0, shift = 0; at < text.length; ++at) {
    const bits = text.charCodeAt(at) - 63;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value + 1) / 2 : value / 2);
    value = shift = 0;
  }
  const points: Point[] = [];
  let x = 0, y = 0;
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    points.push([(x += numbers[i]) / 10, (y += numbers[i + 1]) / 10]);
  }
  return points;
}

// Twice the area of a ring on the plane: enough to tell which is the largest.
const extent = (ring: Point[]) => Math.abs(ring.reduce((sum, [x, y], i) => {
  const [nextX, nextY] = ring[(i + 1) % ring.length];
  return sum + x * nextY - nextX * y;
}, 0));

// On a globe a ring has no outside but by the way it goes round.
const outward = (ring: Point[]) =>
  (geoArea({type: 'Polygon', coordinates: [ring]}) > 2 * Math.PI ? ring.reverse() : ring);

let shapes: Map<string, Shape> | null = null;
function shapesByCode(): Map<string, Shape> {
  if (shapes) return shapes;
  shapes = new Map();
  for (const [code, rings] of Object.entries(outlines.areas as Record<string, string[]>)) {
    const points = rings.map(decoded).map(outward);
    const largest = points.reduce((a, b) => (extent(b) > extent(a) ? b : a));
    shapes.set(code, {rings: points, largest, middle: geoCentroid({type: 'Polygon', coordinates: [largest]})});
  }
  for (const [code, middle] of Object.entries(outlines.points as unknown as Record<string, Point>)) {
    shapes.set(code, {rings: [], largest: [], middle});
  }
  return shapes;
}

// The least counts of the classes of colour: about as many times more from each to the next.
function stepsFor(most: number): number[] {
  const steps = new Set<number>();
  for (let i = 0; i < CLASSES; ++i) steps.add(Math.max(i + 1, Math.ceil(most ** (i / CLASSES))));
  return [...steps].filter((step) => step <= most);
}

const toneOf = (goldstein: number) =>
  (goldstein <= -4 ? 'tone-4' : goldstein < -1 ? 'tone-1' : goldstein <= 1 ? 'tone0' : goldstein < 4 ? 'tone1' : 'tone4');
const TONES: [string, string][] = [['tone-4', '≤ −4'], ['tone-1', '−4 … −1'], ['tone0', '−1 … +1'], ['tone1', '+1 … +4'], ['tone4', '≥ +4']];

const figures = (name: string, sums: Sums) => `${name}: ${count('n_events', sums.events)}, ${signed(sums.goldstein)}`;

interface Drawn {
  places: Places;
  network: Network | null;  // of one party, whose ties are drawn
  byPlace: boolean;
  byTone: boolean;
  address(of: string): string;  // of the events of a country, or of a named place
}

class WorldMap {
  private readonly wide = innerWidth < 640 ? PHONE_WIDTH : MOST_WIDTH;
  private readonly high = Math.round(this.wide * (this.wide < MOST_WIDTH ? 0.55 : 0.48));
  readonly element: HTMLElement;
  private readonly caption = h('p', {class: 'pointed', 'aria-live': 'polite'}, t('map_hint'));
  private readonly land = svg('g');
  private readonly picture: SVGElement;
  private readonly projection = geoEqualEarth().fitExtent([[4, 4], [this.wide - 4, this.high - 4]],
      {type: 'MultiPoint', coordinates: [[-180, 0], [180, 0], [0, 83.5], [0, -56]]});
  private readonly path = geoPath(this.projection);
  private readonly zoom: any;
  private steps: number[] = [];

  // `onMove` hears the part of the world that is shown: zoom, longitude and latitude of its middle.
  constructor(private readonly drawn: Drawn, private readonly onMove: (at: string) => void) {
    const list = this.countries;
    this.picture = svg('svg', {class: 'world', viewBox: `0 0 ${this.wide} ${this.high}`, role: 'application', tabindex: 0,
      'aria-label': t('map_label', list.length), on: {keydown: (event: KeyboardEvent) => this.key(event)}}, this.land);
    this.zoom = zoom().scaleExtent([1, MOST_ZOOM]).extent([[0, 0], [this.wide, this.high]]).translateExtent([[0, 0], [this.wide, this.high]])
        // The wheel alone, and one finger, scroll the page.
        .filter(() => !d3Event.button && (d3Event.type !== 'wheel' || d3Event.ctrlKey || d3Event.metaKey) &&
            (!d3Event.touches || d3Event.touches.length > 1))
        .on('zoom', () => this.follow(d3Event.transform))
        .on('end', () => this.tell(d3Event.transform));
    this.draw(list);
    const button = (text: string, name: string, act: () => void) =>
      h('button', {type: 'button', title: name, 'aria-label': name, on: {click: act}}, text);
    this.element = h('div', {},
        h('div', {class: 'controls'}, this.caption,
            h('span', {class: 'buttons'},
                button('−', t('zoom_out'), () => this.scale(0.5)), button('+', t('zoom_in'), () => this.scale(2)),
                button('⤢', t('map_whole'), () => this.move(zoomIdentity)))),
        this.picture, this.legend());
  }

  // Shows the part that an address asks for.
  start(at: string) {
    select(this.picture).call(this.zoom).on('dblclick.zoom', null);
    const [k, longitude, latitude] = at.split(',').map(Number);
    const point = this.projection([longitude, latitude]);
    if (!(k > 1) || !point || point.some(isNaN)) return;
    const scale = Math.min(k, MOST_ZOOM);
    this.move(zoomIdentity.translate(this.wide / 2 - scale * point[0], this.high / 2 - scale * point[1]).scale(scale));
  }

  private get countries(): ({code: string} & Sums)[] {
    return this.drawn.byPlace ? this.drawn.places.countries : this.drawn.places.parties;
  }

  private move(transform: unknown) {
    select(this.picture).call(this.zoom.transform, transform);
  }
  private scale(factor: number) {
    select(this.picture).call(this.zoom.scaleBy, factor);
  }
  private key(event: KeyboardEvent) {
    const [x, y] = {ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60]}[event.key] || [0, 0];
    const factor = {'+': 2, '=': 2, '-': 0.5}[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const k = (this.picture as any).__zoom.k;
    if (factor) this.scale(factor);
    else if (event.key === '0') this.move(zoomIdentity);
    else if (x || y) select(this.picture).call(this.zoom.translateBy, x / k, y / k);
    else return;
    event.preventDefault();
  }

  // Marks and letters keep their size, whatever the zoom.
  private follow({x, y, k}: {x: number; y: number; k: number}) {
    this.land.setAttribute('transform', `translate(${x},${y}) scale(${k})`);
    for (const mark of this.land.querySelectorAll<SVGElement>('[data-r]')) mark.setAttribute('r', String(Number(mark.dataset.r) / k));
    for (const name of this.land.querySelectorAll<SVGElement>('text')) {
      name.setAttribute('transform', `translate(${name.dataset.x},${name.dataset.y}) scale(${1 / k})`);
    }
  }
  private tell({x, y, k}: {x: number; y: number; k: number}) {
    const [longitude, latitude] = this.projection.invert([(this.wide / 2 - x) / k, (this.high / 2 - y) / k]);
    this.onMove(k > 1 ? `${k.toFixed(2)},${longitude.toFixed(2)},${latitude.toFixed(2)}` : '');
  }

  private classOf(sums: Sums): string {
    return this.drawn.byTone ? toneOf(sums.goldstein) : `step${this.steps.filter((step) => step <= sums.events).length}`;
  }

  // A link around what stands for a country or a place. The tables have the same links for the keyboard.
  private linked(of: string, name: string, sums: Sums, ...parts: Child[]): SVGElement {
    const text = figures(name, sums);
    return svg('a', {href: this.drawn.address(of), tabindex: -1, 'aria-hidden': 'true', draggable: 'false', on: {
      pointerenter: () => this.caption.replaceChildren(text),
      // A drag moves the map.
      dragstart: (event: Event) => event.preventDefault(),
    }}, parts, svg('title', {}, text));
  }

  // Whether an area can't be seen, or hit.
  private isTiny(ring: Point[]): boolean {
    const [[left, top], [right, bottom]] = this.path.bounds({type: 'Polygon', coordinates: [ring]});
    return Math.max(right - left, bottom - top) < 6;
  }

  private draw(list: ({code: string} & Sums)[]) {
    const all = shapesByCode();
    const shown = new Map(list.map((one) => [one.code, one]));
    this.steps = stepsFor(Math.max(0, ...list.filter(({code}) => all.has(code)).map((one) => one.events)));
    const points: SVGElement[] = [];
    for (const [code, {rings, largest, middle}] of all) {
      const sums = shown.get(code);
      const area = rings.length > 0 && svg('path', {class: `land ${sums ? this.classOf(sums) : ''}`,
        d: this.path({type: 'MultiPolygon', coordinates: rings.map((ring) => [ring])})});
      if (area) this.land.append(sums ? this.linked(code, codeName(code), sums, area) : area);
      if (!sums || (area && !this.isTiny(largest))) continue;
      const [x, y] = this.projection(middle);
      points.push(this.linked(code, codeName(code), sums, svg('circle', {class: `land ${this.classOf(sums)}`,
        cx: x, cy: y, r: this.wide / 240, 'data-r': this.wide / 240})));
    }
    this.land.append(...points);
    this.drawTies();
    if (this.drawn.byPlace) this.drawPlaces();
    this.drawNames(list.filter(({code}) => all.has(code)));
  }

  private drawTies() {
    const all = shapesByCode();
    const ties = this.drawn.network?.ties.filter(({a, b}) => all.has(a) && all.has(b)) || [];
    const width = scaleSqrt().domain([0, Math.max(1, ...ties.map((tie) => tie.events))]).range([0.8, 6]);
    for (const tie of ties) {
      const line = this.path({type: 'LineString', coordinates: [all.get(tie.a)!.middle, all.get(tie.b)!.middle]});
      const tone = tie.goldstein < -1 ? 'conflict' : tie.goldstein > 1 ? 'cooperation' : 'neutral';
      this.land.append(svg('path', {class: `tie flow ${tone}`, d: line, 'stroke-width': width(tie.events)}));
    }
  }

  private drawPlaces() {
    const {places} = this.drawn.places;
    const radius = scaleSqrt().domain([0, Math.max(10, ...places.map((place) => place.events))]).range([2.5, this.wide / 64]);
    for (const place of places) {
      const [x, y] = this.projection([place.longitude, place.latitude]);
      const r = radius(place.events);
      this.land.append(this.linked(place.name, `${place.name}, ${codeName(place.country)}`, place,
          svg('circle', {class: `spot ${this.drawn.byTone ? toneOf(place.goldstein) : ''}`, cx: x, cy: y, r, 'data-r': r})));
    }
  }

  // Names of those with most events, where there is room.
  private drawNames(list: {code: string; events: number}[]) {
    const taken: [number, number, number][] = [];
    const most = this.wide / 100;
    for (const {code} of list.slice(0, 3 * most)) {
      const {largest, middle} = shapesByCode().get(code)!;
      const [x, center] = this.projection(middle);
      const y = largest.length > 0 && !this.isTiny(largest) ? center : center - 12;  // above its dot
      const half = codeName(code).length * 3.4;
      if (taken.length >= most || x < half || x > this.wide - half) continue;
      if (taken.some(([otherX, otherY, otherHalf]) => Math.abs(x - otherX) < half + otherHalf && Math.abs(y - otherY) < 15)) continue;
      taken.push([x, y, half]);
      this.land.append(svg('text', {class: 'placename', 'data-x': x, 'data-y': y + 4, transform: `translate(${x},${y + 4})`,
        'text-anchor': 'middle', 'aria-hidden': 'true'}, codeName(code)));
    }
  }

  private legend(): HTMLElement {
    const swatch = (className: string, text: string) => h('span', {}, h('span', {class: `swatch ${className}`}), text);
    const number = (n: number) => n.toLocaleString(language());
    const classes = this.drawn.byTone ? TONES.map(([className, text]) => swatch(className, text)) :
      this.steps.map((step, i) => {
        const last = i + 1 < this.steps.length ? this.steps[i + 1] - 1 : null;
        return swatch(`step${i + 1}`, last === null ? `≥ ${number(step)}` : last === step ? number(step) : `${number(step)}–${number(last)}`);
      });
    return h('p', {class: 'legend'}, h('span', {}, this.drawn.byTone ? t('mean') : t('events')), classes,
        this.drawn.byPlace && swatch('spot', t('map_spots')),
        this.drawn.network && (['cooperation', 'conflict'] as const).map((name) =>
          h('span', {}, h('span', {class: `stroke ${name}`}), t(name))));
  }
}

// The same figures, row by row.
function table<One extends Sums>(title: string, first: string, list: One[], name: (one: One) => string, address: (one: One) => string): Child {
  if (list.length === 0) return null;
  const number = (n: number) => h('td', {class: 'number'}, n.toLocaleString(language()));
  const rows = list.map((one, i) => h('tr', {hidden: i >= ROWS},
      h('th', {scope: 'row'}, h('a', {href: address(one)}, name(one))), number(one.events),
      [1, 2, 3, 4].map((quad) => number(one.quad_category[quad] || 0)),
      h('td', {class: 'number'}, signed(one.goldstein))));
  const more = h('button', {class: 'more', hidden: rows.length <= ROWS, on: {click: () => {
    for (const row of rows) row.hidden = false;
    more.hidden = true;
    rows[ROWS].querySelector('a')!.focus();
  }}}, t('more'));
  const head = (text: Child, className = 'number') => h('th', {scope: 'col', class: className}, text);
  return [h('h2', {}, title, h('span', {class: 'count'}, list.length)),
    h('div', {class: 'scroll'}, h('table', {class: 'figures'},
        h('thead', {}, h('tr', {}, head(first, ''), head(t('events')), [1, 2, 3, 4].map((quad) => head(quadName(quad))), head(t('mean')))),
        h('tbody', {}, rows))), more];
}

export async function mapView({query, main, turn}: Place): Promise<string> {
  const filters = pick(query, FILTERS);
  const byPlace = query.get('by') === 'place', byTone = query.get('colour') === 'tone';
  const parties = filters.getAll('party');
  const [places, network] = await Promise.all([
    get<Places>(`/api/places?${filters}`),
    parties.length === 1 && !byPlace ? get<Network>(`/api/network?${filters}&limit=${FLOWS}`) : null,
  ]);
  if (network) network.ties = network.ties.filter(({a, b}) => a === parties[0] || b === parties[0]);
  // To the events of a country or place, with what else is asked.
  const address = (of: string) => {
    const next = new URLSearchParams(filters);
    if (byPlace) next.set('place', of);
    else if (!parties.includes(of)) {
      next.delete('party');
      for (const party of [...parties.slice(0, 1), of]) next.append('party', party);
    }
    return `/events?${next}`;
  };
  const list = byPlace ? places.countries : places.parties;
  const world = new WorldMap({places, network, byPlace, byTone, address}, (at) => {
    const next = new URLSearchParams(location.search);
    if (at) next.set('at', at);
    else next.delete('at');
    if (next.toString() !== new URLSearchParams(location.search).toString()) turn(next, true);
  });
  const quads = [1, 2, 3, 4].map((quad): [string, string] => [String(quad), quadName(quad)]);
  append(main, [
    h('h1', {}, t('map')),
    filterForm([
      {name: 'by', label: t('map_by'), value: byPlace ? 'place' : '', options: [['', t('map_by_party')], ['place', t('map_by_place')]]},
      {name: 'colour', label: t('map_colour'), value: byTone ? 'tone' : '', options: [['', t('map_count')], ['tone', t('mean')]]},
      {name: 'party', label: t('party'), type: 'code', value: parties[0] || ''},
      {name: 'party', label: t('other'), type: 'code', value: parties[1] || ''},
      {name: 'from', label: t('from'), type: 'date', value: filters.get('from') || ''},
      {name: 'to', label: t('to'), type: 'date', value: filters.get('to') || ''},
      {name: 'quad', label: t('facet_quad'), value: filters.get('quad') || '', options: [['', t('any')], ...quads]},
      {name: 'status', label: t('status'), value: filters.get('status') || '',
        options: [['', t('any')], ...['asserted', 'planned', 'negated', 'hypothetical'].map((one): [string, string] => [one, label(one)])]},
      {name: 'q', label: t('search'), value: filters.get('q') || ''},
      acceptedOnly(filters),
    ], (next) => {
      for (const name of ['place', 'type', 'at']) if (query.get(name)) next.set(name, query.get(name)!);
      turn(next);
    }),
    list.length === 0 && (!byPlace || places.unplaced === 0) ? hint(t('no_events')) : [
      h('p', {class: 'tools'}, h('span', {}, h('a', {href: `/events?${filters}`}, t('events'))), h('span', {}, downloads('/api/events', filters))),
      h('figure', {class: 'map'}, world.element),
      byPlace && places.unplaced > 0 && h('p', {class: 'hint'}, t('map_unplaced', count('n_events', places.unplaced))),
      byPlace && table(t('map_places'), t('where'), places.places, (one) => `${one.name}, ${codeName(one.country)}`, (one) => address(one.name)),
      table(byPlace ? t('map_countries') : t('facet_actor'), byPlace ? t('where') : t('party'), list, (one) => codeName(one.code), (one) => address(one.code)),
      h('p', {class: 'hint'}, t('map_borders')),
    ],
  ]);
  main.addEventListener('shown', () => world.start(query.get('at') || ''));
  return strings().map;
}
