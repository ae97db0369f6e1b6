// Text with marks. Offsets count code points, which a JavaScript string does not.
import {Child, h} from './dom';
import {Span} from './records';

export interface Mark {
  start: number;
  end: number;
  className: string;
  href?: string;  // an event's page
  title?: string;
}

export function mark(span: Partial<Span> | undefined, className: string, more: Partial<Mark> = {},
                     layer = 'body'): Mark[] {
  if (!span || span.start === undefined || span.end === undefined) return [];
  if ((span.layer || 'body') !== layer) return [];
  return [{start: span.start, end: span.end, className, ...more}];
}

// The text, cut where marks begin and end; `offset` is where it begins in its layer.
export function marked(text: string, offset: number, marks: Mark[]): Child[] {
  const points = Array.from(text);
  const here = marks.filter((one) => one.start < offset + points.length && one.end > offset);
  if (here.length === 0) return [text];
  const cuts = new Set([0, points.length]);
  for (const one of here) {
    for (const at of [one.start - offset, one.end - offset]) {
      if (at > 0 && at < points.length) cuts.add(at);
    }
  }
  const order = [...cuts].sort((a, b) => a - b);
  const pieces: Child[] = [];
  for (let i = 0; i + 1 < order.length; ++i) {
    const over = here.filter((one) => one.start - offset < order[i + 1] && one.end - offset > order[i]);
    const piece = points.slice(order[i], order[i + 1]).join('');
    if (over.length === 0) {
      pieces.push(piece);
      continue;
    }
    const className = [...new Set(over.map((one) => one.className))].join(' ');
    const title = over.map((one) => one.title).filter(Boolean).join(' · ') || null;
    const link = over.find((one) => one.href);
    pieces.push(link ? h('a', {class: className, href: link.href, title}, piece) :
                       h('mark', {class: className, title}, piece));
  }
  return pieces;
}
