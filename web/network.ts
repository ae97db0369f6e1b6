// Who had to do with whom in a period: a picture, and the same as a table.
import {forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY} from 'd3-force';
import {scaleLinear, scaleSqrt} from 'd3-scale';
import {append, h, svg} from './dom';
import {codeName, signed} from './labels';
import type {Place} from './main';
import {get, Network, pick} from './records';
import {downloads, filterForm, hint} from './rows';
import {count, language, t} from './strings';

const STEPS = 300;
const MARGIN = 46;
// What a phone shows is narrow and high, with letters of the same size.
const sizes = () => (innerWidth < 640 ? {width: 420, height: 620} : {width: 960, height: 560});

interface Node { code: string; events: number; x: number; y: number }
interface Tie { source: Node; target: Node; events: number; goldstein: number }

const dyad = (a: string, b: string, period: URLSearchParams) => {
  const query = new URLSearchParams(period);
  query.append('party', a);
  if (b) query.append('party', b);
  return `/events?${query}`;
};
const tone = (goldstein: number) => (goldstein < -1 ? 'conflict' : goldstein > 1 ? 'cooperation' : 'neutral');

// The layout is computed to its end before it is drawn: the same network looks the same each time.
function picture(network: Network, period: URLSearchParams): SVGElement {
  const tied = new Set(network.ties.flatMap((tie) => [tie.a, tie.b]));
  const nodes: Node[] = network.actors.filter(({code}) => tied.has(code)).map((actor, i) => ({...actor,
    x: Math.cos(i * 2.4) * 30 * Math.sqrt(i + 1), y: Math.sin(i * 2.4) * 30 * Math.sqrt(i + 1)}));
  const by = new Map(nodes.map((node) => [node.code, node]));
  const ties: Tie[] = network.ties.map((tie) => ({source: by.get(tie.a)!, target: by.get(tie.b)!,
    events: tie.events, goldstein: tie.goldstein}));
  const radius = scaleSqrt().domain([0, Math.max(...nodes.map((node) => node.events))]).range([4, 22]);
  const {width: wide, height: high} = sizes();
  forceSimulation(nodes).stop()
      .force('ties', forceLink(ties).distance(110).strength((tie: Tie) => Math.min(0.7, 0.15 + tie.events / 40)))
      .force('apart', forceManyBody().strength(-420))
      .force('x', forceX(0).strength(wide > high ? 0.07 : 0.16)).force('y', forceY(0).strength(wide > high ? 0.12 : 0.07))
      .force('room', forceCollide().radius((node: Node) => radius(node.events) + 16))
      .tick(STEPS);
  const fit = (values: number[], size: number) => scaleLinear()
      .domain(Math.min(...values) === Math.max(...values) ? [values[0] - 1, values[0] + 1] :
          [Math.min(...values), Math.max(...values)]).range([MARGIN, size - MARGIN]);
  const x = fit(nodes.map((node) => node.x), wide), y = fit(nodes.map((node) => node.y), high);
  const width = scaleSqrt().domain([0, Math.max(1, ...ties.map((tie) => tie.events))]).range([0.8, 9]);
  const drawing = svg('svg', {class: 'network', viewBox: `0 0 ${wide} ${high}`, role: 'group',
    'aria-label': t('network_label', nodes.length, ties.length)});
  for (const tie of ties) {
    drawing.append(svg('a', {href: dyad(tie.source.code, tie.target.code, period), tabindex: -1, 'aria-hidden': 'true'},
        svg('line', {class: `tie ${tone(tie.goldstein)}`, x1: x(tie.source.x), y1: y(tie.source.y), x2: x(tie.target.x),
          y2: y(tie.target.y), 'stroke-width': width(tie.events)},
        svg('title', {}, `${codeName(tie.source.code)} – ${codeName(tie.target.code)}: ${count('n_events', tie.events)}, ${signed(tie.goldstein)}`))));
  }
  for (const node of nodes) {
    const r = radius(node.events);
    drawing.append(svg('a', {class: 'node', href: dyad(node.code, '', period),
      'aria-label': `${codeName(node.code)}, ${count('n_events', node.events)}`},
    svg('circle', {cx: x(node.x), cy: y(node.y), r}),
    svg('text', {x: x(node.x), y: y(node.y) + r + 14, 'text-anchor': 'middle'}, codeName(node.code)),
    svg('title', {}, `${codeName(node.code)}: ${count('n_events', node.events)}`)));
  }
  return drawing;
}

export async function networkView({query, main, turn}: Place): Promise<string> {
  const filters = pick(query, ['from', 'to', 'party', 'q']);
  const period = pick(filters, ['from', 'to']);
  const network = await get<Network>(`/api/network?status=asserted&${filters}`);
  const ties = [...network.ties].sort((a, b) => b.events - a.events);
  append(main, [
    h('h1', {}, t('network')),
    filterForm([
      {name: 'from', label: t('from'), type: 'date', value: filters.get('from') || ''},
      {name: 'to', label: t('to'), type: 'date', value: filters.get('to') || ''},
      {name: 'party', label: t('party'), type: 'code', value: filters.get('party') || ''},
      {name: 'q', label: t('search'), value: filters.get('q') || ''},
    ], turn),
    ties.length === 0 ? hint(t('no_ties')) : [
      h('figure', {class: 'map'}, picture(network, period),
          h('p', {class: 'legend'}, (['cooperation', 'conflict'] as const).map((name) =>
            h('span', {}, h('span', {class: `stroke ${name}`}), t(name))))),
      h('p', {class: 'tools'}, h('span', {}, h('a', {href: `/map?status=asserted&${filters}`}, t('map'))),
          h('span', {}, downloads('/api/events', new URLSearchParams(`status=asserted&${filters}`)))),
      h('h2', {}, t('ties')),
      h('div', {class: 'scroll'}, h('table', {},
          h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, t('tie')), h('th', {scope: 'col', class: 'number'}, t('events')),
              h('th', {scope: 'col', class: 'number'}, t('mean')))),
          h('tbody', {}, ties.slice(0, 100).map((tie) => h('tr', {},
              h('th', {scope: 'row'}, h('a', {href: dyad(tie.a, tie.b, period)}, `${codeName(tie.a)} – ${codeName(tie.b)}`)),
              h('td', {class: 'number'}, tie.events.toLocaleString(language())),
              h('td', {class: `number ${tone(tie.goldstein)}`}, signed(tie.goldstein))))))),
    ],
  ]);
  return t('network');
}
