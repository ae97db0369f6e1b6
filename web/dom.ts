// Elements. Reports are written by strangers: whatever is shown becomes a text node or an
// attribute, never markup.

export type Child = Node | string | number | null | undefined | false | Child[];

interface Props {
  [attribute: string]: string | number | boolean | null | undefined | object;
  on?: Record<string, (event: any) => void>;
}

function fill(element: Element, props: Props, children: Child[]) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') {
      for (const [type, listener] of Object.entries(value as object)) {
        element.addEventListener(type, listener);
      }
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(element, children);
}

export function append(element: Element | DocumentFragment, children: Child[]) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child instanceof Node ? child : String(child));
  }
}

export function h<K extends keyof HTMLElementTagNameMap>(
    tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, props, children);
  return element;
}

export function svg(tag: string, props: Props = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  fill(element, props, children);
  return element;
}

// A link to an outside address, or its text alone where the address is none of the web's.
export function outside(url: string | undefined, text: string): HTMLElement {
  if (!/^https?:\/\//i.test(url || '')) return h('span', {}, text);
  return h('a', {href: url, rel: 'noopener noreferrer', target: '_blank'}, text, ' ↗');
}
