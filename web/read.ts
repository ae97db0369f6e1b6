// A box for a report that is read at once and kept nowhere.
import {append, h} from './dom';
import type {Place} from './main';
import {post, Report} from './records';
import {showReport} from './report';
import {hint} from './rows';
import {LANGUAGES, t} from './strings';

const MOST_BYTES = 4 << 20;

export async function readView({main}: Place): Promise<string> {
  const result = h('section', {class: 'result', 'aria-live': 'polite'});
  const text = h('textarea', {id: 'paste', rows: 9, name: 'text', spellcheck: 'false'});
  const file = h('input', {type: 'file', id: 'file', class: 'unseen'});
  const button = h('button', {class: 'primary'}, t('do_read'));

  async function read(body: Blob | string, form: HTMLFormElement) {
    const data = new FormData(form);
    const query = new URLSearchParams();
    for (const name of ['lang', 'date']) if (data.get(name)) query.set(name, String(data.get(name)));
    if (new Blob([body]).size > MOST_BYTES) {
      result.replaceChildren(hint(t('too_large')));
      return;
    }
    button.disabled = true;
    result.replaceChildren(hint(t('loading')));
    try {
      const report = await post<Report>(`/api/read?${query}`, body);
      result.replaceChildren(...(report.problems || []).map(hint), showReport(report, false));
      result.scrollIntoView({block: 'start'});
    } catch (problem) {
      result.replaceChildren(hint((problem as Error).message));
    }
    button.disabled = false;
  }

  const form: HTMLFormElement = h('form', {class: 'readbox', on: {
    submit: (event: Event) => {
      event.preventDefault();
      if (text.value.trim()) read(text.value, form);
    },
    dragover: (event: DragEvent) => {
      event.preventDefault();
      form.classList.add('over');
    },
    dragleave: () => form.classList.remove('over'),
    drop: (event: DragEvent) => {
      event.preventDefault();
      form.classList.remove('over');
      const dropped = event.dataTransfer?.files[0];
      if (dropped) read(dropped, form);
    },
  }},
  h('label', {for: 'paste'}, t('paste')), text,
  h('p', {class: 'drop'}, t('drop'), ' ', file, h('label', {for: 'file', class: 'link'}, t('choose'))),
  h('div', {class: 'filter'},
      h('label', {}, h('span', {}, t('language')), h('select', {name: 'lang'},
          h('option', {value: ''}, t('auto')), Object.entries(LANGUAGES).map(([value, name]) => h('option', {value}, name)))),
      h('label', {}, h('span', {}, t('published')), h('input', {type: 'date', name: 'date'})),
      button));
  file.addEventListener('change', () => {
    if (file.files?.[0]) read(file.files[0], form);
    file.value = '';
  });
  append(main, [h('h1', {}, t('read')), h('p', {class: 'lead'}, t('read_lead')), form, result]);
  return t('read');
}
