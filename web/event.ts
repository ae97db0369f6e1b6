// An event's page: what, who, when, and every sentence that tells it.
import {append, Child, h, outside} from './dom';
import {actorName, actorNames, actorWords, codeName, codeWord, dateText, doers, intervalText, kindOf, label, quadName, signed} from './labels';
import type {Place} from './main';
import {mark, Mark, marked} from './marks';
import {Actor, EventPage, get, Span, Statement} from './records';
import {reviewSection} from './review';
import {between, dot, eventRow, hint} from './rows';
import {count, language, t} from './strings';

function actors(list: Actor[] | undefined): Child {
  return h('ul', {class: 'actors'}, (list || []).map((actor) => h('li', {},
      actor.code ? h('a', {href: `/events?party=${encodeURIComponent(actor.code)}`}, actorName(actor)) : actorName(actor),
      h('span', {class: 'meta'}, [actorWords(actor), [actor.code, ...(actor.sectors || [])].filter(Boolean).join(' ')]
          .filter(Boolean).map((part) => ` · ${part}`)))));
}

// "According to Norway, through Example Agency (organ of NOR)".
function according(reportedBy: Actor[] | undefined, statements: Statement[]): Child {
  const carriers = statements.flatMap((one) => one.via || []).map(({actor}) => actor);
  const names = [...new Set(carriers.map((actor) => actorName(actor) +
      (actor.organ_of ? ` (${t('organ_of', codeName(actor.organ_of))})` : '')))];
  return h('p', {class: 'according'},
      (reportedBy || []).length > 0 ? t('reported_by', actorNames(reportedBy)) : t('own_voice'),
      names.map((name) => `, ${t('through', name)}`));
}

// The words of the date, which stand in the sentence or elsewhere in the paragraph.
function markDate(words: string | undefined, sentence: Partial<Span> | undefined, shown: {text: string; start: number}): Mark[] {
  if (!words) return [];
  const inside = shown.text.indexOf(words, Math.max(shown.text.indexOf(sentence?.text || ''), 0));
  const at = inside >= 0 ? inside : shown.text.indexOf(words);
  if (at < 0) return [];
  const start = shown.start + Array.from(shown.text.slice(0, at)).length;
  return [{start, end: start + Array.from(words).length, className: 'dated', title: t('when')}];
}

function bar(part: number): HTMLElement {
  const filled = h('span');
  filled.style.width = `${part * 100}%`;
  return h('span', {class: 'bar', 'aria-hidden': 'true'}, filled);
}

export async function eventView({path, main}: Place): Promise<string> {
  const {event, reports, nearby} = await get<EventPage>(`/api/events/${encodeURIComponent(path[0])}`);
  const fact = (name: string, ...value: Child[]) =>
    value.some((one) => one !== '' && one !== null && one !== undefined && one !== false) &&
      [h('dt', {}, name), h('dd', {}, value)];
  const codes = [...new Set([...event.actor, ...event.recipient].flatMap((actor) => actor.code || []))];
  const confidence = event.confidence || 0;

  append(main, [
    h('div', {class: 'eventpage'},
        h('div', {class: 'head'},
            h('p', {class: 'kicker'}, dot(event.quad_category), kindOf(event), ' · ', quadName(event.quad_category || 0)),
            h('h1', {}, between(event)),
            h('p', {class: 'meta'}, intervalText(event.date) || t('undated'), ' · ', count('n_reports',
                new Set(reports.map(({article}) => article.id)).size),
            event.status !== 'asserted' && [' ', h('span', {class: 'badge'}, label(event.status))])),
        h('div', {class: 'split'},
            h('section', {'aria-label': t('evidence')}, h('h2', {}, t('evidence')),
                reports.map(({article, record, statements, paragraph}) => {
                  const marks = [
                    ...mark(record.sentence, 'sentence'), ...mark(record.trigger, 'trigger', {title: kindOf(event)}),
                    ...(record.actor || []).flatMap((one) => mark(one, 'actor', {title: actorName(one)})),
                    ...(record.recipient || []).flatMap((one) => mark(one, 'recipient', {title: actorName(one)})),
                  ];
                  const shown = paragraph || {text: record.sentence?.text || '', start: record.sentence?.start || 0};
                  marks.push(...markDate(record.date?.text, record.sentence, shown));
                  return h('figure', {class: 'evidence'},
                      !paragraph && !record.sentence?.text ? hint(t('only_evidence')) :
                      h('blockquote', {lang: article.lang || null},
                          marked(shown.text, shown.start, marks)),
                      h('figcaption', {},
                          according(record.reported_by, statements),
                          h('a', {href: `/reports/${encodeURIComponent(article.id)}?record=${encodeURIComponent(record.id)}`,
                            lang: article.lang || null}, article.title || t('open_report')),
                          h('p', {class: 'meta'}, [article.publisher, dateText(article.published)].filter(Boolean).join(' · '),
                              article.url && [' · ', outside(article.url, t('original'))])));
                }),
                h('p', {class: 'legend'}, h('mark', {class: 'trigger'}, t('what')), h('mark', {class: 'actor'}, t('who')),
                    h('mark', {class: 'recipient'}, t('toward')), h('mark', {class: 'dated'}, t('when')))),
            h('aside', {'aria-label': t('what')},
                h('dl', {class: 'facts'},
                    fact(t('who'), event.actor.length > 0 && actors(event.actor)),
                    fact(t('toward'), event.recipient.length > 0 && actors(event.recipient)),
                    fact(t('what'), kindOf(event), event.cameo && h('span', {class: 'meta'}, ` CAMEO ${event.cameo}`)),
                    fact(t('when'), intervalText(event.date), event.date?.text && h('span', {class: 'meta'}, ` “${event.date.text}”`)),
                    fact(t('where'), event.place && h('a', {href: `/events?place=${encodeURIComponent(event.place)}`}, event.place)),
                    fact(t('status'), label(event.status), event.background && h('span', {class: 'meta'}, ` ${t('background')}`)),
                    fact(t('goldstein'), event.goldstein !== undefined && signed(event.goldstein)),
                    fact(t('context'), (event.context || []).map(codeWord).join(', ')),
                    fact(t('topic'), event.topic?.text),
                    fact(t('confidence'), bar(confidence), confidence.toLocaleString(language(), {style: 'percent'})),
                    fact(t('pattern'), event.pattern && h('code', {}, event.pattern))),
                codes.length > 0 && h('p', {}, h('a', {href: `/events?${codes.slice(0, 2).map((code) => `party=${encodeURIComponent(code)}`).join('&')}`},
                    `${t('timeline_of')}: ${codes.slice(0, 2).map(codeName).join(' – ')}`)),
                reviewSection('event', event.id, event),
                nearby.length > 0 && h('section', {class: 'records'}, h('h2', {}, t('nearby')),
                    h('ol', {class: 'events'}, nearby.map((one) => eventRow(one, {dated: true}))))))),
  ]);
  const whom = actorNames(event.recipient);
  return `${doers(event.actor)}${whom && ` → ${whom}`}: ${kindOf(event)}`;
}
