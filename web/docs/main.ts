import '../shared/scheme.js';
import './docs.css';
import { chooseLanguage, currentLanguage, type Language } from '../shared/language.js';

// The service writes these pages, and they can be read without this script.

const here = new URL(location.href);
const shown: Language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

/** Shows the language that was chosen on this device, unless the address names one. */
function followLanguage(): void {
  const chosen = currentLanguage();
  if (here.searchParams.has('lang') || chosen === shown) return;
  here.searchParams.set('lang', chosen);
  location.replace(here);
}

/** Lists only the routes that contain each of some words, and the groups that have some. */
function filterRoutes(form: HTMLFormElement): void {
  const field = form.querySelector('input');
  const found = form.querySelector<HTMLElement>('[data-found]');
  if (!field || !found) return;
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  field.addEventListener('input', () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const group of document.querySelectorAll<HTMLElement>('.group')) {
      let some = false;
      for (const route of group.querySelectorAll<HTMLElement>('[data-route]')) {
        const text = route.textContent?.toLowerCase() ?? '';
        route.hidden = !words.every((word) => text.includes(word));
        if (route.hidden) continue;
        some = true;
        count += 1;
      }
      group.hidden = !some;
    }
    found.textContent = words.length > 0 ? `${count} ${found.dataset.found}` : '';
  });
}

followLanguage();
for (const link of document.querySelectorAll<HTMLElement>('[data-language]'))
  link.addEventListener('click', () => chooseLanguage(link.dataset.language as Language));
const form = document.querySelector<HTMLFormElement>('[data-filter]');
if (form) filterRoutes(form);
