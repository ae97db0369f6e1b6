// A report to read, with its records marked in the text and listed beside it.
import {append, Child, h, outside} from './dom';
import {actorName, clockText, codeName, dateText, intervalText, kindOf, label, titleOf} from './labels';
import type {Place} from './main';
import {mark, Mark, marked} from './marks';
import {Commitment, EventRecord, get, Report, Span, Statement} from './records';
import {reviewDetails} from './review';
import {eventId, eventRow, hint, meta, partiesLine, reportLine} from './rows';
import {t} from './strings';

const TAGS: Record<string, 'h2' | 'blockquote' | 'pre' | 'p'> =
    {heading: 'h2', quote: 'blockquote', table: 'pre'};
const KINDS = ['events', 'statements', 'commitments', 'names'] as const;

// The marks of all records in one layer. Links only where the records have pages.
function marksOf(report: Report, linked: boolean, layer: string): Mark[] {
  const marks: Mark[] = [];
  const add = (span: Partial<Span> | undefined, className: string, more: Partial<Mark> = {}) =>
    marks.push(...mark(span, className, more, layer));
  for (const event of report.events) {
    add(event.trigger, `m-events quad${event.quad_category || 0}`, {
      href: linked ? `/events/${encodeURIComponent(eventId(event))}` : undefined,
      title: kindOf(event),
    });
    for (const actor of [...event.actor, ...event.recipient]) add(actor, 'm-names', {title: actorName(actor)});
  }
  for (const statement of report.statements) {
    const who = statement.source ? actorName(statement.source) : t('unknown');
    for (const span of statement.content) add(span, 'm-statements', {title: t('reported_by', who)});
    add(statement.cue, 'm-cue');
    if (statement.source) add(statement.source, 'm-names', {title: who});
  }
  for (const commitment of report.commitments) {
    add(commitment.trigger, 'm-commitments', {title: `${label(commitment.kind)}, ${label(commitment.status)}`});
    add(commitment.subject, 'm-commitments', {title: `${label(commitment.kind)}, ${label(commitment.status)}`});
  }
  return marks;
}

// The marks of the one record that an address asks for.
function marksOfRecord(report: Report, id: string): Mark[] {
  const event = report.events.find((one) => one.id === id || one.chronicle_id === id);
  if (event) return [...mark(event.sentence, 'target'), ...mark(event.trigger, 'trigger')];
  const commitment = report.commitments.find((one) => one.id === id);
  if (commitment) {
    return [...mark(commitment.evidence?.[0]?.sentence, 'target'), ...mark(commitment.trigger, 'trigger')];
  }
  const statement = report.statements.find((one) => one.id === id);
  return statement ? statement.content.flatMap((span) => mark(span, 'target')) : [];
}

// A link to a record's words; nothing where the text isn't there.
function inText(report: Report, id: string): Child {
  return (report.article.blocks || []).length > 0 && h('a', {class: 'intext', href: `?record=${encodeURIComponent(id)}`, 'data-record': id}, t('in_text'));
}

function statementRow(report: Report, statement: Statement, linked: boolean): HTMLElement {
  return h('li', {class: 'statement'},
      h('p', {class: 'line'},
          h('span', {class: 'who'}, statement.source ? actorName(statement.source) : t('unknown')),
          statement.negated && h('span', {class: 'badge'}, t('denied'))),
      h('p', {class: 'quote'}, statement.content.map((span) => span.text).join(' … ')),
      meta(...(statement.via || []).map(({actor}): Child => [t('through', actorName(actor)),
        actor.organ_of && ` (${t('organ_of', codeName(actor.organ_of))})`]), inText(report, statement.id)),
      linked && reviewDetails('statement', statement.id, statement));
}

function commitmentRow(report: Report, commitment: Commitment, linked: boolean): HTMLElement {
  const term = intervalText(commitment.term);
  return h('li', {class: 'commitment'},
      h('p', {class: 'line'}, h('span', {class: 'who'}, partiesLine(commitment)),
          h('span', {class: 'kind'}, label(commitment.kind)), h('span', {class: 'badge'}, label(commitment.status))),
      h('p', {class: 'quote'}, commitment.subject?.text || commitment.evidence?.[0]?.sentence?.text || ''),
      meta(term && t('term', term), inText(report, commitment.id)),
      linked && reviewDetails('commitment', commitment.id, commitment));
}

function section(title: string, rows: HTMLElement[], className: string): Child {
  return rows.length > 0 && h('section', {class: 'records'}, h('h2', {}, title, h('span', {class: 'count'}, rows.length)),
      h('ol', {class: className}, rows));
}

// The report and its records, as the reading page shows them. `linked` if the chronicle has it.
export function showReport(report: Report, linked: boolean, record = ''): HTMLElement {
  const {article} = report;
  const chosen = marksOfRecord(report, record);
  const layer = (name: string) => [...(name === 'body' ? chosen : []), ...marksOf(report, linked, name)];
  const body = layer('body');
  const text = h('div', {class: 'text show-events show-statements show-commitments show-names'});
  let offset = 0;
  for (const block of article.blocks || []) {
    const isDeck = offset === 0 && block.text === article.deck;
    text.append(h(TAGS[block.kind] || 'p', {class: isDeck ? 'deck' : block.kind},
        marked(block.text, offset, body)));
    offset += Array.from(block.text).length + 2;  // blocks are joined by an empty line
  }
  if (!text.childElementCount) text.append(hint(t('only_evidence')));

  const toggles = h('fieldset', {class: 'toggles'}, h('legend', {}, t('marks')),
      KINDS.map((kind) => h('label', {class: `m-${kind}`},
          h('input', {type: 'checkbox', checked: text.classList.contains(`show-${kind}`), on: {
            change: (event: Event) => text.classList.toggle(`show-${kind}`,
                (event.target as HTMLInputElement).checked),
          }}), h('span', {}, t(kind)))));

  const when = [dateText(article.published), clockText(article.published)].filter(Boolean).join(', ');
  const links = report.links || (article.related || []);
  const head = h('div', {class: 'head', lang: article.lang || null},
      h('p', {class: 'kicker'}, article.publisher, article.publisher && article.place && ' · ', article.place),
      h(linked ? 'h1' : 'h2', {class: 'title'}, article.title ? marked(article.title, 0, layer('title')) : titleOf(article)),
      meta(
        (article.authors || []).length > 0 && t('by', article.authors!.join(', ')),
        when && h('time', {datetime: article.published}, when),
        article.published_basis === 'inferred' && t('inferred'),
        article.url && outside(article.url, t('original'))));

  const captions = (article.captions || []).length > 0 && h('section', {class: 'captions'},
      h('h2', {}, t('photo')), article.captions!.map((caption) => {
        const {agency, handout_by, text: credit} = caption.credit || {};
        const whose = [agency, handout_by && t('handout', handout_by)].filter(Boolean).join(', ') || credit;
        return h('p', {lang: article.lang || null}, caption.text, whose && h('span', {class: 'credit'}, ` ${whose}`));
      }));
  const residue = (article.residue || []).length > 0 && h('details', {class: 'residue'},
      h('summary', {}, t('residue'), h('span', {class: 'meta'}, ` ${t('residue_hint')}`)),
      h('dl', {}, article.residue!.map((line) => [h('dt', {}, label(line.kind)), h('dd', {}, line.text)])));
  const related = links.length > 0 && h('section', {class: 'related'}, h('h2', {}, t('read_also')),
      h('ul', {}, links.map((link) => {
        const id = 'article' in link ? (link as {article?: string}).article : undefined;
        return h('li', {lang: article.lang || null}, id ?
            [h('a', {href: `/reports/${encodeURIComponent(id)}`}, link.text), ' ', h('span', {class: 'badge'}, t('in_chronicle'))] :
            outside(link.url, link.text || link.url || ''));
      })));

  const nothing = report.events.length + report.statements.length + report.commitments.length === 0;
  const rows = (events: EventRecord[]) =>
    events.map((event) => eventRow(event, {linked, dated: true, extra: [inText(report, event.id)]}));
  const beside = h('aside', {'aria-label': t('events')},
      nothing && hint(t('no_records')),
      section(t('events'), rows(report.events), 'events'),
      section(t('commitments'), report.commitments.map((one) => commitmentRow(report, one, linked)), 'events'),
      section(t('statements'), report.statements.map((one) => statementRow(report, one, linked)), 'events'),
      section(t('same_events'), (report.reports || []).map(reportLine), 'links'),
      section(t('nearby'), (report.nearby || []).map((event) => eventRow(event, {dated: true})), 'events'));

  const shown = h('div', {class: 'reading'},
      h('article', {}, head, (article.blocks || []).length > 0 && toggles, h('div', {lang: article.lang || null}, text), captions, related, residue),
      beside);
  shown.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLElement>('a[data-record]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const id = link.dataset.record!;
    if (linked) history.replaceState(null, '', `?record=${encodeURIComponent(id)}`);
    const again = showReport(report, linked, id);
    // What the reader chose to see marked stays so.
    again.querySelector('.text')!.className = text.className;
    for (const [i, box] of again.querySelectorAll<HTMLInputElement>('.toggles input').entries()) {
      box.checked = text.classList.contains(`show-${KINDS[i]}`);
    }
    shown.replaceWith(again);
    reveal(again);
  });
  return shown;
}

// Brings the marked sentence into view and gives it the focus.
export function reveal(shown: HTMLElement) {
  const target = shown.querySelector<HTMLElement>('.text .target');
  if (!target) return;
  target.setAttribute('tabindex', '-1');
  target.focus({preventScroll: true});
  target.scrollIntoView({block: 'center'});
}

export async function reportView({path, query, main}: Place): Promise<string> {
  const report = await get<Report>(`/api/articles/${encodeURIComponent(path[0])}`);
  const shown = showReport(report, true, query.get('record') || '');
  append(main, [shown]);
  main.addEventListener('shown', () => setTimeout(() => reveal(shown)));
  return titleOf(report.article);
}
