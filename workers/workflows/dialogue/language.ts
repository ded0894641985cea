/** Scripts that English is not written in. */
const OTHER_SCRIPT =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Devanagari}\p{Script=Armenian}\p{Script=Georgian}]/u;
/** Frequent words of other languages that are no English ones. */
const OTHER_WORDS = new Set(
  (
    'ich du wir nicht muss und morgen heute für mit bitte kannst aufgabe kaufen einen eine der das ist ' +
    'je tu nous vous pas demain aujourd acheter du une le les est pour avec dois ajouter tâche ' +
    'yo tengo quiero que mañana hoy comprar una el los las por para tarea añadir leche ' +
    'devo domani oggi comprare il gli uno della per aggiungi voglio ' +
    'amanhã hoje preciso comprar uma não tarefa eu ' +
    'ik moet morgen vandaag kopen het een niet voor met ' +
    'jag ska imorgon idag köpa och inte att muszę jutro dzisiaj kupić nie się'
  ).split(' '),
);

/** Whether a text is likely in another language than English: by its script, or by two of its frequent words. */
export function isForeign(text: string): boolean {
  if (OTHER_SCRIPT.test(text)) return true;
  const words = new Set(text.toLowerCase().match(/\p{L}+/gu));
  return [...words].filter((word) => OTHER_WORDS.has(word)).length >= 2;
}
