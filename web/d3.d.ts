// As much of D3 5 as the page uses: Debian's node-d3 comes without types.
declare module 'd3-selection' {
  export interface Selection {
    append(name: string): Selection;
    attr(name: string, value: unknown): Selection;
    call(what: unknown, ...more: unknown[]): Selection;
    select(what: string): Selection;
    selectAll(what: string): Selection;
    on(name: string, listener: unknown): Selection;
    text(value: string): Selection;
    node(): Element;
    remove(): Selection;
  }
  export function select(node: Element): Selection;
  // The event being handled, while a listener runs.
  export const event: any;
}
declare module 'd3-scale' {
  export interface Scale<T> {
    (value: T): number;
    domain(): T[];
    domain(values: T[]): Scale<T>;
    range(values: number[]): Scale<T>;
    invert(at: number): T;
    ticks(count?: number): T[];
    tickFormat(count?: number): (value: T) => string;
    copy(): Scale<T>;
  }
  export function scaleTime(): Scale<Date>;
  export function scaleLinear(): Scale<number>;
  export function scaleSqrt(): Scale<number>;
}
declare module 'd3-brush' {
  export function brushX(): any;
}
declare module 'd3-zoom' {
  export function zoom(): any;
  export const zoomIdentity: any;
}
declare module 'd3-shape' {
  export function line(): any;
  export const curveMonotoneX: unknown;
}
declare module 'd3-time' {
  export interface Interval {
    floor(date: Date): Date;
    offset(date: Date, step: number): Date;
    every(step: number): Interval;
  }
  export const utcDay: Interval;
  export const utcMonday: Interval;
  export const utcMonth: Interval;
  export const utcYear: Interval;
}
declare module 'd3-geo' {
  export function geoArea(shape: unknown): number;
  export function geoEqualEarth(): any;
  export interface Path {
    (shape: unknown): string;
    bounds(shape: unknown): [[number, number], [number, number]];
  }
  export function geoPath(projection: unknown): Path;
  export function geoCentroid(shape: unknown): [number, number];
}
declare module 'd3-force' {
  export function forceSimulation(nodes: unknown[]): any;
  export function forceLink(links: unknown[]): any;
  export function forceManyBody(): any;
  export function forceCollide(): any;
  export function forceX(at: number): any;
  export function forceY(at: number): any;
}
