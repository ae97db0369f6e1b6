// What people say of a record: its state, what one can say, and the log of what was said. Nothing of
// it changes the record that the machine wrote.
import {append, Child, h} from './dom';
import {actorNames, codeName, intervalText, label} from './labels';
import {Actor, Choices, Commitment, EventRecord, get, Interval, post, Review, Said, Statement} from './records';
import {language, strings, t} from './strings';

export type Kind = 'event' | 'statement' | 'commitment';
type Any = Partial<Omit<EventRecord, 'evidence'> & Statement & Omit<Commitment, 'evidence'>>;
type Verdict = Review['verdict'];

const EVENT_STATUSES = ['asserted', 'negated', 'planned', 'hypothetical'];
const STATUSES = ['proposed', 'made', 'reaffirmed', 'delayed', 'partly_fulfilled', 'fulfilled', 'broken', 'withdrawn'];
const FIELDS: Record<Kind, string[]> = {
  event: ['event_type', 'mode', 'status', 'date', 'actor', 'recipient', 'place', 'cameo'],
  statement: ['source', 'addressee', 'kind', 'negated'],
  commitment: ['kind', 'status', 'bound', 'toward', 'made', 'term', 'place'],
};
const KINDS = ['pledge', 'agreement', 'plan', 'invitation', 'demand'];

let choices: Promise<Choices> | null = null;

// ---- fields as texts ---------------------------------------------------------------------------

const DATES = ['date', 'made', 'term'];
const ACTORS = ['actor', 'recipient', 'source', 'addressee', 'bound', 'toward'];

const actorText = (actor: Actor | undefined) => (actor?.code ? [actor.code, ...(actor.sectors || [])].join(' ') : '');
const dateForm = (date: Interval | undefined) => {
  const from = date?.from || '', to = date?.to || '';
  return from === to ? from : `${from}..${to}`;
};

// A field of a record as one writes it.
function written(record: Any, name: string): string {
  if (name === 'bound' || name === 'toward') {
    return (record.parties || []).filter((party) => party.role === name).map((party) => actorText(party.actor))
        .filter(Boolean).join(', ');
  }
  if (name === 'negated') return String(!!record.negated);
  return writtenValue((record as Record<string, unknown>)[name]);
}

function writtenValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(writtenValue).filter(Boolean).join(', ');
  if (typeof value !== 'object') return String(value);
  return 'code' in value ? actorText(value as Actor) : dateForm(value as Interval);
}

// The same, as people read it.
function readable(name: string, text: string): string {
  if (!text) return t('none');
  if (DATES.includes(name)) {
    const [from, to = from] = text.split('..');
    return intervalText({from, to});
  }
  if (ACTORS.includes(name)) {
    return text.split(/, */).map((actor) => {
      const [code, ...sectors] = actor.split(' ');
      return [codeName(code), ...sectors].join(' ');
    }).join(', ');
  }
  return optionText(text);
}

interface Field { name: string; value: string; options?: string[]; hint?: string }

function fieldsOf(kind: Kind, record: Any, {event_type: types}: Choices): Field[] {
  const options: Record<string, string[]> = kind === 'event' ?
      {event_type: Object.keys(types), mode: ['', ...(types[record.event_type || ''] || [])], status: EVENT_STATUSES} :
      kind === 'statement' ? {kind: ['direct', 'indirect', 'mixed'], negated: ['false', 'true']} :
      {kind: KINDS, status: STATUSES};
  return FIELDS[kind].map((name) => ({name, value: written(record, name), options: options[name],
    hint: DATES.includes(name) ? t('date_form') : ACTORS.includes(name) ? t('actors_form') : undefined}));
}

const optionText = (value: string) => strings().types[value] || (value === 'true' ? t('yes') : value === 'false' ? t('no') : label(value));
const fieldName = (name: string) => strings().fields[name] || name;

// Corrected fields, and what the machine wrote there; not what follows from them.
function corrections(fields: Record<string, unknown> | undefined, record?: Any): Child {
  if (!fields) return null;
  return h('ul', {class: 'corrections'}, Object.entries(fields)
      .filter(([name]) => name !== 'goldstein' && name !== 'quad_category')
      .map(([name, value]) => h('li', {}, h('span', {class: 'meta'}, `${fieldName(name)}: `), readable(name, writtenValue(value)),
          record && h('span', {class: 'meta'}, ` (${t('was', readable(name, written(record, name)))})`))));
}

const moment = (at: string) => new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language(),
    {dateStyle: 'medium', timeStyle: 'short'}).format(new Date(at));

// ---- the parts ---------------------------------------------------------------------------------

export function reviewBadge(review: Review | undefined): Child {
  return review && h('span', {class: `badge review-${review.verdict}`}, label(review.verdict));
}

// The state, with who said so; a line that screen readers hear when it changes.
function stateLine(review: Review | null, record: Any): Child[] {
  if (!review) return [h('p', {class: 'meta'}, t('review_none'))];
  return [
    h('p', {}, reviewBadge(review), ' ', h('span', {class: 'meta'}, `${review.reviewer} · ${moment(review.at)}`)),
    review.note && h('p', {class: 'note'}, review.note),
    corrections(review.fields, record),
  ];
}

function logList(said: Said[]): Child {
  return said.length > 0 && [h('h4', {}, t('log')), h('ol', {class: 'log'}, said.map((one) =>
    h('li', {}, h('p', {class: 'meta'}, h('time', {datetime: one.at}, moment(one.at)), ` · ${one.reviewer} · ${label(one.verdict)}`),
        one.note && h('p', {class: 'note'}, one.note), corrections(one.fields))))];
}

class Box {
  readonly element: HTMLElement;
  private readonly state = h('div', {class: 'state', role: 'status'});
  private readonly log = h('div');
  private readonly form = h('div');
  private readonly problem = h('p', {class: 'problem', role: 'alert'});
  private readonly name: HTMLInputElement = h('input', {type: 'text', name: 'reviewer', maxlength: 100, autocomplete: 'name',
    value: localStorage.getItem('reviewer') || '', on: {change: () => localStorage.setItem('reviewer', this.name.value.trim())}});
  private readonly note = h('input', {type: 'text', name: 'note', maxlength: 500, autocomplete: 'off'});
  private readonly undo = this.button('undo');
  private readonly correct: HTMLButtonElement;
  private review: Review | null;

  constructor(private readonly kind: Kind, private readonly id: string, private readonly record: Any,
              private readonly changed: (review: Review | null) => void) {
    this.review = record.review || null;
    this.correct = h('button', {type: 'button', 'aria-expanded': 'false', on: {click: () => this.toggleForm()}}, t('correct'));
    this.element = h('div', {class: 'reviewbox'}, this.state,
        h('div', {class: 'fields'},
            h('label', {}, h('span', {}, t('reviewer')), this.name),
            h('label', {class: 'wide'}, h('span', {}, t('note')), this.note)),
        h('div', {class: 'buttons'}, this.button('accept'), this.button('reject'), this.correct, this.undo),
        this.problem, this.form, this.log);
    this.show();
  }

  async load() {
    // The log of the id under which it was reviewed: that of an entry's other report, perhaps.
    const {reviews} = await get<{reviews: Said[]}>(`/api/reviews?id=${encodeURIComponent(this.review?.id || this.id)}&limit=100`);
    this.log.replaceChildren();
    append(this.log, [logList(reviews)]);
  }

  private button(verdict: Exclude<Verdict, 'correct'>) {
    return h('button', {type: 'button', class: `say-${verdict}`, on: {click: () => this.say(verdict)}}, strings().verdicts[verdict]);
  }

  private show() {
    this.state.replaceChildren();
    append(this.state, [stateLine(this.review, this.record)]);
    this.undo.hidden = !this.review;
  }

  private async say(verdict: Verdict, fields?: Record<string, string>) {
    const reviewer = this.name.value.trim();
    this.problem.textContent = '';
    if (!reviewer) {
      this.problem.textContent = t('need_name');
      this.name.focus();
      return;
    }
    localStorage.setItem('reviewer', reviewer);
    try {
      const {review} = await post<{review: Said}>('/api/reviews', JSON.stringify({
        kind: this.kind, id: this.review?.id || this.id, verdict, reviewer, fields,
        note: this.note.value.trim() || undefined}), 'application/json');
      this.review = review.review;
      this.note.value = '';
      if (verdict === 'correct') this.toggleForm();
      this.show();
      this.changed(this.review);
      await this.load();
    } catch (problem) {
      this.problem.textContent = (problem as Error).message;
    }
  }

  // The record with its corrections, as far as a form shows them.
  private corrected(): Any {
    const fields = {...this.review?.fields};
    const parties = (this.record.parties || []).filter(({role}) => !(role in fields));
    for (const role of ['bound', 'toward']) {
      for (const code of (fields[role] as string[]) || []) parties.push({role, actor: {code}});
      delete fields[role];
    }
    return {...this.record, ...fields, parties} as Any;
  }

  private async toggleForm() {
    const open = this.form.childElementCount > 0;
    this.correct.setAttribute('aria-expanded', String(!open));
    this.form.replaceChildren();
    if (open) {
      this.correct.focus();
      return;
    }
    choices = choices || get<Choices>('/api/ontology');
    const known = await choices;
    const now = fieldsOf(this.kind, this.corrected(), known);
    const form = h('form', {class: 'correction', on: {submit: (event: Event) => {
      event.preventDefault();
      const data = new FormData(form);
      const changed = Object.fromEntries(now.filter(({name, value}) => String(data.get(name)).trim() !== value)
          .map(({name}) => [name, String(data.get(name)).trim()]));
      if (Object.keys(changed).length === 0) this.problem.textContent = t('nothing_changed');
      else this.say('correct', changed);
    }}});
    for (const field of now) {
      const hint = field.hint && h('span', {class: 'meta'}, field.hint);
      form.append(h('label', {}, h('span', {}, fieldName(field.name)), field.options ?
          h('select', {name: field.name}, field.options.map((value) =>
            h('option', {value, selected: value === field.value}, value ? optionText(value) : t('none')))) :
          h('input', {type: 'text', name: field.name, value: field.value, maxlength: 200, autocomplete: 'off', spellcheck: 'false'}),
      hint || ''));
    }
    const type = form.querySelector<HTMLSelectElement>('[name=event_type]');
    type?.addEventListener('change', () => form.querySelector('[name=mode]')!.replaceChildren(
        ...['', ...(known.event_type[type.value] || [])].map((value) => h('option', {value}, value ? optionText(value) : t('none')))));
    form.append(h('div', {class: 'buttons'}, h('button', {class: 'primary'}, t('save')),
        h('button', {type: 'button', on: {click: () => this.toggleForm()}}, t('cancel'))));
    this.form.append(form);
    form.querySelector<HTMLElement>('input, select')!.focus();
  }
}

// On a record's own page: everything in sight.
export function reviewSection(kind: Kind, id: string, record: Any): HTMLElement {
  const box = new Box(kind, id, record, () => undefined);
  box.load().catch(() => undefined);
  return h('section', {class: 'records review', 'aria-label': t('review')}, h('h2', {}, t('review')), box.element);
}

// Beside others in a list: a line that opens.
export function reviewDetails(kind: Kind, id: string, record: Any): HTMLElement {
  const badge = h('span');
  const tell = (review: Review | null) => {
    badge.replaceChildren();
    append(badge, [review && [' ', reviewBadge(review)]]);
  };
  tell(record.review || null);
  const who = kind === 'statement' ? actorNames(record.source ? [record.source] : []) : record.subject?.text || '';
  let box: Box | null = null;
  const details: HTMLDetailsElement = h('details', {class: 'review', on: {toggle: () => {
    if (!details.open || box) return;
    box = new Box(kind, id, record, tell);
    details.append(box.element);
    box.load().catch(() => undefined);
  }}}, h('summary', {}, t('review'), who && h('span', {class: 'unseen'}, ` ${who}`), badge));
  return details;
}
