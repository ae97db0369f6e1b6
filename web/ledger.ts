// The ledger as a board: commitments by what came of them.
import {append, h} from './dom';
import {intervalText, label} from './labels';
import type {Place} from './main';
import {Commitment, get, pick} from './records';
import {reviewDetails} from './review';
import {acceptedOnly, downloads, filterForm, hint, partiesLine} from './rows';
import {t} from './strings';

const COLUMNS: ['column_open' | 'column_due' | 'column_reaffirmed' | 'column_delayed' | 'column_fulfilled' | 'column_broken', string[]][] = [
  ['column_open', ['proposed', 'made']],
  ['column_due', []],
  ['column_reaffirmed', ['reaffirmed']],
  ['column_delayed', ['delayed']],
  ['column_fulfilled', ['partly_fulfilled', 'fulfilled']],
  ['column_broken', ['broken', 'withdrawn']],
];
const KINDS = ['pledge', 'agreement', 'plan', 'invitation', 'demand'];
const PAGE = 1000;

function passed(term: string | null | undefined): boolean {
  return !!term && new Date().toISOString().slice(0, term.length) > term;
}

// What is to be done by now, or within a month, and of which nobody has said that it was.
const SOON_DAYS = 30;
function due(one: Commitment): boolean {
  const term = one.term?.to || one.term?.from;
  if (!term || !['proposed', 'made'].includes(one.status)) return false;
  return new Date(Date.now() + SOON_DAYS * 86400000).toISOString().slice(0, term.length) >= term;
}
const columnOf = (one: Commitment) =>
  (due(one) ? 'column_due' : COLUMNS.find(([, statuses]) => statuses.includes(one.status))?.[0]);

function card(one: Commitment): HTMLElement {
  const term = intervalText(one.term);
  return h('li', {class: `card ${one.status}`},
      h('p', {class: 'kicker'}, label(one.kind), one.status !== 'made' && ` · ${label(one.status)}`,
          one.hedged && ` · ${t('hedged')}`),
      h('h3', {}, partiesLine(one)),
      one.subject?.text && h('p', {class: 'subject'}, one.subject.text),
      h('p', {class: 'meta'}, [one.made?.from && t('made_on', intervalText(one.made)), term && t('term', term),
        !['fulfilled', 'broken', 'withdrawn'].includes(one.status) && passed(one.term?.to || one.term?.from) && t('term_passed')].filter(Boolean).join(' · ')),
      (one.evidence ?? []).map((piece) => told(one, piece)),
      reviewDetails('commitment', one.id, one));
}

// One report's sentence, what it says came of the commitment, and the way to it.
function told(one: Commitment, piece: NonNullable<Commitment['evidence']>[number]): HTMLElement[] {
  const record = encodeURIComponent(piece.id ?? one.id);
  return [
    h('blockquote', {}, piece.sentence.text),
    h('p', {class: 'meta'}, [piece.status && label(piece.status), intervalText(piece.date)].filter(Boolean).join(', '), ' ',
        h('a', {href: `/reports/${encodeURIComponent(piece.article)}?record=${record}`}, t('open_report'))),
  ];
}

export async function ledgerView({query, main, turn}: Place): Promise<string> {
  const filters = pick(query, ['party', 'from', 'to', 'kind', 'q', 'accepted']);
  const {commitments, more} = await get<{commitments: Commitment[]; more: boolean}>(`/api/commitments?${filters}&limit=${PAGE}`);
  append(main, [
    h('h1', {}, t('ledger')),
    filterForm([
      {name: 'party', label: t('party'), type: 'code', value: filters.getAll('party')[0] || ''},
      {name: 'party', label: t('other'), type: 'code', value: filters.getAll('party')[1] || ''},
      {name: 'from', label: t('from'), type: 'date', value: filters.get('from') || ''},
      {name: 'to', label: t('to'), type: 'date', value: filters.get('to') || ''},
      {name: 'kind', label: t('kind'), value: filters.get('kind') || '',
        options: [['', t('any')], ...KINDS.map((kind): [string, string] => [kind, label(kind)])]},
      {name: 'q', label: t('search'), value: filters.get('q') || ''},
      acceptedOnly(filters),
    ], turn),
    commitments.length === 0 ? hint(t('no_commitments')) : [
      h('p', {class: 'tools'}, h('span', {}, more && `${PAGE} +`), h('span', {}, downloads('/api/commitments', filters))),
      h('div', {class: 'board'}, COLUMNS.map(([name]) => {
        const cards = commitments.filter((one) => columnOf(one) === name);
        return h('section', {class: `column ${name} ${cards.length > 0 ? '' : 'empty'}`, 'aria-label': t(name)},
            h('h2', {}, t(name), h('span', {class: 'count'}, cards.length)),
            cards.length > 0 ? h('ol', {}, cards.map(card)) : hint(t('empty_column')));
      })),
    ],
  ]);
  return t('ledger');
}
