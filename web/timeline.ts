// The chart of a timeline: each event a mark at its day and Goldstein value, coloured by quad
// category, verbal ones hollow; their mean a line; below, all days, of which a part can be chosen.
import {brushX} from 'd3-brush';
import {scaleLinear, Scale, scaleTime} from 'd3-scale';
import {event as d3Event, select, Selection} from 'd3-selection';
import {curveMonotoneX, line} from 'd3-shape';
import {Interval, utcDay, utcMonday, utcMonth, utcYear} from 'd3-time';
import {zoom, zoomIdentity} from 'd3-zoom';
import {h, svg} from './dom';
import {actorNames, dateText, dayOf, doers, intervalText, isoDay, kindOf, signed} from './labels';
import {EventRecord} from './records';
import {language, t} from './strings';

const HEIGHT = 260;
const STRIP = 46;
const LEFT = 38;
const RIGHT = 14;
const TOP = 12;
const BOTTOM = 24;
const DAY = 86400000;
const LEAST_WINDOW = 3 * DAY;

interface Dot { event: EventRecord; day: Date; value: number; shift: number }

// The finest bins that are not narrower than a mark on a screen `width` wide.
function binFor(span: number, width: number): Interval {
  const least = span / width * 12;
  if (least < DAY) return utcDay;
  if (least < 7 * DAY) return utcMonday;
  if (least < 30 * DAY) return utcMonth;
  return least < 91 * DAY ? utcMonth.every(3) : utcYear;
}

export class Timeline {
  readonly element: HTMLElement;
  private readonly dots: Dot[];
  private readonly first: Date;
  private readonly last: Date;
  private from: Date;
  private to: Date;
  private width = 0;
  private chart: SVGElement;
  private strip: SVGElement;
  private readonly caption = h('p', {class: 'pointed', 'aria-live': 'polite'});
  private readonly period = h('output', {'aria-label': t('period')});
  private brush: any;
  private zoom: any;
  private silent = false;  // while the chart itself moves brush and zoom
  private started = false;
  private current = -1;

  // `onWindow` hears which days are shown; `onPick` which event is pointed at; `onOpen` which one
  // is to be opened.
  constructor(events: EventRecord[], private readonly onWindow: (from: Date, to: Date, whole: boolean) => void,
              private readonly onPick: (event: EventRecord) => void,
              private readonly onOpen: (event: EventRecord) => void) {
    const taken = new Map<string, number>();
    this.dots = events.map((event) => {
      const day = dayOf(event)!;
      const value = event.goldstein ?? 0;
      const place = `${day.getTime()} ${value}`;
      const before = taken.get(place) || 0;
      taken.set(place, before + 1);
      // The same day and value: right, left, further right ...
      return {event, day, value, shift: Math.ceil(before / 2) * (before % 2 ? 1 : -1)};
    });
    const times = this.dots.map((dot) => dot.day.getTime());
    const least = Math.min(...times), most = Math.max(...times);
    const margin = Math.max((most - least) * 0.02, DAY);
    this.first = this.from = new Date(least - margin);
    this.last = this.to = new Date(most + margin);
    this.chart = svg('svg', {class: 'chart', role: 'application', tabindex: 0,
      'aria-label': t('chart', events.length, dateText(isoDay(new Date(least))), dateText(isoDay(new Date(most)))),
      on: {keydown: (event: KeyboardEvent) => this.key(event)}});
    this.strip = svg('svg', {class: 'strip', 'aria-hidden': 'true'});
    const button = (text: string, name: string, act: () => void) =>
      h('button', {type: 'button', title: name, 'aria-label': name, on: {click: act}}, text);
    this.element = h('div', {},
        h('div', {class: 'controls'},
            this.period,
            h('span', {class: 'buttons'},
                button('−', t('zoom_out'), () => this.scale(2)), button('+', t('zoom_in'), () => this.scale(0.5)),
                button('←', t('earlier'), () => this.move(-0.5)), button('→', t('later'), () => this.move(0.5)),
                button('⤢', t('whole'), () => this.setWindow(this.first, this.last)))),
        this.chart, this.caption, this.strip);
  }

  // Draws, once it is in the page; `chosen` are the first and last day to show.
  start(chosen: [Date, Date] | null) {
    this.caption.textContent = t('chart_hint');
    new ResizeObserver(() => {
      const width = Math.floor(this.element.clientWidth);
      if (width === this.width || width < 100) return;
      this.width = width;
      this.draw();
      if (!this.started) {
        this.started = true;
        if (chosen) this.setWindow(chosen[0], new Date(chosen[1].getTime()));
      }
    }).observe(this.element);
  }

  highlight(id: string) {
    for (const old of this.chart.querySelectorAll('.pointed')) old.classList.remove('pointed');
    const at = this.dots.findIndex((dot) => dot.event.id === id);
    if (at < 0) return;
    this.chart.querySelector(`[data-at="${at}"]`)?.classList.add('pointed');
    this.tell(this.dots[at].event);
  }

  private tell(event: EventRecord) {
    const recipients = actorNames(event.recipient);
    this.caption.replaceChildren(
        h('b', {}, `${doers(event.actor)}${recipients && ` → ${recipients}`}`),
        ` ${kindOf(event)}, ${intervalText(event.date)}, ${signed(event.goldstein ?? 0)}`);
  }

  private get whole() {
    return this.from <= this.first && this.to >= this.last;
  }

  setWindow(from: Date, to: Date) {
    const start = Math.max(from.getTime(), this.first.getTime());
    const end = Math.min(Math.max(to.getTime(), start + LEAST_WINDOW), this.last.getTime());
    this.from = new Date(Math.min(start, end - Math.min(LEAST_WINDOW, end - this.first.getTime())));
    this.to = new Date(end);
    this.current = -1;
    this.drawWindow();
    this.follow();
    this.onWindow(this.from, this.to, this.whole);
  }

  private scale(factor: number) {
    const middle = (this.from.getTime() + this.to.getTime()) / 2;
    const half = (this.to.getTime() - this.from.getTime()) / 2 * factor;
    this.setWindow(new Date(middle - half), new Date(middle + half));
  }

  private move(part: number) {
    const span = this.to.getTime() - this.from.getTime();
    const step = Math.max(Math.min(span * part, this.last.getTime() - this.to.getTime()),
        this.first.getTime() - this.from.getTime());
    this.setWindow(new Date(this.from.getTime() + step), new Date(this.to.getTime() + step));
  }

  private key(event: KeyboardEvent) {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    const visible = this.dots.map((dot, at) => ({dot, at}))
        .filter(({dot}) => dot.day >= this.from && dot.day <= this.to);
    if (event.key === 'Enter' && this.current >= 0) {
      this.onOpen(this.dots[this.current].event);
    } else if (step && visible.length > 0) {
      event.preventDefault();
      const at = visible.findIndex((one) => one.at === this.current);
      const next = at < 0 ? (step > 0 ? 0 : visible.length - 1) :
          Math.min(Math.max(at + step, 0), visible.length - 1);
      this.current = visible[next].at;
      this.highlight(this.dots[this.current].event.id);
      this.onPick(this.dots[this.current].event);
    }
  }

  private get y() {
    return scaleLinear().domain([-10, 10]).range([HEIGHT - BOTTOM, TOP]);
  }

  private draw() {
    const all = scaleTime().domain([this.first, this.last]).range([LEFT, this.width - RIGHT]);
    this.drawStrip(all);
    this.chart.setAttribute('viewBox', `0 0 ${this.width} ${HEIGHT}`);
    this.chart.setAttribute('height', String(HEIGHT));
    this.zoom = zoom().scaleExtent([1, Math.max((this.last.getTime() - this.first.getTime()) / LEAST_WINDOW, 1)])
        .translateExtent([[LEFT, 0], [this.width - RIGHT, HEIGHT]])
        .extent([[LEFT, 0], [this.width - RIGHT, HEIGHT]])
        // The wheel alone scrolls the page.
        .filter(() => !d3Event.button && (d3Event.type !== 'wheel' || d3Event.ctrlKey || d3Event.metaKey))
        .on('zoom', () => {
          if (this.silent) return;
          const moved = d3Event.transform.rescaleX(all).domain();
          this.setWindow(moved[0], moved[1]);
        });
    this.drawWindow();
    select(this.chart).call(this.zoom).on('dblclick.zoom', null);
    this.follow();
  }

  // Moves brush and zoom to the window that something else has set.
  private follow() {
    if (!this.width) return;
    const all = scaleTime().domain([this.first, this.last]).range([LEFT, this.width - RIGHT]);
    this.silent = true;
    const [a, b] = [all(this.from), all(this.to)];
    select(this.strip).select('.brush').call(this.brush.move, this.whole ? null : [a, b]);
    const k = (this.width - RIGHT - LEFT) / Math.max(b - a, 1);
    select(this.chart).call(this.zoom.transform, zoomIdentity.translate(LEFT - k * a, 0).scale(k));
    this.silent = false;
  }

  private drawStrip(all: Scale<Date>) {
    const bin = binFor(this.last.getTime() - this.first.getTime(), this.width);
    const bars = new Map<number, [number, number]>();
    for (const dot of this.dots) {
      const at = bin.floor(dot.day).getTime();
      const bar = bars.get(at) || [0, 0];
      ++bar[(dot.event.quad_category || 0) > 2 ? 1 : 0];
      bars.set(at, bar);
    }
    const most = Math.max(...[...bars.values()].map(([a, b]) => Math.max(a, b)));
    const height = scaleLinear().domain([0, most]).range([0, STRIP / 2 - 3]);
    this.strip.replaceChildren();
    this.strip.setAttribute('viewBox', `0 0 ${this.width} ${STRIP}`);
    this.strip.setAttribute('height', String(STRIP));
    this.strip.append(svg('line', {class: 'zero', x1: LEFT, x2: this.width - RIGHT, y1: STRIP / 2, y2: STRIP / 2}));
    for (const [at, [cooperative, conflictual]] of bars) {
      const x = all(new Date(at));
      const wide = Math.max(all(bin.offset(new Date(at), 1)) - x - 1, 2);
      if (cooperative) this.strip.append(svg('rect', {class: 'quad2', x, width: wide, y: STRIP / 2 - height(cooperative), height: height(cooperative)}));
      if (conflictual) this.strip.append(svg('rect', {class: 'quad4', x, width: wide, y: STRIP / 2, height: height(conflictual)}));
    }
    this.brush = brushX().extent([[LEFT, 0], [this.width - RIGHT, STRIP]]).on('end', () => {
      if (this.silent || !d3Event.sourceEvent) return;
      const chosen: [number, number] | null = d3Event.selection;
      if (chosen) this.setWindow(all.invert(chosen[0]), all.invert(chosen[1]));
      else this.setWindow(this.first, this.last);
    });
    select(this.strip).append('g').attr('class', 'brush').call(this.brush);
  }

  private drawWindow() {
    if (!this.width) return;
    const {y} = this;
    const x = scaleTime().domain([this.from, this.to]).range([LEFT, this.width - RIGHT]);
    const right = this.width - RIGHT;
    this.period.textContent = `${dateText(isoDay(this.from))} – ${dateText(isoDay(this.to))}`;
    this.chart.replaceChildren();
    const root: Selection = select(this.chart);
    for (const value of [-10, -5, 0, 5, 10]) {
      root.append('line').attr('class', value ? 'grid' : 'zero').attr('x1', LEFT).attr('x2', right).attr('y1', y(value)).attr('y2', y(value));
      root.append('text').attr('class', 'tick').attr('x', LEFT - 8).attr('y', y(value) + 4).attr('text-anchor', 'end').text(signed(value));
    }
    const ticks = x.ticks(Math.max(2, Math.floor(this.width / 110)));
    const span = this.to.getTime() - this.from.getTime();
    const form = new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language(), {timeZone: 'UTC',
      year: span > 300 * DAY ? 'numeric' : undefined, month: 'short', day: span < 150 * DAY ? 'numeric' : undefined});
    for (const tick of ticks) {
      root.append('line').attr('class', 'notch').attr('x1', x(tick)).attr('x2', x(tick)).attr('y1', HEIGHT - BOTTOM).attr('y2', HEIGHT - BOTTOM + 4);
      root.append('text').attr('class', 'tick').attr('x', x(tick)).attr('y', HEIGHT - 6).attr('text-anchor', x(tick) > right - 18 ? 'end' : 'middle').text(form.format(tick));
    }
    const bins = new Map<number, number[]>();
    const bin = binFor(span, this.width);
    for (const dot of this.dots) {
      if (dot.event.status === 'negated') continue;  // what did not happen has no value
      const at = bin.floor(dot.day).getTime();
      if (!bins.has(at)) bins.set(at, []);
      bins.get(at)!.push(dot.value);
    }
    const means = [...bins].sort((a, b) => a[0] - b[0]).map(([at, values]): [Date, number] => {
      const middle = (at + bin.offset(new Date(at), 1).getTime()) / 2;
      return [new Date(bin === utcDay ? at : middle), values.reduce((sum, value) => sum + value, 0) / values.length];
    });
    // A line that leaves the window ends at its edge, by a clip.
    const clip = svg('clipPath', {id: 'window'}, svg('rect', {x: LEFT - 6, y: 0, width: right - LEFT + 12, height: HEIGHT}));
    this.chart.append(clip);
    const inside = root.append('g').attr('clip-path', 'url(#window)');
    // No line across a stretch of which nothing is known.
    const parts: [Date, number][][] = [[]];
    means.forEach((one, i) => {
      if (i > 0 && one[0].getTime() - means[i - 1][0].getTime() > span / 5) parts.push([]);
      parts[parts.length - 1].push(one);
    });
    for (const part of parts) {
      if (part.length < 2) continue;
      inside.append('path').attr('class', 'mean').attr('d', line().x((one: [Date, number]) => x(one[0]))
          .y((one: [Date, number]) => y(one[1])).curve(curveMonotoneX)(part));
    }
    this.dots.forEach((dot, at) => {
      if (dot.day < this.from || dot.day > this.to) return;
      const mark = svg('circle', {class: `quad${dot.event.quad_category || 0} ${dot.event.status}`, 'data-at': at,
        cx: x(dot.day) + dot.shift * 6, cy: y(dot.value), r: 4.5, on: {
          pointerenter: () => {
            this.highlight(dot.event.id);
          },
          click: () => {
            this.current = at;
            this.highlight(dot.event.id);
            this.onPick(dot.event);
          },
        }});
      (inside.node() as Element).append(mark);
    });
  }
}
