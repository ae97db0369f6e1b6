// The page of `kronik serve`: lists the chronicle by date and opens a record at its words.
// Reports are written by strangers: their text reaches the page by textContent alone.
'use strict';

const $ = (id) => document.getElementById(id);
const PAGE = 200;
let view = 'events';
let shown = 0;  // counts list requests, so that a slow answer can't replace a newer one
let opened = 0;

function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (className) element.className = className;
  return element;
}

async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) {
    const why = await answer.json().catch(() => ({}));
    throw new Error(why.error || `the server answered ${answer.status}`);
  }
  return answer.json();
}

const nameOf = (actor) => actor.code || actor.name || actor.text || '?';
const namesOf = (actors) => (actors || []).map(nameOf).join(', ');
const dayOf = (date) => (date && (date.from || date.to)) || '';

// Rows of the three lists: the day they stand under, a heading, a line below, what they open.
const ROWS = {
  events: (event) => ({
    day: dayOf(event.date),
    title: `${namesOf(event.actor) || '?'} → ${namesOf(event.recipient) || '–'}`,
    label: event.event_type + (event.mode ? ` · ${event.mode}` : ''),
    detail: event.sentence.text,
    status: event.status,
    note: (event.status === 'asserted' ? '' : event.status) +
        (event.evidence.length > 1 ? ` ${event.evidence.length} reports` : ''),
    article: event.article,
    record: event.evidence[0].id,
  }),
  commitments: (commitment) => ({
    day: dayOf(commitment.made),
    title: (commitment.parties || []).map((party) => nameOf(party.actor)).join(', '),
    label: `${commitment.kind} · ${commitment.status}`,
    detail: commitment.subject && commitment.subject.text,
    note: dayOf(commitment.term) ? `by ${commitment.term.to || commitment.term.from}` : '',
    article: commitment.article,
    record: commitment.id,
  }),
  articles: (article) => ({
    day: (article.published || '').slice(0, 10),
    title: article.title || article.url || article.input,
    label: '',
    detail: [article.publisher, article.lang].filter(Boolean).join(' · '),
    note: `${article.event_count} events`,
    article: article.id,
    record: '',
  }),
};

function query(offset) {
  const form = new FormData($('filter'));
  const parameters = new URLSearchParams();
  if (view !== 'articles') {
    for (const name of ['party', 'other']) {
      const code = String(form.get(name)).trim().toUpperCase();
      if (code) parameters.append('party', code);
    }
    for (const name of ['from', 'to']) if (form.get(name)) parameters.set(name, form.get(name));
  }
  parameters.set('limit', PAGE);
  parameters.set('offset', offset);
  return parameters;
}

async function showList(offset = 0) {
  const list = $('list');
  const turn = ++shown;
  let answer;
  try {
    answer = await get(`/api/${view}?${query(offset)}`);
  } catch (problem) {
    if (turn === shown) list.replaceChildren(make('p', problem.message, 'hint'));
    return;
  }
  if (turn !== shown) return;
  if (offset === 0) list.replaceChildren();
  list.querySelectorAll('.more').forEach((button) => button.remove());
  const rows = answer[view].map(ROWS[view]);
  if (offset === 0 && rows.length === 0) list.append(make('p', 'Nothing here.', 'hint'));
  let section = list.lastElementChild;
  for (const row of rows) {
    const day = row.day || 'date unknown';
    if (!section || section.tagName !== 'OL' || section.dataset.day !== day) {
      list.append(make('h2', day));
      section = make('ol');
      section.dataset.day = day;
      list.append(section);
    }
    const button = make('button', '', `item ${row.status || ''}`);
    button.type = 'button';
    button.dataset.article = row.article;
    button.dataset.record = row.record;
    button.append(make('b', row.title), make('span', row.label));
    if (row.detail) button.append(make('small', row.detail));
    if (row.note) button.append(make('small', row.note, 'note'));
    button.addEventListener('click', () => {
      location.hash = new URLSearchParams({article: row.article, record: row.record});
    });
    const item = make('li');
    item.append(button);
    section.append(item);
  }
  if (answer.more) {
    const button = make('button', 'More', 'more');
    button.type = 'button';
    button.addEventListener('click', () => showList(offset + PAGE));
    list.append(button);
  }
  markCurrent();
}

function markCurrent() {
  const at = new URLSearchParams(location.hash.slice(1));
  for (const item of document.querySelectorAll('.item')) {
    item.setAttribute('aria-current', String(item.dataset.article === at.get('article') &&
        item.dataset.record === (at.get('record') || '')));
  }
}

// What of a layer to mark for a record: [{start, end, className}], in code points.
function marksOf(record, layer) {
  const marks = [];
  const add = (span, className) => {
    if (span && span.start !== undefined && (span.layer || 'body') === layer) {
      marks.push({start: span.start, end: span.end, className});
    }
  };
  if (!record) return marks;
  add(record.sentence || (record.evidence && record.evidence[0].sentence), 'sentence');
  add(record.trigger, 'trigger');
  (record.actor || []).forEach((actor) => add(actor, 'actor'));
  (record.recipient || []).forEach((actor) => add(actor, 'recipient'));
  for (const party of record.parties || []) {
    add(party.actor, party.role === 'bound' ? 'actor' : 'recipient');
  }
  return marks;
}

// Appends text to an element, cut where marks begin and end. `offset` is where the text begins in
// the layer; offsets count code points, which a JavaScript string does not.
function appendMarked(element, text, offset, marks) {
  const points = Array.from(text);
  const cuts = new Set([0, points.length]);
  for (const mark of marks) {
    for (const at of [mark.start - offset, mark.end - offset]) {
      if (at > 0 && at < points.length) cuts.add(at);
    }
  }
  const order = [...cuts].sort((a, b) => a - b);
  for (let i = 0; i + 1 < order.length; ++i) {
    const classes = marks.filter((mark) => mark.start - offset < order[i + 1] &&
        mark.end - offset > order[i]).map((mark) => mark.className);
    const piece = points.slice(order[i], order[i + 1]).join('');
    element.append(classes.length ? make('mark', piece, [...new Set(classes)].join(' ')) : piece);
  }
}

const TAGS = {heading: 'h3', quote: 'blockquote', table: 'pre'};

async function showReport() {
  markCurrent();
  const at = new URLSearchParams(location.hash.slice(1));
  const id = at.get('article');
  if (!id) return;
  const turn = ++opened;
  const report = $('report');
  let answer;
  try {
    answer = await get(`/api/articles/${encodeURIComponent(id)}`);
  } catch (problem) {
    if (turn === opened) report.replaceChildren(make('p', problem.message, 'hint'));
    return;
  }
  if (turn !== opened) return;
  const {article} = answer;
  const record = [...answer.events, ...answer.commitments]
      .find((one) => one.id === at.get('record'));
  report.replaceChildren();
  report.lang = article.lang || '';
  const title = make('h2');
  appendMarked(title, article.title || '', 0, marksOf(record, 'title'));
  report.append(title);
  const meta = make('p', [article.publisher, article.published, article.place,
    (article.authors || []).join(', ')].filter(Boolean).join(' · '), 'meta');
  if (/^https?:\/\//i.test(article.url || '')) {
    const link = make('a', 'original');
    link.href = article.url;
    link.rel = 'noopener noreferrer';
    link.target = '_blank';
    meta.append(' ', link);
  }
  report.append(meta);
  if (record) {
    const legend = make('p', '', 'legend');
    legend.lang = 'en';
    for (const name of ['sentence', 'actor', 'trigger', 'recipient']) {
      legend.append(make('mark', name, name));
    }
    report.append(legend);
  }
  const text = make('div', '', 'text');
  const marks = marksOf(record, 'body');
  let offset = 0;
  for (const block of article.blocks || []) {
    const element = make(TAGS[block.kind] || 'p');
    const size = Array.from(block.text).length;
    appendMarked(element, block.text, offset,
        marks.filter((mark) => mark.start < offset + size && mark.end > offset));
    offset += size + 2;  // blocks are joined by an empty line
    text.append(element);
  }
  if (!text.childElementCount) {
    // The chronicle keeps no whole texts: the record's own words are all there is.
    const sentence = record &&
        (record.sentence || (record.evidence && record.evidence[0].sentence));
    const element = make('p');
    if (sentence) appendMarked(element, sentence.text, sentence.start, marks);
    text.append(element);
  }
  report.append(text);
  const first = text.querySelector('mark.trigger') || text.querySelector('mark');
  if (first) first.scrollIntoView({block: 'center'});
  else report.scrollTop = 0;
}

for (const name of Object.keys(ROWS)) {
  $(`show-${name}`).addEventListener('click', () => {
    view = name;
    for (const other of Object.keys(ROWS)) {
      $(`show-${other}`).setAttribute('aria-pressed', String(other === name));
    }
    showList();
  });
}
$('filter').addEventListener('submit', (event) => {
  event.preventDefault();
  showList();
});
window.addEventListener('hashchange', showReport);
showList();
showReport();
