// The records as the API gives them (doc/records.md, doc/openapi.yaml), and how to ask for them.

export interface Span { layer?: string; text: string; start?: number; end?: number }
// Null where a side is not known.
export interface Interval { from?: string | null; to?: string | null; text?: string }
export interface Actor extends Partial<Span> {
  name?: string;
  kind?: string;
  code: string | null;
  sectors?: string[];
  role?: string;
  organ_of?: string;
}
// What a record's reviews come to; `id` is the one under which the log has it.
export interface Review {
  id: string;
  verdict: 'accept' | 'correct' | 'reject' | 'undo';
  reviewer: string;
  at: string;
  note?: string;
  fields?: Record<string, unknown>;
  original?: Record<string, unknown>;
}
// An entry of the log; when it is new, with what the reviews now come to.
export interface Said extends Review {
  kind: string;
  orphaned?: boolean;
  review: Review | null;
}
export interface Choices {
  event_type: Record<string, string[]>;
  context: string[];
  sector: string[];
  actor: string[];
  cameo: string[];
}
export interface Evidence {
  id: string;
  article: string;
  trigger: Span;
  sentence: Span;
  reported_by?: Actor[];
  confidence?: number;
}
export interface EventRecord extends Evidence {
  chronicle_id?: string;
  event_type: string;
  mode?: string;
  context?: string[];
  cameo?: string;
  goldstein?: number;
  quad_category?: number;
  actor: Actor[];
  recipient: Actor[];
  topic?: Span;
  date?: Interval;
  place?: string;
  status: string;
  background?: boolean;
  pattern?: string;
  evidence?: Evidence[];
  review?: Review;
}
export interface Statement {
  id: string;
  source?: Actor;
  cue?: Span;
  content: Span[];
  kind?: string;
  negated?: boolean;
  addressee?: Actor;
  via?: {actor: Actor; cue?: Span}[];
  sentence?: Span;
  review?: Review;
}
export interface Commitment {
  id: string;
  article: string;
  parties: {actor: Actor; role: string}[];
  kind: string;
  instrument?: string;
  subject?: Span;
  made?: Interval;
  place?: string;
  term?: Interval;
  status: string;
  hedged?: boolean;
  trigger?: Span;
  review?: Review;
  evidence?: {id?: string; article: string; sentence: Span; date?: Interval; status?: string; source?: Actor[]}[];
}
export interface Brief {
  id: string;
  title?: string;
  publisher?: string;
  published?: string;
  lang?: string;
  url?: string;
  authors?: string[];
  place?: string;
}
export interface Article extends Brief {
  input?: string;
  deck?: string;
  published_basis?: string;
  tags?: string[];
  captions?: {text: string; credit?: {text?: string; agency?: string; handout_by?: string}}[];
  blocks?: {kind: string; text: string}[];
  residue?: {kind: string; text: string}[];
  related?: {text: string; url?: string}[];
  event_count?: number;
}
export interface Report {
  article: Article;
  events: EventRecord[];
  statements: Statement[];
  commitments: Commitment[];
  links?: {text: string; url?: string; article?: string}[];
  reports?: Brief[];
  nearby?: EventRecord[];
  problems?: string[];
}
export interface EventPage {
  event: EventRecord;
  reports: {
    article: Brief;
    record: Evidence & Partial<EventRecord>;
    statements: Statement[];
    paragraph?: {text: string; start: number};
  }[];
  nearby: EventRecord[];
}
export interface Facets {
  total: number;
  first: string;
  last: string;
  event_type: Record<string, number>;
  status: Record<string, number>;
  quad_category: Record<string, number>;
  actor: Record<string, number>;
}
export interface Network {
  actors: {code: string; events: number}[];
  ties: {a: string; b: string; events: number; goldstein: number}[];
}
export interface Sums { events: number; goldstein: number; quad_category: Record<string, number> }
export interface Places {
  parties: ({code: string} & Sums)[];
  countries: ({code: string} & Sums)[];
  places: ({name: string; country: string; latitude: number; longitude: number} & Sums)[];
  unplaced: number;
}

async function answered<T>(answer: Response): Promise<T> {
  if (answer.ok) return answer.json();
  const why = await answer.json().catch(() => ({}));
  throw new Error(why.error || `HTTP ${answer.status}`);
}

export const get = async <T>(path: string): Promise<T> => answered<T>(await fetch(path));

export const post = async <T>(path: string, body: Blob | string, type = 'text/plain'): Promise<T> =>
  answered<T>(await fetch(path, {method: 'POST', body, headers: {'Content-Type': type}}));

// The named parameters of an address that have a value, for the API or for another view.
export function pick(from: URLSearchParams, names: string[]): URLSearchParams {
  const picked = new URLSearchParams();
  for (const name of names) {
    for (const value of from.getAll(name)) if (value) picked.append(name, value);
  }
  return picked;
}
