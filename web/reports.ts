// The list of reports, newest first.
import {append, h} from './dom';
import {dateText, titleOf} from './labels';
import type {Place} from './main';
import {Article, get, pick} from './records';
import {byline, downloads, filterForm, hint} from './rows';
import {count, LANGUAGES, t} from './strings';

const PAGE = 100;

export async function reportsView({query, main, turn}: Place): Promise<string> {
  const filters = pick(query, ['q', 'lang', 'from', 'to']);
  const list = h('div', {class: 'days'});
  const more = h('button', {class: 'more', on: {click: () => load()}}, t('more'));
  let shown = 0;
  let day = '\n';
  let rows = h('ol', {class: 'reports'});

  async function load() {
    const parameters = new URLSearchParams(filters);
    parameters.set('limit', String(PAGE));
    parameters.set('offset', String(shown));
    const answer = await get<{articles: Article[]; more: boolean}>(`/api/articles?${parameters}`);
    for (const article of answer.articles) {
      const own = dateText(article.published);
      if (own !== day) {
        day = own;
        rows = h('ol', {class: 'reports'});
        list.append(h('section', {class: 'day'}, h('h2', {}, own || t('undated')), rows));
      }
      rows.append(h('li', {},
          h('a', {class: 'headline', href: `/reports/${encodeURIComponent(article.id)}`, lang: article.lang || null},
              titleOf(article)),
          article.deck && h('p', {class: 'deck', lang: article.lang || null}, article.deck),
          h('p', {class: 'meta'}, [byline({...article, published: ''}),
            count('n_events', article.event_count || 0)].filter(Boolean).join(' · '))));
    }
    shown += answer.articles.length;
    more.hidden = !answer.more;
    if (shown === 0) list.append(hint(t('no_reports')));
  }

  await load();
  append(main, [
    h('h1', {}, t('reports')),
    filterForm([
      {name: 'q', label: t('search_reports'), value: query.get('q') || ''},
      {name: 'lang', label: t('language'), value: query.get('lang') || '',
        options: [['', t('any')], ...Object.entries(LANGUAGES)]},
      {name: 'from', label: t('from'), type: 'date', value: filters.get('from') || ''},
      {name: 'to', label: t('to'), type: 'date', value: filters.get('to') || ''},
    ], turn),
    shown > 0 && h('p', {class: 'tools'}, h('span', {}, downloads('/api/articles', filters))),
    list, more,
  ]);
  return t('reports');
}
