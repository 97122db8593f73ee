// The browser's half of thermofit/words.py: texts stand in the code in English and are translated where they are shown.
// The server says in which language a page is read, and where its catalogue is.

const CATEGORIES = ["zero", "one", "two", "few", "many", "other"]; // of plural forms, in the order of a catalogue
const ENGLISH = { tag: "en", decimal: ".", gap: " ", file: "" };
let language = ENGLISH;
let texts = {};
let plurals = pluralsOf("en");
let learning = { to: ENGLISH, done: Promise.resolve() }; // the language that was asked for last, and when it is there

/** The tag of the language in use. */
export const spoken = () => language.tag;

/** Whether this language is in use, and no other one is on its way. */
export const speaks = ({ tag }) => language.tag === tag && learning.to.tag === tag;

const filled = (text, places = {}) => text.replace(/\{(\w+)\}/g, (all, name) => places[name] ?? all);

/** The message in the language in use, with a value in each of its {places}. */
export const tr = (message, places) => filled(texts[message] ?? message, places);

/** Tells which form a language has for a number, counted from 0; a catalogue may have fewer forms, and leave out the last. */
function pluralsOf(tag) {
  const rules = new Intl.PluralRules(tag);
  const { pluralCategories: used } = rules.resolvedOptions();
  const forms = CATEGORIES.filter((category) => used.includes(category));
  return (n) => forms.indexOf(rules.select(n));
}

const inEnglish = pluralsOf(ENGLISH.tag);

/** The form for `n` things of a message. */
export function trn(one, many, n, places = {}) {
  const translated = texts[one];
  const [forms, form] = translated ? [translated, plurals(n)] : [[one, many], inEnglish(n)];
  return filled(forms[Math.min(form, forms.length - 1)], { n, ...places });
}

/** Sentences one after the other. */
export const together = (...sentences) => sentences.join(language.gap ?? " ");

/** A written number with the language's decimal mark. */
export const local = (number) => number.replace(".", language.decimal);

/** Use these texts from now on. */
export function use(to, catalogue = {}) {
  [language, texts, plurals, learning] = [to, catalogue, pluralsOf(to.tag), { to, done: Promise.resolve() }];
}

/** Use this language as soon as its catalogue is here, unless another one is asked for by then; without one, texts stay in English. */
export function speak(to) {
  if (learning.to.tag === to.tag) return learning.done;
  const asked = (learning = { to });
  asked.done = fetched(to.file).then((catalogue) => { if (learning === asked) use(to, catalogue); });
  return asked.done;
}

async function fetched(file) {
  if (!file) return {};
  try {
    const answer = await fetch(new URL(`../${file}`, import.meta.url));
    return answer.ok ? await answer.json() : {};
  } catch {
    return {};
  }
}
