import { randomFrom } from './random.ts';

/** Words shorter than this are rarely mistyped and hardly recognisable when they are. */
const SHORTEST = 4;
const EXTRA_LETTERS = 'aeiourtsn';

/**
 * The same sentences as people mistype them, for a share of them: letters that changed places, were left out, doubled or
 * hit beside. What is trained on both reads both.
 *
 * @param share 0–1
 */
export function mistyped<T extends { text: string }>(
  sentences: readonly T[],
  share: number,
  seed: number,
): T[] {
  const random = randomFrom(seed);
  return sentences.flatMap((sentence) => {
    if (random() >= share) return [];
    const words = sentence.text.split(' ');
    const slips = random() < 0.5 ? 1 : 2;
    for (let slip = 0; slip < slips; slip += 1) {
      const at = Math.floor(random() * words.length);
      words[at] = slipIn(words[at] ?? '', random);
    }
    const text = words.join(' ');
    return text === sentence.text ? [] : [{ ...sentence, text }];
  });
}

function slipIn(word: string, random: () => number): string {
  if (word.length < SHORTEST) return word;
  const at = Math.floor(random() * (word.length - 1));
  const [before, letter, next, after] = [
    word.slice(0, at),
    word[at] ?? '',
    word[at + 1] ?? '',
    word.slice(at + 2),
  ];
  const kind = random();
  if (kind < 0.4) return `${before}${next}${letter}${after}`;
  if (kind < 0.7) return `${before}${next}${after}`;
  if (kind < 0.85) return `${before}${letter}${letter}${next}${after}`;
  const beside = EXTRA_LETTERS[Math.floor(random() * EXTRA_LETTERS.length)] ?? '';
  return `${before}${beside}${next}${after}`;
}
